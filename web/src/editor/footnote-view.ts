/** Footnotes: a number in the line, counted anew with each change, that opens the field for its words. */
import type { NodeViewRenderer } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { Node as DocumentNode } from '@tiptap/pm/model'

import { footnotesOf } from '../schema/footnote'
import { rememberTarget, type BlockHooks } from './block-views'

const key = new PluginKey<DecorationSet>('footnotes')

function numbers(doc: DocumentNode): DecorationSet {
  const notes = footnotesOf(doc)
  if (notes.length === 0) return DecorationSet.empty
  return DecorationSet.create(
    doc,
    notes.map(({ at }, index) =>
      Decoration.node(
        at,
        at + (doc.nodeAt(at)?.nodeSize ?? 1),
        { 'data-number': String(index + 1) },
        { number: index + 1 },
      ),
    ),
  )
}

export interface FootnoteEntry {
  number: number
  text: string
  /** Its place in the document. */
  at: number
}

/** Numbers the footnotes and tells which there are, for the list below the text. */
export function footnotesPlugin(onfootnotes: (notes: FootnoteEntry[]) => void): Plugin {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, { doc }) => numbers(doc),
      apply: (tr, before) => (tr.docChanged ? numbers(tr.doc) : before),
    },
    props: { decorations: (state) => key.getState(state) },
    view(view) {
      let told = '[]'
      const tell = (): void => {
        const notes = footnotesOf(view.state.doc).map((note, index) => ({
          ...note,
          number: index + 1,
        }))
        const now = JSON.stringify(notes)
        if (now === told) return
        told = now
        onfootnotes(notes)
      }
      tell()
      return {
        update: (_, before) => {
          if (!before.doc.eq(view.state.doc)) tell()
        },
      }
    },
  })
}

export function footnoteView({ words, onfields }: BlockHooks): NodeViewRenderer {
  return ({ node, getPos, decorations }) => {
    const dom = document.createElement('sup')
    dom.className = 'footnote'
    dom.contentEditable = 'false'
    const target = rememberTarget(dom, getPos)
    const sign = document.createElement('button')
    sign.type = 'button'
    sign.tabIndex = -1
    sign.addEventListener('mousedown', (event) => event.preventDefault())
    sign.addEventListener('click', () => onfields(target))
    dom.append(sign)
    let drawn: readonly Decoration[] = decorations
    const show = (): void => {
      const number = drawn
        .map((decoration) => (decoration.spec as { number?: number }).number)
        .find((found) => found !== undefined)
      sign.textContent = String(number ?? '')
      sign.setAttribute('aria-label', words.t('block.footnote-number', { number: number ?? 0 }))
    }
    show()
    const stop = words.watch(show)
    return {
      dom,
      update(next: DocumentNode, decorationsNow) {
        if (next.type !== node.type) return false
        drawn = decorationsNow
        show()
        return true
      },
      ignoreMutation: () => true,
      destroy: stop,
    }
  }
}

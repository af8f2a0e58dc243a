/** Gives headings an address within the page and tells which there are, for the contents. */
import type { Node as DocumentNode } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

import { clampLevel } from '../schema/nodes'

export interface HeadingEntry {
  /** Id of the element, the same as in the HTML for reading. */
  id: string
  level: 1 | 2 | 3
  text: string
}

const key = new PluginKey<DecorationSet>('headings')

const WRITTEN_OUT: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }
const SLUG_MAX = 60

/** A heading as part of an address: `a-z`, `0-9` and single hyphens, umlauts written out. */
function headingSlug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => WRITTEN_OUT[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, SLUG_MAX)
    .replace(/-$/, '')
}

/** The headings outside lists and quotations, with their places in the document. */
function placed(doc: DocumentNode): { entry: HeadingEntry; from: number; to: number }[] {
  const taken = new Set<string>()
  const found: { entry: HeadingEntry; from: number; to: number }[] = []
  doc.forEach((node, from) => {
    if (node.type.name !== 'heading') return
    const stem = `h-${headingSlug(node.textContent) || 'abschnitt'}`
    let id = stem
    for (let number = 2; taken.has(id); number += 1) id = `${stem}-${number}`
    taken.add(id)
    const text = node.textContent.replace(/\s+/g, ' ').trim()
    const entry = { id, level: clampLevel(node.attrs['level']), text }
    found.push({ entry, from, to: from + node.nodeSize })
  })
  return found
}

/** The headings of a text with words in them, in order. */
export function headingsOf(doc: DocumentNode): HeadingEntry[] {
  return placed(doc)
    .map(({ entry }) => entry)
    .filter(({ text }) => text !== '')
}

/** The last heading with words that begins at or before a place. */
export function headingBefore(doc: DocumentNode, at: number): HeadingEntry | null {
  const before = placed(doc).filter(({ entry, from }) => from <= at && entry.text !== '')
  return before.at(-1)?.entry ?? null
}

function addresses(doc: DocumentNode): DecorationSet {
  return DecorationSet.create(
    doc,
    placed(doc).map(({ entry, from, to }) => Decoration.node(from, to, { id: entry.id })),
  )
}

export function headingsPlugin(onheadings: (headings: HeadingEntry[]) => void): Plugin {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, { doc }) => addresses(doc),
      apply: (tr, before) => (tr.docChanged ? addresses(tr.doc) : before),
    },
    props: { decorations: (state) => key.getState(state) },
    view(view) {
      let told = ''
      const tell = (): void => {
        const headings = headingsOf(view.state.doc)
        const now = JSON.stringify(headings)
        if (now === told) return
        told = now
        onheadings(headings)
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

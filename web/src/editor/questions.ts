/** Marks the empty lines below headings that ask something: there one is invited to answer. */
import type { Node as DocumentNode } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

const key = new PluginKey<readonly number[]>('questions')

/** Where the lines begin that are to hold an answer and are empty. */
export function unanswered(doc: DocumentNode): number[] {
  const places: number[] = []
  let asked = false
  doc.forEach((node, at) => {
    if (asked && node.type.name === 'paragraph' && node.content.size === 0) places.push(at)
    asked = node.type.name === 'heading' && /\?\s*$/.test(node.textContent)
  })
  return places
}

/** Shows these words in such lines; without words nothing is shown. */
export function questionsPlugin(invitation: () => string): Plugin {
  return new Plugin<readonly number[]>({
    key,
    state: {
      init: (_, { doc }) => unanswered(doc),
      apply: (tr, before) => (tr.docChanged ? unanswered(tr.doc) : before),
    },
    props: {
      decorations(state) {
        const places = key.getState(state) ?? []
        const words = invitation()
        if (words === '' || places.length === 0) return DecorationSet.empty
        const look = { class: 'unanswered', 'data-invitation': words }
        const marks = places.map((at) => Decoration.node(at, at + 2, look))
        return DecorationSet.create(state.doc, marks)
      },
    },
  })
}

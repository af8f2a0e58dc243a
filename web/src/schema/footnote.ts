/**
 * A footnote: a sign in the line that holds its own words. It is numbered when it is shown, so that
 * no number can become wrong. In the line it is one step for the caret; its words are written in a
 * field of their own.
 */
import { Node } from '@tiptap/core'
import type { Node as DocumentNode } from '@tiptap/pm/model'

export const Footnote = Node.create({
  name: 'footnote',
  group: 'inline',
  inline: true,
  content: 'text*',
  marks: '_',
  atom: true,
  selectable: true,
  draggable: false,
  parseHTML: () => [{ tag: 'sup[data-footnote]', priority: 70 }],
  renderHTML: () => ['sup', { class: 'footnote', 'data-footnote': '' }, 0],
})

/** The footnotes of a text in order, with their places. */
export function footnotesOf(doc: DocumentNode): { at: number; text: string }[] {
  const found: { at: number; text: string }[] = []
  doc.descendants((node, at) => {
    if (node.type.name === 'footnote') found.push({ at, text: node.textContent })
    return !node.type.isInGroup('inline')
  })
  return found
}

/** A table in a frame of its own that moves sideways where it is wider than the screen. */
import type { NodeViewRenderer } from '@tiptap/core'
import type { ViewMutationRecord } from '@tiptap/pm/view'

export const tableView: NodeViewRenderer = ({ node }) => {
  const dom = document.createElement('div')
  const table = document.createElement('table')
  const body = document.createElement('tbody')
  dom.className = 'table-scroll'
  table.append(body)
  dom.append(table)
  return {
    dom,
    contentDOM: body,
    update: (next) => next.type === node.type,
    ignoreMutation: (mutation: ViewMutationRecord) =>
      mutation.type !== 'selection' && !body.contains(mutation.target),
  }
}

/**
 * Mends what a merge may leave behind: a list or its item, a quotation, a frame or a cell without a
 * child, a table whose rows differ, a document without a paragraph. Only the person who types mends, only around their own change or caret, and
 * only by adding: deleting would take something from somebody who may be writing there.
 */
import type { Node as DocumentNode } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'

import { isFrame } from './frames'
import { mendTables, type Range } from './mend-table'

/** Marks a transaction that mends; it is not a change of its own to be undone. */
export const mendKey = new PluginKey('mend')

/** Which child an empty node of this type is given; null where empty is fine. */
function missingChild(node: DocumentNode): DocumentNode | null {
  const { paragraph, listItem, taskItem, tableRow, tableCell } = node.type.schema.nodes
  if (!paragraph || !listItem || !taskItem || !tableRow || !tableCell) return null
  if (node.childCount > 0) return null
  const { name } = node.type
  switch (name) {
    case 'doc':
    case 'blockquote':
    case 'listItem':
    case 'taskItem':
    case 'tableCell':
    case 'tableHeader':
      return paragraph.create()
    case 'bulletList':
    case 'orderedList':
      return listItem.create(null, paragraph.create())
    case 'taskList':
      return taskItem.create(null, paragraph.create())
    case 'table':
      return tableRow.create(null, tableCell.create(null, paragraph.create()))
    default:
      return isFrame(name) ? paragraph.create() : null
  }
}

/** Positions just inside the nodes between `from` and `to` that lack a child, first to last. */
function emptyPlaces(doc: DocumentNode, from: number, to: number): number[] {
  if (missingChild(doc) !== null) return [0]
  const places: number[] = []
  doc.nodesBetween(Math.max(0, from), Math.min(doc.content.size, to), (node, position) => {
    if (missingChild(node) !== null) places.push(position + 1)
    return !node.isTextblock
  })
  return places
}

/** Returns the transaction that mends what the given ranges touch, or null if nothing lacks. */
export function mend(state: EditorState, ranges: readonly Range[]): Transaction | null {
  const tr = state.tr
  mendTables(tr, ranges)
  const mapped = ranges.map(({ from, to }) => ({
    from: tr.mapping.map(from, -1),
    to: tr.mapping.map(to, 1),
  }))
  const places = new Set(mapped.flatMap(({ from, to }) => emptyPlaces(tr.doc, from, to)))
  for (const place of [...places].sort((a, b) => b - a)) {
    const parent = tr.doc.resolve(place).parent
    const child = missingChild(parent)
    if (child !== null) tr.insert(place, child)
  }
  if (!tr.docChanged) return null
  if (!state.selection.$from.parent.inlineContent && state.selection.empty) {
    tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map(state.selection.from, -1)), 1))
  }
  return tr.setMeta(mendKey, true)
}

/** The ranges of the new document that the transactions changed, and the place of the caret. */
function touched(transactions: readonly Transaction[], state: EditorState): Range[] {
  const ranges = [{ from: state.selection.from, to: state.selection.to }]
  transactions.forEach((transaction, index) => {
    transaction.mapping.maps.forEach((map, step) => {
      map.forEach((_oldFrom, _oldTo, newFrom, newTo) => {
        let from = transaction.mapping.slice(step + 1).map(newFrom, -1)
        let to = transaction.mapping.slice(step + 1).map(newTo, 1)
        for (const later of transactions.slice(index + 1)) {
          from = later.mapping.map(from, -1)
          to = later.mapping.map(to, 1)
        }
        ranges.push({ from, to })
      })
    })
  })
  return ranges
}

/**
 * The plugin. `isOwn` tells a change of the person typing from one that came from elsewhere; a
 * document that is merely opened, or changed by others, is left exactly as it is.
 */
export function mendPlugin(isOwn: (transaction: Transaction) => boolean): Plugin {
  return new Plugin({
    key: mendKey,
    appendTransaction(transactions, _before, state) {
      const own = transactions.filter((tr) => tr.docChanged && isOwn(tr) && !tr.getMeta(mendKey))
      return own.length === 0 ? null : mend(state, touched(transactions, state))
    },
    props: {
      handleDOMEvents: {
        // A caret needs a place: an empty document gets its first paragraph when somebody means to
        // write in it, not when it is opened.
        focus(view) {
          if (view.editable && view.state.doc.childCount === 0) {
            const tr = mend(view.state, [{ from: 0, to: 0 }])
            if (tr !== null) view.dispatch(tr.setMeta('addToHistory', false))
          }
          return false
        },
      },
    },
  })
}

/**
 * Tables while they are written: choosing cells, Tab from cell to cell, and what the small toolbar
 * does. What prosemirror-tables would mend by itself whenever anything changes is mended here only
 * by the person who changes the table's shape.
 */
import { Extension, type Editor } from '@tiptap/core'
import type { Node as DocumentNode } from '@tiptap/pm/model'
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  CellSelection,
  deleteColumn,
  deleteRow,
  deleteTable,
  findTable,
  goToNextCell,
  isInTable,
  mergeCells,
  splitCell,
  tableEditing,
  TableMap,
  toggleHeader,
} from '@tiptap/pm/tables'
import type { Command, EditorState } from '@tiptap/pm/state'
import { TextSelection } from '@tiptap/pm/state'

import { mendTables } from '../schema/mend-table'

/** What the toolbar of a table offers, in its order. */
export const TABLE_ACTIONS = [
  'rowBefore',
  'rowAfter',
  'columnBefore',
  'columnAfter',
  'headerRow',
  'headerColumn',
  'merge',
  'split',
  'deleteRow',
  'deleteColumn',
  'deleteTable',
] as const
export type TableAction = (typeof TABLE_ACTIONS)[number]

const COMMANDS: Record<TableAction, Command> = {
  rowBefore: addRowBefore,
  rowAfter: addRowAfter,
  columnBefore: addColumnBefore,
  columnAfter: addColumnAfter,
  // Always the first row or column: by default it would be the caret's, and with a head row there
  // the first press for a head column would only take the corner's head away.
  headerRow: toggleHeader('row'),
  headerColumn: toggleHeader('column'),
  merge: mergeCells,
  split: splitCell,
  deleteRow,
  deleteColumn,
  deleteTable,
}

/** Rows and columns of a new table. */
const NEW_SIZE = 3

/** Mends the table around the caret, so that the commands find the shape they expect. */
function mendAround(editor: Editor): void {
  const { state, view } = editor
  const table = findTable(state.selection.$from)
  if (!table || TableMap.get(table.node).problems === null) return
  const tr = state.tr
  mendTables(tr, [{ from: table.pos, to: table.pos + table.node.nodeSize }])
  if (tr.docChanged) view.dispatch(tr)
}

/** Whether the action is possible where the caret or the chosen cells are. */
export function canTable(state: EditorState, action: TableAction): boolean {
  if (!isInTable(state)) return false
  const table = findTable(state.selection.$from)
  // A table that needs mending is mended first; until then nothing is ruled out.
  if (!table || TableMap.get(table.node).problems !== null) return table !== null
  return COMMANDS[action](state)
}

export function runTable(editor: Editor, action: TableAction): boolean {
  if (!isInTable(editor.state)) return false
  if (action !== 'deleteTable') mendAround(editor)
  const done = COMMANDS[action](editor.state, editor.view.dispatch)
  editor.view.focus()
  return done
}

function newTable(state: EditorState): DocumentNode | null {
  const { table, tableRow, tableCell, tableHeader, paragraph } = state.schema.nodes
  if (!table || !tableRow || !tableCell || !tableHeader || !paragraph) return null
  const columns = Array.from({ length: NEW_SIZE })
  const row = (type: typeof tableCell): DocumentNode =>
    tableRow.create(
      null,
      columns.map(() => type.create(null, paragraph.create())),
    )
  return table.create(null, [row(tableHeader), row(tableCell), row(tableCell)])
}

/** Puts a table in place of the empty block at the caret, else behind that block. */
export function insertTable(editor: Editor): boolean {
  const { state, view } = editor
  const { $to } = state.selection
  const table = newTable(state)
  const paragraph = state.schema.nodes['paragraph']
  if (table === null || paragraph === undefined || $to.depth === 0) return false
  const empty = $to.parent.isTextblock && $to.parent.content.size === 0
  const at = empty ? $to.before() : $to.after()
  const tr = state.tr
  if (empty) tr.delete(at, $to.after())
  const parent = tr.doc.resolve(at)
  // Behind a table one must be able to write on.
  const isLast = parent.index() === parent.parent.childCount
  tr.insert(at, isLast ? [table, paragraph.create()] : table)
  tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1)))
  view.dispatch(tr.scrollIntoView())
  return true
}

/** The whole table is chosen, cell by cell. */
function isWholeTable(state: EditorState): boolean {
  const { selection } = state
  return (
    selection instanceof CellSelection && selection.isRowSelection() && selection.isColSelection()
  )
}

export const TableEditing = Extension.create({
  name: 'tableEditing',
  // After the lists: within a cell, Tab indents a list first.
  priority: 50,
  addProseMirrorPlugins() {
    const plugin = tableEditing()
    const { appendTransaction } = plugin.spec
    // Given the same state twice, it only puts the selection right and mends nothing.
    plugin.spec.appendTransaction = (_transactions, _before, state) =>
      appendTransaction?.call(plugin, [], state, state)
    return [plugin]
  },
  addKeyboardShortcuts() {
    const next = (direction: 1 | -1) => (): boolean => {
      const { editor } = this
      if (!editor.isEditable || !isInTable(editor.state)) return false
      mendAround(editor)
      if (goToNextCell(direction)(editor.state, editor.view.dispatch)) return true
      if (direction === -1) return false
      // From the last cell into a new row.
      addRowAfter(editor.state, editor.view.dispatch)
      return goToNextCell(1)(editor.state, editor.view.dispatch)
    }
    const remove = (): boolean =>
      isWholeTable(this.editor.state) && deleteTable(this.editor.state, this.editor.view.dispatch)
    return { Tab: next(1), 'Shift-Tab': next(-1), Backspace: remove, Delete: remove }
  },
})

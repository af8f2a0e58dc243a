/**
 * Mends the shape of tables: rows that lack cells get empty ones, spans that reach into other cells
 * or beyond the last row are cut. Nothing that somebody wrote is taken away.
 */
import type { Node as DocumentNode, NodeType } from '@tiptap/pm/model'
import { TableMap } from '@tiptap/pm/tables'
import type { Transaction } from '@tiptap/pm/state'

import { widthsOf } from './table'

export interface Range {
  from: number
  to: number
}

/** A table that needs a look: all of it, or one row where somebody writes in a cell. */
interface Touched {
  at: number
  row: number | 'all'
}

/** Each cut mends one collision; a table of more has been made by no person. */
const CUTS_MAX = 200

function isCell(type: NodeType): boolean {
  return type.name === 'tableCell' || type.name === 'tableHeader'
}

/** The tables that the ranges touch, last first. */
function touchedTables(doc: DocumentNode, ranges: readonly Range[]): Touched[] {
  const found = new Map<number, number | 'all'>()
  const note = (at: number, row: number | 'all'): void => {
    const known = found.get(at)
    found.set(at, known === undefined || known === row ? row : 'all')
  }
  for (const { from, to } of ranges) {
    const $from = doc.resolve(Math.min(from, doc.content.size))
    const shared = $from.sharedDepth(Math.min(to, doc.content.size))
    for (let depth = shared; depth > 0; depth -= 1) {
      if ($from.node(depth).type.name !== 'table') continue
      const inCell = depth + 2 <= shared && isCell($from.node(depth + 2).type)
      note($from.before(depth), inCell ? $from.index(depth) : 'all')
    }
    doc.nodesBetween(Math.max(0, from), Math.min(doc.content.size, to), (node, at) => {
      if (node.type.name === 'table' && at >= from && at + node.nodeSize <= to) note(at, 'all')
      return !node.isTextblock
    })
  }
  return [...found].map(([at, row]) => ({ at, row })).sort((a, b) => b.at - a.at)
}

function setCell(tr: Transaction, at: number, changed: Record<string, unknown>): void {
  const cell = tr.doc.nodeAt(at)
  if (cell !== null) tr.setNodeMarkup(at, null, { ...cell.attrs, ...changed })
}

/** Cuts spans until no cell reaches into another or beyond the table. */
function cutSpans(tr: Transaction, at: number): void {
  for (let cuts = 0; cuts < CUTS_MAX; cuts += 1) {
    const table = tr.doc.nodeAt(at)
    if (table === null) return
    const problem = TableMap.get(table).problems?.find(
      ({ type }) => type === 'collision' || type === 'overlong_rowspan',
    )
    if (problem === undefined || !('pos' in problem) || !('n' in problem)) return
    const cell = table.nodeAt(problem.pos)
    if (cell === null) return
    const { colspan, rowspan } = cell.attrs as { colspan: number; rowspan: number }
    const place = at + 1 + problem.pos
    if (problem.type === 'overlong_rowspan') {
      setCell(tr, place, { rowspan: Math.max(1, rowspan - problem.n) })
    } else if (colspan - problem.n >= 1) {
      setCell(tr, place, { colspan: colspan - problem.n, colwidth: null })
    } else if (rowspan > 1) {
      setCell(tr, place, { rowspan: rowspan - 1 })
    } else return
  }
}

/** Drops widths that do not fit the columns they are for. */
function dropWidths(tr: Transaction, at: number): void {
  const table = tr.doc.nodeAt(at)
  table?.descendants((cell, place) => {
    if (!isCell(cell.type)) return cell.type.name === 'tableRow'
    const { colwidth, colspan } = cell.attrs as { colwidth: unknown; colspan: number }
    if (colwidth !== null && widthsOf(colwidth, colspan) === null) {
      setCell(tr, at + 1 + place, { colwidth: null })
    }
    return false
  })
}

/** How many cells each row lacks. */
function missingCells(table: DocumentNode): number[] {
  const map = TableMap.get(table)
  const missing = Array.from({ length: map.height }, (): number => (map.width <= 0 ? 1 : 0))
  for (const problem of map.problems ?? []) {
    if (problem.type === 'missing') {
      missing[problem.row] = (missing[problem.row] ?? 0) + problem.n
    }
  }
  return missing
}

function addCells(tr: Transaction, at: number, only: number | 'all'): void {
  const table = tr.doc.nodeAt(at)
  const { tableCell, tableHeader, paragraph } = tr.doc.type.schema.nodes
  if (table === null || !tableCell || !tableHeader || !paragraph) return
  const missing = missingCells(table)
  let end = at + table.nodeSize - 1
  for (let row = table.childCount - 1; row >= 0; row -= 1) {
    const node = table.child(row)
    const count = only === 'all' || only === row ? (missing[row] ?? 0) : 0
    if (count > 0) {
      const cells = node.content.content
      const heads = cells.length > 0 && cells.every(({ type }) => type === tableHeader)
      const type = heads ? tableHeader : tableCell
      tr.insert(
        end - 1,
        Array.from({ length: count }, () => type.create(null, paragraph.create())),
      )
    }
    end -= node.nodeSize
  }
}

/** Adds to the transaction what mends the tables that the ranges of its document touch. */
export function mendTables(tr: Transaction, ranges: readonly Range[]): void {
  for (const { at, row } of touchedTables(tr.doc, ranges)) {
    if (row === 'all') {
      cutSpans(tr, at)
      dropWidths(tr, at)
    }
    addCells(tr, at, row)
  }
}

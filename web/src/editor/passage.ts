/**
 * A passage of the text: what of a selection is meant, which blocks it is as a text of its own, and
 * how a link takes its place. Everything that is wholly selected goes as a whole.
 */
import { Fragment, type Node as DocumentNode, type ResolvedPos } from '@tiptap/pm/model'
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { CellSelection, TableMap } from '@tiptap/pm/tables'

import { blockAround } from './block-moves'
import type { Range } from './held-range'

/** Cells are named by where two opposite corners begin. */
export type Passage = ({ kind: 'text' } & Range) | { kind: 'cells'; anchor: number; head: number }

const LISTS = new Set(['bulletList', 'orderedList', 'taskList'])
const CELLS = new Set(['tableCell', 'tableHeader'])
/** What cannot be taken out of its table alone. */
const PARTS = new Set([...CELLS, 'tableRow'])

/** From the first to the last thing that says something; null where there is none. */
function said(doc: DocumentNode, from: number, to: number): Range | null {
  let range: Range | null = null
  const add = (start: number, end: number): void => {
    range = { from: range === null ? start : range.from, to: end }
  }
  if (from >= to) return null
  doc.nodesBetween(from, to, (node, at) => {
    if (node.isText) {
      const start = Math.max(from, at)
      const text = (node.text ?? '').slice(start - at, to - at)
      const words = text.trim()
      const lead = text.length - text.trimStart().length
      if (words !== '') add(start + lead, start + lead + words.length)
    } else if (node.isInline) {
      if (node.type.name !== 'hardBreak') add(at, at + node.nodeSize)
      return false
    }
    return true
  })
  return range
}

const isBlank = (doc: DocumentNode, from: number, to: number): boolean =>
  said(doc, from, to) === null

/** How far out everything that is said belongs to the range; null where not even the line does. */
function covered($at: ResolvedPos, { from, to }: Range): number | null {
  const { doc } = $at
  let found: number | null = null
  for (let depth = $at.depth; depth > 0; depth -= 1) {
    if (PARTS.has($at.node(depth).type.name)) break
    if (!isBlank(doc, $at.start(depth), from) || !isBlank(doc, to, $at.end(depth))) break
    found = depth
  }
  return found
}

function ofText(doc: DocumentNode, from: number, to: number): Passage | null {
  const range = said(doc, from, to)
  if (range === null) return null
  const [$from, $to] = [doc.resolve(range.from), doc.resolve(range.to)]
  const [first, last] = [covered($from, range), covered($to, range)]
  return {
    kind: 'text',
    from: first === null ? range.from : $from.before(first),
    to: last === null ? range.to : $to.after(last),
  }
}

/** The passage that is selected; without a selection the block at the caret. Null: nothing is said there. */
export function passageOf(state: EditorState): Passage | null {
  const { selection, doc } = state
  if (selection instanceof CellSelection) {
    const { $anchorCell, $headCell } = selection
    if (isBlank(doc, selection.from, selection.to)) return null
    if (!selection.isRowSelection() || !selection.isColSelection()) {
      return { kind: 'cells', anchor: $anchorCell.pos, head: $headCell.pos }
    }
    return { kind: 'text', from: $anchorCell.before(-1), to: $anchorCell.after(-1) }
  }
  if (!selection.empty) return ofText(doc, selection.from, selection.to)
  const block = blockAround(state)
  return block === null ? null : ofText(doc, block.at, block.at + block.node.nodeSize)
}

/** The selection of the cells, if they still are cells of one table. */
function cellsOf(doc: DocumentNode, anchor: number, head: number): CellSelection | null {
  try {
    const [a, b] = [doc.resolve(anchor), doc.resolve(head)]
    const isCell = ($at: ResolvedPos): boolean => CELLS.has($at.nodeAfter?.type.name ?? '')
    if (!isCell(a) || !isCell(b) || a.node(-1) !== b.node(-1)) return null
    // Throws where a merge has left a table without a form.
    TableMap.get(a.node(-1))
    return new CellSelection(a, b)
  } catch {
    return null
  }
}

/** The stretches of the text that are the passage; none where it is gone. */
export function rangesOf(doc: DocumentNode, passage: Passage): Range[] {
  if (passage.kind === 'text') {
    const { from, to } = passage
    return from < to ? [{ from, to }] : []
  }
  const cells = cellsOf(doc, passage.anchor, passage.head)
  const ranges = (cells?.ranges ?? []).map(({ $from, $to }) => ({ from: $from.pos, to: $to.pos }))
  return ranges.sort((a, b) => a.from - b.from)
}

/** The blocks of the passage as a text of its own; empty where nothing is left of it. */
export function blocksOf(doc: DocumentNode, passage: Passage): DocumentNode[] {
  if (passage.kind === 'cells') {
    const cells = cellsOf(doc, passage.anchor, passage.head)
    if (cells === null || isBlank(doc, cells.from, cells.to)) return []
    const { content } = cells.content()
    const isTable = content.firstChild?.type.name === 'table'
    const { table } = doc.type.schema.nodes
    return isTable || table === undefined ? [...content.content] : [table.create(null, content)]
  }
  const { from, to } = passage
  if (isBlank(doc, from, to)) return []
  const $from = doc.resolve(from)
  const depth = $from.sharedDepth(to)
  const { content } = doc.slice(from, to)
  return trimmed(asBlocks(content, $from.node(depth), $from.index(depth)))
}

/** Makes blocks of what stands in this parent, from its child of this index on. */
function asBlocks(content: Fragment, parent: DocumentNode, index: number): DocumentNode[] {
  const { paragraph, table } = parent.type.schema.nodes
  const { name } = parent.type
  if (name === 'codeBlock' || name === 'table') return [parent.copy(content)]
  if (parent.inlineContent) return paragraph ? [paragraph.create(null, content)] : []
  if (name === 'orderedList') {
    const start = Number(parent.attrs['start'] ?? 1) + index
    return [parent.type.create({ ...parent.attrs, start }, content)]
  }
  if (LISTS.has(name)) return [parent.copy(content)]
  if (name === 'tableRow') return table ? [table.create(null, parent.copy(content))] : []
  return [...content.content]
}

/** Without the empty lines that a selection from line to line has at its ends. */
function trimmed(blocks: DocumentNode[]): DocumentNode[] {
  const isEmpty = (node: DocumentNode): boolean => node.isTextblock && node.childCount === 0
  const first = blocks.findIndex((node) => !isEmpty(node))
  const last = blocks.findLastIndex((node) => !isEmpty(node))
  return blocks.slice(first, last + 1)
}

/** What is to be deleted: whole nodes where they lie within, else their part of the line. */
function piecesOf(doc: DocumentNode, { from, to }: Range): Range[] {
  const pieces: Range[] = []
  doc.nodesBetween(from, to, (node, at) => {
    const end = at + node.nodeSize
    const isWhole = at >= from && end <= to && !PARTS.has(node.type.name)
    if (isWhole) pieces.push({ from: at, to: end })
    else if (node.isText) pieces.push({ from: Math.max(from, at), to: Math.min(to, end) })
    return !isWhole
  })
  return pieces
}

/** Puts a link to the page at a place: into the line, else as a line of its own. */
function insertLink(tr: Transaction, at: number, page: string, behind: boolean): void {
  const { schema } = tr.doc.type
  const { pageLink, paragraph } = schema.nodes
  const link = pageLink?.create({ page, label: null })
  if (link === undefined || paragraph === undefined) return
  const $at = tr.doc.resolve(at)
  const { parent } = $at
  if (parent.inlineContent && parent.type.contentMatch.matchType(link.type) !== null) {
    const space = behind ? [schema.text(' ')] : []
    tr.insert(at, Fragment.from([...space, link]))
    tr.setSelection(TextSelection.create(tr.doc, at + space.length + link.nodeSize))
    return
  }
  // Code has no links within.
  const place = parent.inlineContent ? $at.after() : at
  const line = paragraph.create(null, link)
  const item = LISTS.has(tr.doc.resolve(place).parent.type.name)
    ? tr.doc.resolve(place).parent.type.contentMatch.defaultType
    : null
  const block = item?.create(null, line) ?? line
  tr.insert(place, block)
  const inside = item === null ? 1 : 2
  tr.setSelection(TextSelection.create(tr.doc, place + inside + link.nodeSize))
}

/** A link takes the place of the passage. */
export function replaceByLink(tr: Transaction, passage: Passage, page: string): Transaction {
  const ranges = rangesOf(tr.doc, passage)
  const [first] = ranges
  if (first === undefined) return tr
  const before = tr.doc
  const pieces = ranges.flatMap((range) => piecesOf(before, range))
  const steps = tr.mapping.maps.length
  for (const { from, to } of [...pieces].sort((a, b) => b.from - a.from)) tr.delete(from, to)
  const at = tr.mapping.slice(steps).map(first.from, -1)
  if (passage.kind === 'cells') fillCells(tr, ranges.slice(1), steps)
  insertLink(tr, at, page, false)
  return tr
}

/** Cells that were emptied keep a line to write in. */
function fillCells(tr: Transaction, ranges: readonly Range[], steps: number): void {
  const { paragraph } = tr.doc.type.schema.nodes
  const places = ranges.map(({ from }) => tr.mapping.slice(steps).map(from, -1))
  for (const place of places.sort((a, b) => b - a)) {
    if (paragraph && tr.doc.resolve(place).parent.childCount === 0) {
      tr.insert(place, paragraph.create())
    }
  }
}

/** The passage stays, and a link comes behind it. */
export function addLinkBehind(tr: Transaction, passage: Passage, page: string): Transaction {
  const last = rangesOf(tr.doc, passage).at(-1)?.to
  const place = last ?? (passage.kind === 'text' ? passage.to : tr.doc.content.size)
  insertLink(tr, place, page, true)
  return tr
}

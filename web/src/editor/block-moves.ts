/** What can be done with the block at the caret as a whole: move, duplicate, delete, link to it. */
import type { Editor } from '@tiptap/core'
import type { Node as DocumentNode, ResolvedPos } from '@tiptap/pm/model'
import { NodeSelection, Selection, type EditorState } from '@tiptap/pm/state'

import { isFrame } from '../schema/frames'
import { headingBefore } from './headings'

export interface BlockAt {
  /** Its place in the document. */
  at: number
  node: DocumentNode
}

const ITEMS = new Set(['listItem', 'taskItem'])

function ancestor($at: ResolvedPos, fits: (node: DocumentNode) => boolean): BlockAt | null {
  for (let depth = $at.depth; depth > 0; depth -= 1) {
    const node = $at.node(depth)
    if (fits(node)) return { at: $at.before(depth), node }
  }
  return null
}

/**
 * The block that is meant at the caret: the item of a list; the whole table; the frame if the caret
 * is in its first block; else the paragraph itself.
 */
export function blockAround(state: EditorState): BlockAt | null {
  const { selection } = state
  if (selection instanceof NodeSelection && selection.node.isBlock) {
    return { at: selection.from, node: selection.node }
  }
  const { $from } = selection
  const table = ancestor($from, (node) => node.type.name === 'table')
  if (table !== null) return table
  const item = ancestor($from, (node) => ITEMS.has(node.type.name))
  if (item !== null) return item
  const line = ancestor($from, (node) => node.isTextblock)
  if (line === null) return null
  const $line = state.doc.resolve(line.at)
  return isFrame($line.parent.type.name) && $line.index() === 0
    ? { at: $line.before(), node: $line.parent }
    : line
}

/**
 * Moves the block one place up (-1) or down (1) among its neighbours. It is the neighbour that is
 * taken out and put in again: somebody else may be writing in the block itself.
 */
export function moveBlock(editor: Editor, direction: 1 | -1): boolean {
  const { state, view } = editor
  const block = blockAround(state)
  if (block === null) return false
  const $at = state.doc.resolve(block.at)
  const index = $at.index() + direction
  if (index < 0 || index >= $at.parent.childCount) return false
  const neighbour = $at.parent.child(index)
  const { nodeSize } = block.node
  const tr = state.tr
  if (direction === -1) {
    tr.delete(block.at - neighbour.nodeSize, block.at)
    tr.insert(block.at - neighbour.nodeSize + nodeSize, neighbour)
  } else {
    tr.delete(block.at + nodeSize, block.at + nodeSize + neighbour.nodeSize)
    tr.insert(block.at, neighbour)
  }
  view.dispatch(tr.scrollIntoView())
  return true
}

/** Whether there is a neighbour on that side. */
export function canMove(state: EditorState, direction: 1 | -1): boolean {
  const block = blockAround(state)
  if (block === null) return false
  const $at = state.doc.resolve(block.at)
  const index = $at.index() + direction
  return index >= 0 && index < $at.parent.childCount
}

export function duplicateBlock(editor: Editor): boolean {
  const { state, view } = editor
  const block = blockAround(state)
  if (block === null) return false
  const behind = block.at + block.node.nodeSize
  const tr = state.tr.insert(behind, block.node)
  tr.setSelection(Selection.near(tr.doc.resolve(behind + 1)))
  view.dispatch(tr.scrollIntoView())
  return true
}

export function deleteBlock(editor: Editor): boolean {
  const { state, view } = editor
  const block = blockAround(state)
  if (block === null) return false
  const $at = state.doc.resolve(block.at)
  // The last item takes its list along.
  const whole = ITEMS.has(block.node.type.name) && $at.parent.childCount === 1
  const from = whole ? $at.before() : block.at
  const to = whole ? $at.after() : block.at + block.node.nodeSize
  view.dispatch(state.tr.delete(from, to).scrollIntoView())
  return true
}

/** The part of the page's address that leads to the section of the caret; null above all headings. */
export function sectionAddress(state: EditorState): string | null {
  return headingBefore(state.doc, state.selection.from)?.id ?? null
}

/** Puts the caret into the block at this place, as the menu at its handle does. */
export function chooseBlock(editor: Editor, at: number): void {
  const { state, view } = editor
  const $inside = state.doc.resolve(Math.min(at + 1, state.doc.content.size))
  view.dispatch(state.tr.setSelection(Selection.near($inside)))
}

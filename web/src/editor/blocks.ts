/** The blocks and marks a person can choose, each as one command that can be asked and carried out. */
import type { Editor } from '@tiptap/core'

import { FRAMES, isFrame } from '../schema/frames'
import { focusText } from './focus-text'
import { insertTable } from './table-editing'

/** In the order of the slash menu. */
export const BLOCKS = [
  'heading1',
  'heading2',
  'heading3',
  'bullets',
  'numbers',
  'tasks',
  'quote',
  'table',
  ...FRAMES,
  'footnote',
  'code',
  'rule',
  'page',
] as const
export type Block = 'paragraph' | (typeof BLOCKS)[number]

const INSERTED: readonly Block[] = ['table', 'footnote', 'rule', 'page']
/** What a block can be turned into; the others only come in beside it. */
export const TURNS: readonly Block[] = [
  'paragraph',
  ...BLOCKS.filter((block) => !INSERTED.includes(block)),
]

export const MARKS = [
  'bold',
  'italic',
  'strike',
  'highlight',
  'code',
  'superscript',
  'subscript',
] as const
export type MarkName = (typeof MARKS)[number]

/** Turns the block at the caret into another, or inserts one. */
export function applyBlock(editor: Editor, block: Block): void {
  focusText(editor)
  const chain = editor.chain()
  switch (block) {
    case 'paragraph':
      chain.clearNodes().run()
      break
    case 'heading1':
      chain.toggleHeading({ level: 1 }).run()
      break
    case 'heading2':
      chain.toggleHeading({ level: 2 }).run()
      break
    case 'heading3':
      chain.toggleHeading({ level: 3 }).run()
      break
    case 'bullets':
      chain.toggleBulletList().run()
      break
    case 'numbers':
      chain.toggleOrderedList().run()
      break
    case 'tasks':
      chain.toggleTaskList().run()
      break
    case 'quote':
      chain.toggleBlockquote().run()
      break
    case 'code':
      chain.toggleCodeBlock().run()
      break
    case 'table':
      chain.run()
      insertTable(editor)
      break
    case 'rule':
      chain.setHorizontalRule().run()
      break
    case 'page':
      chain.insertContent('[[').run()
      break
    case 'footnote':
      chain.run()
      insertFootnote(editor)
      break
    default:
      chain.toggleWrap(block).run()
  }
}

/** Whether the block is what the caret stands in. */
export function blockActive(editor: Editor, block: Block): boolean {
  switch (block) {
    case 'paragraph':
      return editor.isActive('paragraph')
    case 'heading1':
      return editor.isActive('heading', { level: 1 })
    case 'heading2':
      return editor.isActive('heading', { level: 2 })
    case 'heading3':
      return editor.isActive('heading', { level: 3 })
    case 'bullets':
      return editor.isActive('bulletList')
    case 'numbers':
      return editor.isActive('orderedList')
    case 'tasks':
      return editor.isActive('taskList')
    case 'quote':
      return editor.isActive('blockquote')
    case 'code':
      return editor.isActive('codeBlock')
    case 'table':
      return editor.isActive('table')
    default:
      return isFrame(block) && editor.isActive(block)
  }
}

/** Puts an empty footnote behind the selection; returns its place, or null where none may stand. */
export function insertFootnote(editor: Editor): number | null {
  const { state, view } = editor
  const { $to } = state.selection
  const type = state.schema.nodes['footnote']
  if (type === undefined || !$to.parent.canReplaceWith($to.index(), $to.index(), type)) return null
  view.dispatch(state.tr.insert($to.pos, type.create()).scrollIntoView())
  return $to.pos
}

/** Sets or takes a mark; what stands above the line does not stand below it, too. */
export function toggleMark(editor: Editor, mark: MarkName): void {
  // In a block that is shown letter by letter no mark would be seen.
  if (editor.isActive('codeBlock')) return
  focusText(editor)
  const chain = editor.chain()
  if (mark === 'superscript') chain.unsetMark('subscript')
  if (mark === 'subscript') chain.unsetMark('superscript')
  chain.toggleMark(mark).run()
}

/** The blocks and marks a person can choose, each as one command that can be asked and carried out. */
import type { Editor } from '@tiptap/core'

export type Block =
  'heading1' | 'heading2' | 'heading3' | 'bullets' | 'numbers' | 'quote' | 'rule' | 'page'
export type MarkName = 'bold' | 'italic' | 'strike' | 'code'

/** In the order of the slash menu. */
export const BLOCKS: readonly Block[] = [
  'heading1',
  'heading2',
  'heading3',
  'bullets',
  'numbers',
  'quote',
  'rule',
  'page',
]

/** Turns the block at the caret into another, or inserts one. */
export function applyBlock(editor: Editor, block: Block): void {
  const chain = editor.chain().focus()
  switch (block) {
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
    case 'quote':
      chain.toggleBlockquote().run()
      break
    case 'rule':
      chain.setHorizontalRule().run()
      break
    case 'page':
      chain.insertContent('[[').run()
      break
  }
}

/** Whether the block is what the caret stands in. */
export function blockActive(editor: Editor, block: Block): boolean {
  switch (block) {
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
    case 'quote':
      return editor.isActive('blockquote')
    case 'rule':
    case 'page':
      return false
  }
}

export function toggleMark(editor: Editor, mark: MarkName): void {
  editor.chain().focus().toggleMark(mark).run()
}

/** The keys of the editor beyond those of the nodes and marks, and the list of all for people. */
import { Extension } from '@tiptap/core'

import { moveBlock } from './block-moves'
import { toggleMark, type MarkName } from './blocks'

export interface KeyHooks {
  /** Ctrl+K with a selection, or within a link. */
  onlink: () => void
  /** Alt+F10. */
  ontoolbar: () => void
  /** Ctrl+/. */
  onhelp: () => void
  /** Alt+Enter: the attributes of the block at the caret. */
  onfields: () => void
  /** Alt+Shift+M: the menu of the block at the caret. */
  onblock: () => void
  /** Ctrl+Alt+F. */
  onfootnote: () => void
  /** Ctrl+H. */
  onfind: () => void
}

const HEADING_KEYS: Record<string, 1 | 2 | 3> = { Digit1: 1, Digit2: 2, Digit3: 3 }

/** Which level Ctrl+Alt+1 to 3 asks for, whatever letter the layout puts on these keys. */
export function headingOfKey(event: KeyboardEvent): 1 | 2 | 3 | null {
  if (!event.altKey || !(event.ctrlKey || event.metaKey) || event.shiftKey) return null
  // The AltGr key reports Ctrl and Alt, too, and types signs such as ² and ³.
  return event.getModifierState('AltGraph') ? null : (HEADING_KEYS[event.code] ?? null)
}

/** Alt+Shift+M, whatever sign the layout puts there. */
export function isBlockKey(event: KeyboardEvent): boolean {
  return event.altKey && event.shiftKey && event.code === 'KeyM' && !event.ctrlKey && !event.metaKey
}

const isMac = (): boolean => /^(?:Mac|iP)/.test(navigator.platform)

/** Ctrl+H, as in Word; on a Mac ⌥⌘F, as Ctrl+H is the backspace of old there. */
export function isFindKey(event: KeyboardEvent): boolean {
  if (event.shiftKey) return false
  if (isMac()) return event.code === 'KeyF' && event.altKey && event.metaKey
  return event.key.toLowerCase() === 'h' && event.ctrlKey && !event.altKey
}

/** Ctrl+Alt+F, as in Word. */
export function isFootnoteKey(event: KeyboardEvent): boolean {
  if (event.shiftKey || event.getModifierState('AltGraph')) return false
  return event.code === 'KeyF' && event.altKey && event.ctrlKey
}

/** Ctrl+/, but not where the slash is on the 7: there Ctrl+Shift+7 is the numbered list. */
export function isHelpKey(event: KeyboardEvent): boolean {
  return event.key === '/' && (event.ctrlKey || event.metaKey) && event.code !== 'Digit7'
}

export const PageKeys = Extension.create<KeyHooks>({
  name: 'pageKeys',
  priority: 900,
  addKeyboardShortcuts() {
    const mark = (name: MarkName) => (): boolean => {
      if (this.editor.isEditable) toggleMark(this.editor, name)
      return this.editor.isEditable
    }
    return {
      'Mod-k': () => {
        const { empty } = this.editor.state.selection
        // Without a selection the key belongs to the command palette.
        if ((empty && !this.editor.isActive('link')) || !this.editor.isEditable) return false
        this.options.onlink()
        return true
      },
      'Alt-F10': () => {
        this.options.ontoolbar()
        return true
      },
      'Alt-Enter': () => {
        if (this.editor.isEditable) this.options.onfields()
        return this.editor.isEditable
      },
      'Alt-Shift-ArrowUp': () => this.editor.isEditable && moveBlock(this.editor, -1),
      'Alt-Shift-ArrowDown': () => this.editor.isEditable && moveBlock(this.editor, 1),
      'Mod-Shift-h': mark('highlight'),
      'Mod-.': mark('superscript'),
      'Mod-,': mark('subscript'),
      'Mod-b': mark('bold'),
      'Mod-i': mark('italic'),
      'Mod-e': mark('code'),
      'Mod-Shift-s': mark('strike'),
    }
  },
  onCreate() {
    this.editor.view.dom.addEventListener('keydown', (event) => {
      const level = headingOfKey(event)
      if (level !== null && this.editor.isEditable && !event.defaultPrevented) {
        event.preventDefault()
        this.editor.chain().toggleHeading({ level }).run()
      } else if (isBlockKey(event) && this.editor.isEditable) {
        event.preventDefault()
        this.options.onblock()
      } else if (isFootnoteKey(event) && this.editor.isEditable) {
        event.preventDefault()
        this.options.onfootnote()
      } else if (isFindKey(event)) {
        event.preventDefault()
        this.options.onfind()
      } else if (isHelpKey(event)) {
        event.preventDefault()
        this.options.onhelp()
      }
    })
  },
})

/** One line of the overview: keys as people press them (`ctrl` and `shift` are words), and a text. */
export interface KeyLine {
  keys: readonly string[]
  text: string
}

/** All keys; the texts are keys of the interface's words. */
export const KEY_LINES = [
  { keys: ['ctrl', 'B'], text: 'edit.bold' },
  { keys: ['ctrl', 'I'], text: 'edit.italic' },
  { keys: ['ctrl', 'shift', 'H'], text: 'edit.highlight' },
  { keys: ['ctrl', '.'], text: 'edit.superscript' },
  { keys: ['ctrl', ','], text: 'edit.subscript' },
  { keys: ['ctrl', 'K'], text: 'keys.link' },
  { keys: ['ctrl', 'Alt', '1'], text: 'edit.heading1' },
  { keys: ['ctrl', 'Alt', '2'], text: 'edit.heading2' },
  { keys: ['ctrl', 'Alt', '3'], text: 'edit.heading3' },
  { keys: ['ctrl', 'shift', '7'], text: 'edit.numbers' },
  { keys: ['ctrl', 'shift', '8'], text: 'edit.bullets' },
  { keys: ['ctrl', 'shift', '9'], text: 'edit.tasks' },
  { keys: ['ctrl', 'Enter'], text: 'keys.leave' },
  { keys: ['Tab'], text: 'keys.indent' },
  { keys: ['[['], text: 'keys.page' },
  { keys: ['/'], text: 'keys.slash' },
  { keys: ['Alt', 'Enter'], text: 'keys.fields' },
  { keys: ['Alt', 'shift', 'M'], text: 'keys.block' },
  { keys: ['Alt', 'shift', '↑'], text: 'block.up' },
  { keys: ['Alt', 'shift', '↓'], text: 'block.down' },
  { keys: ['ctrl', 'Alt', 'F'], text: 'edit.footnote' },
  { keys: ['ctrl', 'H'], text: 'find.title' },
  { keys: ['ctrl', 'Z'], text: 'edit.undo' },
  { keys: ['ctrl', 'Y'], text: 'edit.redo' },
  { keys: ['Alt', 'F10'], text: 'keys.toolbar' },
  { keys: ['ctrl', '/'], text: 'keys.help' },
] as const satisfies readonly KeyLine[]

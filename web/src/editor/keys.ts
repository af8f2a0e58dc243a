/** The keys of the editor beyond those of the nodes and marks, and the list of all for people. */
import { Extension } from '@tiptap/core'

export interface KeyHooks {
  /** Ctrl+K with a selection, or within a link. */
  onlink: () => void
  /** Alt+F10. */
  ontoolbar: () => void
  /** Ctrl+/. */
  onhelp: () => void
}

const HEADING_KEYS: Record<string, 1 | 2 | 3> = { Digit1: 1, Digit2: 2, Digit3: 3 }

/** Which level Ctrl+Alt+1 to 3 asks for, whatever letter the layout puts on these keys. */
export function headingOfKey(event: KeyboardEvent): 1 | 2 | 3 | null {
  if (!event.altKey || !(event.ctrlKey || event.metaKey) || event.shiftKey) return null
  // The AltGr key reports Ctrl and Alt, too, and types signs such as ² and ³.
  return event.getModifierState('AltGraph') ? null : (HEADING_KEYS[event.code] ?? null)
}

/** Ctrl+/, but not where the slash is on the 7: there Ctrl+Shift+7 is the numbered list. */
export function isHelpKey(event: KeyboardEvent): boolean {
  return event.key === '/' && (event.ctrlKey || event.metaKey) && event.code !== 'Digit7'
}

export const PageKeys = Extension.create<KeyHooks>({
  name: 'pageKeys',
  priority: 900,
  addKeyboardShortcuts() {
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
    }
  },
  onCreate() {
    this.editor.view.dom.addEventListener('keydown', (event) => {
      const level = headingOfKey(event)
      if (level !== null && this.editor.isEditable && !event.defaultPrevented) {
        event.preventDefault()
        this.editor.chain().focus().toggleHeading({ level }).run()
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
  { keys: ['ctrl', 'K'], text: 'keys.link' },
  { keys: ['ctrl', 'Alt', '1'], text: 'edit.heading1' },
  { keys: ['ctrl', 'Alt', '2'], text: 'edit.heading2' },
  { keys: ['ctrl', 'Alt', '3'], text: 'edit.heading3' },
  { keys: ['ctrl', 'shift', '7'], text: 'edit.numbers' },
  { keys: ['ctrl', 'shift', '8'], text: 'edit.bullets' },
  { keys: ['Tab'], text: 'keys.indent' },
  { keys: ['[['], text: 'keys.page' },
  { keys: ['/'], text: 'keys.slash' },
  { keys: ['ctrl', 'Z'], text: 'edit.undo' },
  { keys: ['ctrl', 'Y'], text: 'edit.redo' },
  { keys: ['Alt', 'F10'], text: 'keys.toolbar' },
  { keys: ['ctrl', '/'], text: 'keys.help' },
] as const satisfies readonly KeyLine[]

/** The keys of the editor beyond those of the nodes and marks. `ui/frame/keys` lists all for people. */
import { Extension, type Editor } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

import { moveBlock } from './block-moves'
import { toggleMark, type MarkName } from './blocks'

export interface KeyHooks {
  /** Ctrl+K with a selection, or within a link. */
  onlink: () => void
  /** Alt+F10. */
  ontoolbar: () => void
  /** Alt+Enter: the attributes of the block at the caret. */
  onfields: () => void
  /** Alt+Shift+M: the menu of the block at the caret. */
  onblock: () => void
  /** Ctrl+Alt+F. */
  onfootnote: () => void
  /** Ctrl+H. */
  onfind: () => void
  /** Ctrl+Alt+N. */
  onmake: () => void
}

const LEVEL_KEYS: Record<string, 0 | 1 | 2 | 3> = { Digit0: 0, Digit1: 1, Digit2: 2, Digit3: 3 }

/** Which level Ctrl+Alt+1 to 3 asks for, 0 for plain text, whatever sign the layout puts there. */
export function levelOfKey(event: KeyboardEvent): 0 | 1 | 2 | 3 | null {
  if (!event.altKey || !(event.ctrlKey || event.metaKey) || event.shiftKey) return null
  // The AltGr key reports Ctrl and Alt, too, and types signs such as ² and ³.
  return event.getModifierState('AltGraph') ? null : (LEVEL_KEYS[event.code] ?? null)
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

/** Ctrl+Alt+N, wherever the layout has the letter. */
export function isMakeKey(event: KeyboardEvent): boolean {
  if (event.shiftKey || event.getModifierState('AltGraph')) return false
  return event.code === 'KeyN' && event.altKey && (event.ctrlKey || event.metaKey)
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
      // Before TipTap's own key for bold, which takes a capital B, too.
      'Mod-Shift-b': () => this.editor.isEditable && this.editor.commands.toggleBlockquote(),
    }
  },
  addProseMirrorPlugins() {
    return [new Plugin({ view: (view) => listen(view, this.editor, this.options) })]
  },
})

/** Keys that are told by their place on the keyboard, after those of the text itself. */
function listen(view: EditorView, editor: Editor, hooks: KeyHooks) {
  const onkeydown = (event: KeyboardEvent): void => {
    const level = levelOfKey(event)
    if (level !== null && editor.isEditable && !event.defaultPrevented) {
      event.preventDefault()
      if (level === 0) editor.commands.setParagraph()
      else editor.commands.toggleHeading({ level })
    } else if (isBlockKey(event) && editor.isEditable) {
      event.preventDefault()
      hooks.onblock()
    } else if (isFootnoteKey(event) && editor.isEditable) {
      event.preventDefault()
      hooks.onfootnote()
    } else if (isMakeKey(event) && editor.isEditable) {
      event.preventDefault()
      hooks.onmake()
    } else if (isFindKey(event)) {
      event.preventDefault()
      hooks.onfind()
    }
  }
  view.dom.addEventListener('keydown', onkeydown)
  return { destroy: () => view.dom.removeEventListener('keydown', onkeydown) }
}

/**
 * Giving the focus to the text. TipTap's own command does so with the next picture that is drawn;
 * whoever types on at once would type into what had the focus before.
 */
import type { Editor } from '@tiptap/core'
import { Selection } from '@tiptap/pm/state'

/** Moves the focus into the text, where a place is given with the caret near it. */
export function focusText(editor: Editor, place?: number): void {
  const { view, state } = editor
  if (place !== undefined) {
    const at = state.doc.resolve(Math.min(place, state.doc.content.size))
    view.dispatch(state.tr.setSelection(Selection.near(at)).scrollIntoView())
  }
  if (!view.hasFocus()) view.focus()
}

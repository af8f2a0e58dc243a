/** What choosing from the lists beside the caret does to the text. */
import type { Editor } from '@tiptap/core'

import type { Range } from './held-range'
import type { Trigger } from './trigger'

/** Replaces the sign and what was typed after it by a link to the page; the caret stays behind it. */
export function insertPageLink(editor: Editor, { from, to }: Range, page: string): void {
  const { schema } = editor.state
  const link = schema.nodes['pageLink']?.create({ page, label: null })
  if (link === undefined) return
  const tr = editor.state.tr.replaceWith(from, to, link)
  // Whoever has gone on elsewhere is not called back.
  editor.view.dispatch(editor.view.hasFocus() ? tr.scrollIntoView() : tr)
}

/** Takes the sign away, so that a block can be made in its place. */
export function takeSign(editor: Editor, trigger: Trigger): void {
  editor.view.dispatch(editor.state.tr.delete(trigger.from, trigger.to))
}

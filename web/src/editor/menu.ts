/** What choosing from the lists beside the caret does to the text. */
import type { Editor } from '@tiptap/core'

import type { Trigger } from './trigger'

/** Replaces the sign and what was typed after it by a link to the page, with the caret behind it. */
export function insertPageLink(editor: Editor, trigger: Trigger, page: string): void {
  const { schema } = editor.state
  const link = schema.nodes['pageLink']?.create({ page, label: null })
  if (link === undefined) return
  const to = Math.min(
    Math.max(trigger.to, editor.state.selection.to),
    editor.state.doc.content.size,
  )
  const tr = editor.state.tr.replaceWith(trigger.from, to, link)
  editor.view.dispatch(tr.scrollIntoView())
  editor.view.focus()
}

/** Takes the sign away, so that a block can be made in its place. */
export function takeSign(editor: Editor, trigger: Trigger): void {
  editor.view.dispatch(editor.state.tr.delete(trigger.from, trigger.to))
}

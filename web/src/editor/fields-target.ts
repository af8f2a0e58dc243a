/** Which block's attributes are meant at the caret. */
import type { Editor } from '@tiptap/core'
import { NodeSelection } from '@tiptap/pm/state'

import { BLOCK_FIELDS } from './block-fields'
import { targetOf, type FieldsTarget } from './block-views'

/** The view of the node at this place, if it has something to fill in. */
export function targetAt(editor: Editor, at: number): FieldsTarget | null {
  return targetOf(editor.view.nodeDOM(at))
}

/** The footnote at the caret, else the innermost block around it that has attributes. */
export function targetAround(editor: Editor): FieldsTarget | null {
  const { selection } = editor.state
  const { $from } = selection
  if (selection instanceof NodeSelection) {
    const chosen = targetAt(editor, selection.from)
    if (chosen !== null) return chosen
  }
  if ($from.nodeAfter?.type.name === 'footnote') return targetAt(editor, $from.pos)
  const { nodeBefore } = $from
  if (nodeBefore?.type.name === 'footnote') {
    return targetAt(editor, $from.pos - nodeBefore.nodeSize)
  }
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if (BLOCK_FIELDS[$from.node(depth).type.name] !== undefined) {
      return targetAt(editor, $from.before(depth))
    }
  }
  return null
}

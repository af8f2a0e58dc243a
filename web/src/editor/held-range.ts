/**
 * A stretch of the text that is found again after oneself and others wrote on: what was typed for a
 * link while the page it leads to is still being found or made.
 */
import type { EditorState } from '@tiptap/pm/state'
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap'
import type { ProsemirrorBinding } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'

interface Sync {
  doc: Y.Doc
  type: Y.XmlFragment
  binding: ProsemirrorBinding
}

export interface Range {
  from: number
  to: number
}

const syncOf = (state: EditorState): Sync => ySyncPluginKey.getState(state) as Sync

/** Remembers at least one letter; what it returns finds them, or null when they are gone. */
export function holdRange(
  state: EditorState,
  { from, to }: Range,
): (later: EditorState) => Range | null {
  const { type, binding } = syncOf(state)
  const held = state.doc.textBetween(from, to)
  // By its first and its last letter: what is typed behind the last one does not belong to it.
  const first = absolutePositionToRelativePosition(
    from,
    type,
    binding.mapping,
  ) as Y.RelativePosition
  const last = absolutePositionToRelativePosition(
    to - 1,
    type,
    binding.mapping,
  ) as Y.RelativePosition
  return (later) => {
    const sync = syncOf(later)
    const place = (position: Y.RelativePosition): number | null =>
      relativePositionToAbsolutePosition(sync.doc, sync.type, position, sync.binding.mapping)
    const [start, end] = [place(first), place(last)]
    if (start === null || end === null || end + 1 > later.doc.content.size) return null
    const same = start <= end && later.doc.textBetween(start, end + 1) === held
    return same ? { from: start, to: end + 1 } : null
  }
}

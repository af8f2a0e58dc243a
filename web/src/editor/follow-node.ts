/**
 * Following one node of the shared text. Its element on the screen will not do: when others insert
 * and change neighbours at once, the editor may show another node in it.
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

const syncOf = (state: EditorState): Sync | undefined =>
  ySyncPluginKey.getState(state) as Sync | undefined

/** Says where the node that begins here stands later; null when it is gone. */
export function followNode(
  state: EditorState,
  at: number,
): ((later: EditorState) => number | null) | null {
  const sync = syncOf(state)
  const node = state.doc.nodeAt(at)
  if (sync === undefined || node === null) return null
  const [shared] = [...sync.binding.mapping].find(([, shown]) => shown === node) ?? []
  if (shared === undefined) return null
  const { type, binding } = sync
  const place = absolutePositionToRelativePosition(at, type, binding.mapping) as Y.RelativePosition
  return (later) => {
    const now = syncOf(later)
    if (now === undefined || shared._item?.deleted !== false) return null
    return relativePositionToAbsolutePosition(now.doc, now.type, place, now.binding.mapping)
  }
}

/**
 * The passage that a page is being made of: marked in the text, and followed while oneself and
 * others write on. A change from elsewhere comes as a whole new text; what of it differs is found by
 * comparing, and where an end of the passage lies within that, by the letter it stood at.
 */
import type { Node as DocumentNode } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { type Mappable, StepMap } from '@tiptap/pm/transform'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap'
import type { ProsemirrorBinding } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'

import { isOwnChange } from './body-binding'
import { type Passage, rangesOf } from './passage'

/** Where a place is in the shared text of a later state; null where that cannot be told. */
type Follow = (later: EditorState) => number | null
interface Held {
  passage: Passage
  /** Its two ends, or corners. */
  ends: readonly [Follow, Follow]
}

const key = new PluginKey<Held | null>('heldPassage')

interface Sync {
  doc: Y.Doc
  type: Y.XmlFragment
  binding: ProsemirrorBinding
}

function follow(state: EditorState, at: number): Follow {
  const sync = ySyncPluginKey.getState(state) as Sync | undefined
  if (sync === undefined) return () => null
  const { type, binding } = sync
  const place = absolutePositionToRelativePosition(at, type, binding.mapping) as Y.RelativePosition
  return (later) => {
    const now = ySyncPluginKey.getState(later) as Sync
    return relativePositionToAbsolutePosition(now.doc, now.type, place, now.binding.mapping)
  }
}

const endsOf = (passage: Passage): readonly [number, number] =>
  passage.kind === 'text' ? [passage.from, passage.to] : [passage.anchor, passage.head]

/** What lies between the two texts where they differ. */
function difference(before: DocumentNode, after: DocumentNode): StepMap {
  const start = before.content.findDiffStart(after.content)
  const end = before.content.findDiffEnd(after.content)
  if (start === null || end === null) return StepMap.empty
  // Letters that are the same before and behind the difference are counted once.
  const twice = Math.max(0, start - Math.min(end.a, end.b))
  return new StepMap([start, end.a + twice - start, end.b + twice - start])
}

/** The passage after a change. What is added right before or behind it does not belong to it. */
function moved(held: Held, tr: Transaction, before: EditorState, after: EditorState): Held {
  const isOwn = isOwnChange(tr)
  const map: Mappable = isOwn ? tr.mapping : difference(before.doc, after.doc)
  const place = (index: 0 | 1, side: 1 | -1): number => {
    const { pos, deleted } = map.mapResult(endsOf(held.passage)[index], side)
    if (isOwn || !deleted) return pos
    return Math.min(held.ends[index](after) ?? pos, after.doc.content.size)
  }
  if (held.passage.kind === 'cells') {
    return { ...held, passage: { kind: 'cells', anchor: place(0, 1), head: place(1, 1) } }
  }
  const from = place(0, 1)
  return { ...held, passage: { kind: 'text', from, to: Math.max(from, place(1, -1)) } }
}

function marked({ doc }: EditorState, held: Held | null): DecorationSet {
  if (held === null) return DecorationSet.empty
  const marks = rangesOf(doc, held.passage).map(({ from, to }) =>
    Decoration.inline(from, to, { class: 'passage' }),
  )
  return DecorationSet.create(doc, marks)
}

export function heldPassagePlugin(): Plugin {
  return new Plugin<Held | null>({
    key,
    state: {
      init: () => null,
      apply(tr, held, before, after) {
        const meta = tr.getMeta(key) as { held: Held | null } | undefined
        if (meta !== undefined) return meta.held
        return held === null || !tr.docChanged ? held : moved(held, tr, before, after)
      },
    },
    props: { decorations: (state) => marked(state, key.getState(state) ?? null) },
  })
}

/** Marks the passage and follows it; with null it lets go. */
export function holdPassage({ state, dispatch }: EditorView, passage: Passage | null): void {
  const [a, b] = passage === null ? [0, 0] : endsOf(passage)
  const held = passage && { passage, ends: [follow(state, a), follow(state, b)] as const }
  dispatch(state.tr.setMeta(key, { held }).setMeta('addToHistory', false))
}

/** The passage where it stands now; null where none is held. */
export function heldPassage(state: EditorState): Passage | null {
  return key.getState(state)?.passage ?? null
}

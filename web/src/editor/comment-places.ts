/**
 * Where comments belong in the text: the two ends of a passage as encoded relative positions, and
 * where those are now.
 */
import type { EditorState } from '@tiptap/pm/state'
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap'
import type { ProsemirrorBinding } from '@tiptap/y-tiptap'
import { fromBase64, toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'

import { findMatches, type Match } from './find'

/** A passage as it is stored with a comment. */
export interface Passage {
  start: string
  end: string
  /** Its words, or their beginning. */
  quote: string
}

/** The most characters that are quoted. */
export const QUOTED = 300

interface Sync {
  doc: Y.Doc
  type: Y.XmlFragment
  binding: ProsemirrorBinding
}

function syncOf(state: EditorState): Sync | null {
  const sync = ySyncPluginKey.getState(state) as Partial<Sync> | undefined
  const isBound = sync?.doc && sync.type && sync.binding && sync.binding.mapping.size > 0
  return isBound ? (sync as Sync) : null
}

/** The words between two places. */
function wordsAt({ doc }: EditorState, { from, to }: Match): string {
  return doc.textBetween(from, to, ' ').trim()
}

/** The passage from one place to another; null where there are no words. */
export function passageAt(state: EditorState, range: Match): Passage | null {
  const sync = syncOf(state)
  const words = wordsAt(state, range)
  if (sync === null || words === '') return null
  const at = (place: number): Y.RelativePosition =>
    absolutePositionToRelativePosition(place, sync.type, sync.binding.mapping) as Y.RelativePosition
  // Such a position sticks to the letter before it. That is right for the end; the beginning sticks
  // to its own first letter, so that what is written before it does not belong to the passage.
  const first = at(range.from + 1)
  const start =
    first.item === null ? at(range.from) : new Y.RelativePosition(null, null, first.item, 0)
  const encode = (position: Y.RelativePosition): string =>
    toBase64(Y.encodeRelativePosition(position))
  return {
    start: encode(start),
    end: encode(at(range.to)),
    quote: [...words].slice(0, QUOTED).join(''),
  }
}

/** Where a passage stands now; null if nothing is left of it. */
export function placeOf(state: EditorState, passage: Passage): Match | null {
  const sync = syncOf(state)
  if (sync === null) return null
  const place = (point: string): number | null => {
    try {
      const position = Y.decodeRelativePosition(fromBase64(point))
      return relativePositionToAbsolutePosition(sync.doc, sync.type, position, sync.binding.mapping)
    } catch {
      // Any text may stand in a foreign comment; what is no position is no place.
      return null
    }
  }
  const [from, to] = [place(passage.start), place(passage.end)]
  const isHere = from !== null && to !== null && from < to && to <= state.doc.content.size
  if (isHere && wordsAt(state, { from, to }) !== '') return { from, to }
  return placeByWords(state, passage)
}

/** A block that was turned into another is a new one: its words are found if they stand there once. */
export function placeByWords(state: EditorState, { quote }: Passage): Match | null {
  if ([...quote].length >= QUOTED) return null
  const found = findMatches(state.doc, { text: quote, exact: true })
  return found.length === 1 ? (found[0] ?? null) : null
}

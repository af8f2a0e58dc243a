/**
 * The marks of comments in the text: decorations, not part of the document. They follow what oneself
 * and others write; whoever shows comments says which there are.
 */
import type { Editor } from '@tiptap/core'
import { Plugin, PluginKey, type EditorState, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'

import { placeByWords, placeOf, type Passage } from './comment-places'
import type { Match } from './find'

/** A passage with the thread that belongs to it. */
export interface MarkedPassage extends Passage {
  id: string
}

export interface CommentMarks {
  passages: readonly MarkedPassage[]
  /** The thread that is looked at. */
  active: string | null
  /** Where the passages are; those of which nothing is left are missing. */
  places: ReadonlyMap<string, Match>
  /** Comments on what is selected; null where that is not possible. */
  compose: (() => void) | null
}

interface Shown extends CommentMarks {
  drawn: DecorationSet
}

const key = new PluginKey<Shown>('commentMarks')
const NONE: Shown = {
  passages: [],
  active: null,
  places: new Map(),
  compose: null,
  drawn: DecorationSet.empty,
}

function draw(state: EditorState, marks: CommentMarks): Shown {
  const drawn = [...marks.places].map(([id, { from, to }]) =>
    Decoration.inline(from, to, {
      class: id === marks.active ? 'cmark now' : 'cmark',
      'data-thread': id,
    }),
  )
  return { ...marks, drawn: DecorationSet.create(state.doc, drawn) }
}

function look(state: EditorState, marks: CommentMarks): Shown {
  const places = new Map<string, Match>()
  for (const passage of marks.passages) {
    const place = placeOf(state, passage)
    if (place !== null) places.set(passage.id, place)
  }
  return draw(state, { ...marks, places })
}

/**
 * After own letters the places move along: looking each up again would cost time while typing, and the
 * shared text does not have the letters yet. Words that were cut out are found where they are pasted.
 */
function follow(tr: Transaction, before: Shown, state: EditorState): Shown {
  const places = new Map<string, Match>()
  const isPasted = tr.getMeta('uiEvent') === 'paste' || tr.getMeta('uiEvent') === 'drop'
  let isRedrawn = false
  for (const passage of before.passages) {
    const place = before.places.get(passage.id)
    const [from, to] =
      place === undefined ? [0, 0] : [tr.mapping.map(place.from, 1), tr.mapping.map(place.to, -1)]
    if (from < to) places.set(passage.id, { from, to })
    else if (place !== undefined || isPasted) {
      isRedrawn = true
      const found = placeByWords(state, passage)
      if (found !== null) places.set(passage.id, found)
    }
  }
  const marks = { ...before, places }
  return isRedrawn ? draw(state, marks) : { ...marks, drawn: before.drawn.map(tr.mapping, tr.doc) }
}

export function commentMarksPlugin(): Plugin {
  return new Plugin<Shown>({
    key,
    state: {
      init: () => NONE,
      apply(tr, before, _, state) {
        const change = tr.getMeta(key) as Partial<CommentMarks> | undefined
        if (change !== undefined) {
          const marks = { ...before, ...change }
          return change.passages === undefined ? draw(state, marks) : look(state, marks)
        }
        const sync = tr.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined
        if (before.passages.length === 0) return before
        if (sync?.isChangeOrigin === true) return look(state, before)
        return tr.docChanged ? follow(tr, before, state) : before
      },
    },
    props: { decorations: (state) => key.getState(state)?.drawn },
  })
}

/** What is marked now, and where. */
export function commentMarks(state: EditorState): CommentMarks {
  return key.getState(state) ?? NONE
}

/** Says what is to be marked, which is looked at, or how one comments. */
export function setCommentMarks(
  editor: Editor,
  change: Partial<Omit<CommentMarks, 'places'>>,
): void {
  if (editor.isDestroyed) return
  const tr = editor.state.tr.setMeta(key, change)
  // Without it the running step of undo would end.
  editor.view.dispatch(tr.setMeta(ySyncPluginKey, { addToHistory: true }))
}

/**
 * What the screen knows of comments beside what the server does: which one is looked at, what is being
 * written, and which have a place in the text.
 */
import type { MarkedPassage, TextComments } from '../../../editor/text-comments'
import { commentId, type CommentDrafts, type DraftKey } from '../../../state/comment-drafts.svelte'
import type { CommentThread, Comments } from '../../../state/comments.svelte'
import type { Problem } from '../../../state/loadable'

/** The name of the thread that is being begun. */
export const NEW = 'new'

export class CommentDesk {
  readonly comments: Comments
  readonly drafts: CommentDrafts
  readonly text: TextComments
  /** The thread that is looked at. */
  active = $state<string | null>(null)
  showsSettled = $state(false)
  /** Grows with every change of the text or the selection. */
  turn = $state(0)
  /** What was done, for those who cannot see it. */
  said = $state('')
  /** Why the last thing was not done. */
  problem = $state.raw<Problem | null>(null)

  constructor(comments: Comments, drafts: CommentDrafts, text: TextComments) {
    this.comments = comments
    this.drafts = drafts
    this.text = text
    // A field in which nothing was written does not come back.
    if (drafts.of(NEW)?.text.trim() === '') drafts.drop(NEW)
  }

  /** The threads to show, settled ones only when asked for, or while one writes an answer there. */
  readonly shown = $derived.by((): readonly CommentThread[] =>
    this.comments.threads.filter(
      ({ id, resolved }) =>
        resolved === null || this.showsSettled || this.drafts.of(`reply:${id}`) !== null,
    ),
  )
  readonly settled = $derived.by(
    () => this.comments.threads.filter(({ resolved }) => resolved !== null).length,
  )
  readonly begun = $derived.by(() => this.drafts.of(NEW))

  /** By itself, so that a letter in the field does not mark everything anew. */
  readonly #begunOn = $derived.by(() => this.begun?.passage)
  /** What is to be marked in the text. */
  readonly passages = $derived.by((): MarkedPassage[] => {
    const begun = this.#begunOn
    const threads = this.shown.map(({ id, start, end, quote }) => ({ id, start, end, quote }))
    return begun === undefined ? threads : [...threads, { id: NEW, ...begun }]
  })

  /** As one text, so that letters which change nothing about it redraw nothing. */
  readonly #order = $derived.by(() =>
    this.turn >= 0 && this.passages.length > 0 ? this.text.order().join(' ') : '',
  )
  /** Ids of those that have a place, in the order of the text. */
  readonly placed = $derived.by((): readonly string[] =>
    this.#order === '' ? [] : this.#order.split(' '),
  )
  /** Threads in the order of the text, then those whose passages are gone. */
  readonly inPlace = $derived.by(() =>
    this.placed.flatMap((id) => this.shown.find((thread) => thread.id === id) ?? []),
  )
  readonly gone = $derived.by(() => this.shown.filter(({ id }) => !this.placed.includes(id)))

  /** Begins a comment on what is selected; false if nothing is. What was begun before goes on. */
  begin(): boolean {
    if (this.begun !== null && this.begun.text.trim() !== '') return true
    const passage = this.text.selected()
    if (passage === null) return false
    this.drafts.keep(NEW, { id: commentId(), text: '', passage })
    return true
  }

  /** Keeps what is written; null lets go of it. */
  write(key: DraftKey, text: string | null): void {
    const draft = this.drafts.of(key)
    if (text === null) this.drafts.drop(key)
    else this.drafts.keep(key, { ...(draft ?? { id: commentId() }), text })
  }

  /** The mark after (1) or before (-1) where one is. */
  step(direction: 1 | -1): CommentThread | null {
    const beside = this.text.beside(direction, this.active)
    // The one that is being begun is no thread yet.
    const id = beside === NEW ? this.text.beside(direction, NEW) : beside
    return this.shown.find((thread) => thread.id === id) ?? null
  }
}

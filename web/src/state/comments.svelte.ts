/** The comments of an open page: read anew whenever the server says that they are others. */
import type { Api } from '../api/client'
import { commentCalls, type CommentCalls } from '../api/comment-calls'
import type { Outcome, Problem } from '../api/outcome'
import type { Comment, CommentThread } from '../api/types'
import type { Draft } from './comment-drafts.svelte'

export type { Comment, CommentThread } from '../api/types'

export class Comments {
  readonly #calls: CommentCalls
  readonly #page: string
  readonly #me: string
  #threads = $state.raw<readonly CommentThread[]>([])
  #mayComment = $state(false)
  #problem = $state.raw<Problem | null>(null)
  #news = $state.raw<Comment | null>(null)
  /** Ids that were seen; null before the first answer. */
  #known: ReadonlySet<string> | null = null
  #asked = 0

  constructor(api: Api, page: string, me: string) {
    this.#calls = commentCalls(api)
    this.#page = page
    this.#me = me
  }

  /** Oldest first, settled ones among them. */
  get threads(): readonly CommentThread[] {
    return this.#threads
  }
  /** Whether this person may comment, answer and settle. */
  get mayComment(): boolean {
    return this.#mayComment
  }
  /** Why they are not there; null: they are, or are coming. */
  get problem(): Problem | null {
    return this.#problem
  }
  /** The newest comment of somebody else that came while one was here. */
  get news(): Comment | null {
    return this.#news
  }

  /** Reads them. An answer that was overtaken by a later question counts for nothing. */
  async load(): Promise<void> {
    this.#asked += 1
    const turn = this.#asked
    const outcome = await this.#calls.list(this.#page)
    if (turn !== this.#asked) return
    if (outcome.kind === 'problem') {
      // What was read before is still worth reading.
      this.#problem = this.#known === null ? outcome.problem : null
      return
    }
    this.#problem = null
    this.#mayComment = outcome.value.can.comment
    this.#threads = outcome.value.items
    const all = this.#threads.flatMap(({ comments }) => comments)
    const known = this.#known
    this.#known = new Set(all.map(({ id }) => id))
    const fresh = all.filter(
      ({ id, author }) => known?.has(id) === false && author?.id !== this.#me,
    )
    this.#news = fresh.at(-1) ?? this.#news
  }

  /** Begins a thread; gives the problem where that did not work. */
  say = ({ id, text, passage }: Draft): Promise<Problem | null> =>
    passage === undefined
      ? Promise.resolve({ kind: 'failed', status: 0 })
      : this.#take(this.#calls.add(this.#page, { id, text, ...passage }))

  answer = (thread: string, { id, text }: Draft): Promise<Problem | null> =>
    this.#take(this.#calls.reply(this.#page, thread, { id, text }))

  change = (thread: string, comment: string, text: string): Promise<Problem | null> =>
    this.#take(this.#calls.change(this.#page, thread, comment, text))

  settle = (thread: string, resolved: boolean): Promise<Problem | null> =>
    this.#take(this.#calls.settle(this.#page, thread, resolved))

  async remove(thread: string, comment: string): Promise<Problem | null> {
    const outcome = await this.#calls.remove(this.#page, thread, comment)
    // What somebody else took away meanwhile is gone as well.
    if (outcome.kind === 'problem' && outcome.problem.kind !== 'not-found') return outcome.problem
    await this.load()
    return null
  }

  async #take(call: Promise<Outcome<CommentThread>>): Promise<Problem | null> {
    const outcome = await call
    if (outcome.kind === 'problem') {
      if (outcome.problem.kind === 'not-found') void this.load()
      return outcome.problem
    }
    // A list that was asked for before does not know of it.
    this.#asked += 1
    const thread = outcome.value
    const others = this.#threads.filter(({ id }) => id !== thread.id)
    const isNew = others.length === this.#threads.length
    this.#threads = isNew
      ? [...others, thread]
      : this.#threads.map((one) => (one.id === thread.id ? thread : one))
    return null
  }
}

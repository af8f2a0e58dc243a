/** A list of pages, newest change first, that can be continued. */
import type { Api, PageFilter } from '../api/client'
import type { PageSummary } from '../api/types'
import { Latest } from './debounce'
import { loadableOf, loading, type Loadable } from './loadable'

export interface PageListValue {
  items: readonly PageSummary[]
  next: string | null
}

export class PageListState {
  #api: Api
  #latest = new Latest()
  #filter: PageFilter
  #list = $state.raw<Loadable<PageListValue>>(loading)
  #more = $state.raw<'idle' | 'loading' | 'failed'>('idle')

  constructor(api: Api, filter: PageFilter) {
    this.#api = api
    this.#filter = filter
  }

  get list(): Loadable<PageListValue> {
    return this.#list
  }

  /** How far the continuation of the list is. */
  get more(): 'idle' | 'loading' | 'failed' {
    return this.#more
  }

  /** Loads from the beginning, with another filter if one is given. */
  load(filter: PageFilter = this.#filter): void {
    this.#filter = filter
    this.#list = loading
    this.#more = 'idle'
    this.#latest.ask(0, async (signal) => {
      const outcome = await this.#api.pages(filter, signal)
      if (!signal.aborted) this.#list = loadableOf(outcome, this.#list)
    })
  }

  /** Appends what comes after the last page shown. */
  loadMore(): void {
    const before = this.#list
    if (before.kind !== 'ready' || before.value.next === null || this.#more === 'loading') return
    const cursor = before.value.next
    this.#more = 'loading'
    this.#latest.ask(0, async (signal) => {
      const outcome = await this.#api.pages({ ...this.#filter, cursor }, signal)
      if (signal.aborted) return
      if (outcome.kind === 'problem') {
        this.#more = 'failed'
        return
      }
      const items = [...before.value.items, ...outcome.value.items]
      this.#list = { kind: 'ready', value: { items, next: outcome.value.next } }
      this.#more = 'idle'
    })
  }

  /** Takes back whatever is on its way. */
  stop(): void {
    this.#latest.cancel()
  }
}

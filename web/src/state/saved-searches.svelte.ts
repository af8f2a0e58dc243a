/** The searches that the person saved, with what is new in them. */
import type { Api } from '../api/client'
import { savedSearchCalls } from '../api/search-calls'
import type { SavedSearch } from '../api/types'
import type { Problem } from './loadable'

export type { SavedSearch } from '../api/types'

export class SavedSearches {
  #calls: ReturnType<typeof savedSearchCalls>
  #items = $state.raw<readonly SavedSearch[]>([])
  #problem = $state.raw<Problem | null>(null)

  constructor(api: Api) {
    this.#calls = savedSearchCalls(api)
  }

  /** Newest last. */
  get items(): readonly SavedSearch[] {
    return this.#items
  }

  /** Why the last search was not saved or forgotten. */
  get problem(): Problem | null {
    return this.#problem
  }

  /** The saved search that asks this, in this order or another. */
  find(query: string): SavedSearch | undefined {
    const asked = withoutOrder(query)
    return (
      this.#items.find((one) => one.query === query) ??
      this.#items.find((one) => withoutOrder(one.query) === asked)
    )
  }

  async load(): Promise<void> {
    const outcome = await this.#calls.list()
    // A list that is not to be had is no reason to stop somebody from searching.
    if (outcome.kind === 'ok') this.#items = outcome.value.items
  }

  async save(name: string, query: string): Promise<void> {
    const outcome = await this.#calls.save(name, query)
    this.#problem = outcome.kind === 'problem' ? outcome.problem : null
    if (outcome.kind === 'ok') {
      this.#items = [...this.#items.filter((one) => one.query !== query), outcome.value]
    }
  }

  async forget(id: string): Promise<void> {
    const outcome = await this.#calls.forget(id)
    this.#problem = outcome.kind === 'problem' ? outcome.problem : null
    if (outcome.kind === 'ok') this.#items = this.#items.filter((one) => one.id !== id)
  }

  /** The person sees what the search finds now: nothing in it is new any more. */
  async saw(query: string): Promise<void> {
    const saved = this.find(query)
    if (saved === undefined || saved.new === 0) return
    const outcome = await this.#calls.markSeen(saved.id)
    if (outcome.kind === 'problem') return
    this.#items = this.#items.map((one) => (one.id === saved.id ? { ...one, new: 0 } : one))
  }
}

function withoutOrder(query: string): string {
  const parameters = new URLSearchParams(query)
  parameters.delete('order')
  return parameters.toString()
}

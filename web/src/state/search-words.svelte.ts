/** The synonyms and abbreviations of the search, and what was searched without success. */
import type { Api } from '../api/client'
import { searchWordCalls } from '../api/search-calls'
import type { MissedSearch, WordList } from '../api/types'
import { loadableOf, loading, type Loadable, type Problem } from './loadable'

export type { MissedSearch, WordList } from '../api/types'

export class SearchWords {
  #calls: ReturnType<typeof searchWordCalls>
  #list = $state.raw<Loadable<WordList>>(loading)
  #missed = $state.raw<readonly MissedSearch[]>([])
  #problem = $state.raw<Problem | null>(null)
  #saving = $state(false)
  #saved = $state(false)
  /** What stands in the field. */
  text = $state('')

  constructor(api: Api) {
    this.#calls = searchWordCalls(api)
  }

  get list(): Loadable<WordList> {
    return this.#list
  }

  get missed(): readonly MissedSearch[] {
    return this.#missed
  }

  /** Why the list was not saved. */
  get problem(): Problem | null {
    return this.#problem
  }

  get saving(): boolean {
    return this.#saving
  }

  /** What stands in the field is what the search uses. */
  get saved(): boolean {
    return this.#saved && !this.changed
  }

  get changed(): boolean {
    return this.#list.kind === 'ready' && this.text !== this.#list.value.text
  }

  async load(): Promise<void> {
    const [list, missed] = await Promise.all([this.#calls.list(), this.#calls.missed()])
    this.#list = loadableOf(list, loading)
    if (list.kind === 'ok') this.text = list.value.text
    if (missed.kind === 'ok') this.#missed = missed.value.items
  }

  async save(): Promise<void> {
    if (this.#list.kind !== 'ready' || this.#saving) return
    this.#saving = true
    const outcome = await this.#calls.save(this.text, this.#list.value.revision)
    this.#saving = false
    this.#problem = outcome.kind === 'problem' ? outcome.problem : null
    if (outcome.kind === 'problem') return
    this.#list = { kind: 'ready', value: outcome.value }
    this.#saved = true
  }

  /** Puts the list into the field that the program carries; it counts once it is saved. */
  restore(): void {
    if (this.#list.kind === 'ready') this.text = this.#list.value.shipped
  }

  async forgetMissed(): Promise<void> {
    const outcome = await this.#calls.forgetMissed()
    this.#problem = outcome.kind === 'problem' ? outcome.problem : null
    if (outcome.kind === 'ok') this.#missed = []
  }
}

/** What the command palette finds while one types. */
import type { Api } from '../api/client'
import type { PageRef, PageSummary, SuggestedPerson, SuggestedTerm } from '../api/types'
import { Latest } from './debounce'

export type { PageRef, SuggestedPerson, SuggestedTerm } from '../api/types'

const typingPause = 120
const recentCount = 6

export class PaletteSearch {
  #api: Api
  #latest: Latest
  #text = $state('')
  #found = $state.raw<readonly PageRef[]>([])
  #terms = $state.raw<readonly SuggestedTerm[]>([])
  #people = $state.raw<readonly SuggestedPerson[]>([])
  #recent = $state.raw<readonly PageSummary[]>([])
  #outOfTime = $state(false)
  #opening = $state(true)
  #asking = $state(false)

  constructor(api: Api, latest: Latest = new Latest()) {
    this.#api = api
    this.#latest = latest
  }

  get text(): string {
    return this.#text
  }

  /** Pages whose title fits what was typed. */
  get found(): readonly PageRef[] {
    return this.#found
  }

  /** Tags and choices of fields whose name fits, with pages that one may read. */
  get terms(): readonly SuggestedTerm[] {
    return this.#terms
  }

  /** People whose name fits and who wrote something that one may read. */
  get people(): readonly SuggestedPerson[] {
    return this.#people
  }

  /** The time was up before everything was looked at: there may be more. */
  get outOfTime(): boolean {
    return this.#outOfTime
  }

  /** Pages that changed last, shown while nothing is typed. */
  get recent(): readonly PageSummary[] {
    return this.#recent
  }

  /** An answer for just this text is still to come. */
  get pending(): boolean {
    return this.#text.trim() === '' ? this.#opening : this.#asking
  }

  async open(): Promise<void> {
    const outcome = await this.#api.pages({ limit: recentCount })
    if (outcome.kind === 'ok') this.#recent = outcome.value.items
    this.#opening = false
  }

  type(text: string): void {
    if (text === this.#text) return
    this.#text = text
    if (text.trim() === '') {
      this.#latest.cancel()
      this.#found = []
      this.#terms = []
      this.#people = []
      this.#outOfTime = false
      return
    }
    this.#asking = true
    this.#latest.ask(typingPause, async (signal) => {
      const outcome = await this.#api.suggest(text.trim(), signal)
      // The last suggestions stay where there is no answer; the action "all hits" tells more.
      if (signal.aborted) return
      if (outcome.kind === 'ok') {
        this.#found = outcome.value.items
        this.#terms = outcome.value.terms
        this.#people = outcome.value.people
        this.#outOfTime = outcome.value.out_of_time
      }
      this.#asking = false
    })
  }

  stop(): void {
    this.#latest.cancel()
  }
}

/** The page of a space and the start page: what the server says about them. */
import type { Api } from '../api/client'
import type { SpaceOverview, Start } from '../api/types'
import { Latest } from './debounce'
import { loadableOf, loading, type Loadable } from './loadable'

export type { Dated, Overview, SpaceOverview, Start } from '../api/types'

export class StartState {
  readonly #api: Api
  #start = $state.raw<Loadable<Start>>(loading)
  #marked = $state(false)

  constructor(api: Api) {
    this.#api = api
  }

  get start(): Loadable<Start> {
    return this.#start
  }

  /** Whether the person has just said that they have seen everything. */
  get marked(): boolean {
    return this.#marked
  }

  async load(): Promise<void> {
    this.#start = loadableOf(await this.#api.start(), this.#start)
  }

  /** Marks everything as seen; where that does not work, it stays new. */
  async markSeen(): Promise<void> {
    const outcome = await this.#api.markSeen()
    if (outcome.kind !== 'ok' || this.#start.kind !== 'ready') return
    this.#start = { kind: 'ready', value: { ...this.#start.value, total: 0, news: [] } }
    this.#marked = true
  }
}

export class SpaceState {
  readonly #api: Api
  readonly #latest = new Latest()
  #overview = $state.raw<Loadable<SpaceOverview>>(loading)

  constructor(api: Api) {
    this.#api = api
  }

  get overview(): Loadable<SpaceOverview> {
    return this.#overview
  }

  load(space: string): void {
    this.#overview = loading
    this.#latest.ask(0, async (signal) => {
      const outcome = await this.#api.space(space, signal)
      if (!signal.aborted) this.#overview = loadableOf(outcome, this.#overview)
    })
  }

  /** Takes back whatever is on its way. */
  stop(): void {
    this.#latest.cancel()
  }
}

/**
 * The outlines of the districts: small emblems beside names, and the areas of the map.
 *
 * They belong to the installation's data and are fetched once, when someone has signed in. Until
 * they are here, or where a space has none, names stand alone.
 */
import { createContext } from 'svelte'

import type { Api } from '../api/client'
import type { MapOutlines } from '../api/types'

export interface MapArea {
  /** The official key, as spaces name it. */
  key: string
  path: string
  /** Where a label has most room. */
  center: { x: number; y: number }
}

/** Width and height of the map picture, in its own units. */
export const mapSize = { width: 640, height: 526 }

/** Where the outlines are from: the line that stands wherever the map is shown. */
export interface MapOrigin {
  text: string
  /** Name or address of the licence. */
  licence: string
}

export class Outlines {
  readonly #api: Pick<Api, 'map'>
  #asked = false
  #origin = $state.raw<MapOrigin | null>(null)
  #emblems = $state.raw<ReadonlyMap<string, string>>(new Map())
  #areas = $state.raw<readonly MapArea[]>([])

  constructor(api: Pick<Api, 'map'>) {
    this.#api = api
  }

  /** Null as long as there is no map. */
  get origin(): MapOrigin | null {
    return this.#origin
  }

  get areas(): readonly MapArea[] {
    return this.#areas
  }

  /**
   * The emblem's path in a 24 × 24 picture: empty where this key has none (yet), undefined where
   * there is no key, as for the shared space.
   */
  emblem(key: string | undefined): string | undefined {
    return key === undefined ? undefined : (this.#emblems.get(key) ?? '')
  }

  /**
   * Fetches the outlines, once. A failure leaves names without pictures, which is no loss of facts;
   * the next call tries again, unless this server has no map.
   */
  async load(): Promise<void> {
    if (this.#asked) return
    this.#asked = true
    const outcome = await this.#api.map()
    if (outcome.kind === 'ok') await this.#draw(outcome.value)
    else this.#asked = outcome.problem.kind === 'not-found'
  }

  /** Outlines that cannot be drawn leave everything as it is: they are data of others. */
  async #draw({ source, licence, outlines }: MapOutlines): Promise<void> {
    try {
      // How to draw is fetched like the outlines: nobody waits for it to read or write.
      const { drawn } = await import('./outline-drawing')
      const { emblems, areas } = drawn(outlines, mapSize)
      if (areas.length === 0) return
      this.#emblems = emblems
      this.#areas = areas
      this.#origin = { text: source, licence }
    } catch {
      return
    }
  }
}

const [getContext, setContext] = createContext<Outlines>()
export { getContext as getOutlines, setContext as setOutlines }

/**
 * The outlines of the districts: small emblems beside names, and the areas of the map.
 *
 * They belong to the installation's data and are fetched once, when someone has signed in. Until
 * they are here, or where a space has none, names stand alone.
 */
import { createContext } from 'svelte'

import type { Api } from '../api/client'
import type { MapOutlines } from '../api/types'
import {
  boxOf,
  fit,
  pathOf,
  project,
  roomiestPoint,
  type Box,
  type Rings,
} from './outline-geometry'

export interface MapArea {
  /** The official key, as spaces name it. */
  key: string
  path: string
  /** Where a label has most room. */
  center: { x: number; y: number }
}

/** Width and height of the map picture, in its own units. */
export const mapSize = { width: 640, height: 526 }
const emblemSize = 24

type Feature = MapOutlines['outlines']['features'][number]

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
    if (outcome.kind === 'ok') this.#draw(outcome.value)
    else this.#asked = outcome.problem.kind === 'not-found'
  }

  /** Outlines that cannot be drawn leave everything as it is: they are data of others. */
  #draw({ source, licence, outlines }: MapOutlines): void {
    try {
      const all = outlines.features.map((f) => ({
        key: f.properties.schluessel,
        rings: ringsOf(f),
      }))
      if (all.length === 0) return
      const degrees = boxOf(all.flatMap(({ rings }) => rings))
      const middle = degrees.top + degrees.height / 2
      const flat = all.map(({ key, rings }) => ({ key, rings: project(rings, middle) }))
      const whole = boxOf(flat.flatMap(({ rings }) => rings))
      const areas = flat.map(({ key, rings }) => areaOf(key, rings, whole))
      this.#emblems = new Map(flat.map(({ key, rings }) => [key, emblemOf(rings)]))
      this.#areas = areas
      this.#origin = { text: source, licence }
    } catch {
      return
    }
  }
}

const [getContext, setContext] = createContext<Outlines>()
export { getContext as getOutlines, setContext as setOutlines }

function ringsOf({ geometry }: Feature): Rings {
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
  return rings.map((ring) => ring.map(([x = 0, y = 0]): readonly [number, number] => [x, y]))
}

function emblemOf(rings: Rings): string {
  return pathOf(fit(rings, boxOf(rings), emblemSize, emblemSize, 1))
}

function areaOf(key: string, rings: Rings, whole: Box): MapArea {
  const placed = fit(rings, whole, mapSize.width, mapSize.height)
  const [x, y] = roomiestPoint(placed)
  return { key, path: pathOf(placed), center: { x, y } }
}

/**
 * The outlines of the districts: small emblems beside names, and the areas of the map.
 *
 * They belong to the installation's data and are fetched once as a file of their own. Until they
 * are here, or where a space has none, names stand alone.
 */
import { createContext } from 'svelte'

import source from '../../../data/berlin/districts.geojson?url'
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

interface Feature {
  properties: { schluessel: string }
  geometry:
    | { type: 'Polygon'; coordinates: [number, number][][] }
    | { type: 'MultiPolygon'; coordinates: [number, number][][][] }
}

export class Outlines {
  #emblems = $state.raw<ReadonlyMap<string, string>>(new Map())
  #areas = $state.raw<readonly MapArea[]>([])

  get areas(): readonly MapArea[] {
    return this.#areas
  }

  /** The emblem's path in a 24 × 24 picture, if there is one for this key. */
  emblem(key: string | undefined): string | undefined {
    return key === undefined ? undefined : this.#emblems.get(key)
  }

  /** Fetches the outlines; a failure leaves names without pictures, which is no loss of facts. */
  async load(fetchJson: (url: string) => Promise<unknown> = getJson): Promise<void> {
    try {
      const collection = (await fetchJson(source)) as { features: Feature[] }
      this.#draw(collection.features)
    } catch {
      this.#emblems = new Map()
      this.#areas = []
    }
  }

  #draw(features: readonly Feature[]): void {
    const all = features.map((f) => ({ key: f.properties.schluessel, rings: ringsOf(f) }))
    const degrees = boxOf(all.flatMap(({ rings }) => rings))
    const middle = degrees.top + degrees.height / 2
    const flat = all.map(({ key, rings }) => ({ key, rings: project(rings, middle) }))
    const whole = boxOf(flat.flatMap(({ rings }) => rings))
    this.#emblems = new Map(flat.map(({ key, rings }) => [key, emblemOf(rings)]))
    this.#areas = flat.map(({ key, rings }) => areaOf(key, rings, whole))
  }
}

const [getContext, setContext] = createContext<Outlines>()
export { getContext as getOutlines, setContext as setOutlines }

function ringsOf({ geometry }: Feature): Rings {
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
}

function emblemOf(rings: Rings): string {
  return pathOf(fit(rings, boxOf(rings), emblemSize, emblemSize, 1))
}

function areaOf(key: string, rings: Rings, whole: Box): MapArea {
  const placed = fit(rings, whole, mapSize.width, mapSize.height)
  const [x, y] = roomiestPoint(placed)
  return { key, path: pathOf(placed), center: { x, y } }
}

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`outlines: status ${response.status}`)
  return response.json()
}

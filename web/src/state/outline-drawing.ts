/** Outlines as paths: each for itself as an emblem, and all together as the areas of the map. */
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
import type { MapArea } from './outlines.svelte'

interface Size {
  width: number
  height: number
}

/** Width and height of an emblem, in its own units. */
const emblemSize = 24

type Feature = MapOutlines['outlines']['features'][number]

/** The emblems by official key, and the areas in a picture of this size. */
export function drawn(
  outlines: MapOutlines['outlines'],
  size: Size,
): { emblems: ReadonlyMap<string, string>; areas: readonly MapArea[] } {
  const all = outlines.features.map((feature) => ({
    key: feature.properties.schluessel,
    rings: ringsOf(feature),
  }))
  if (all.length === 0) return { emblems: new Map(), areas: [] }
  const degrees = boxOf(all.flatMap(({ rings }) => rings))
  const middle = degrees.top + degrees.height / 2
  const flat = all.map(({ key, rings }) => ({ key, rings: project(rings, middle) }))
  const whole = boxOf(flat.flatMap(({ rings }) => rings))
  return {
    emblems: new Map(flat.map(({ key, rings }) => [key, emblemOf(rings)])),
    areas: flat.map(({ key, rings }) => areaOf(key, rings, whole, size)),
  }
}

function ringsOf({ geometry }: Feature): Rings {
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
  return rings.map((ring) => ring.map(([x = 0, y = 0]): readonly [number, number] => [x, y]))
}

function emblemOf(rings: Rings): string {
  return pathOf(fit(rings, boxOf(rings), emblemSize, emblemSize, 1))
}

function areaOf(key: string, rings: Rings, whole: Box, size: Size): MapArea {
  const placed = fit(rings, whole, size.width, size.height)
  const [x, y] = roomiestPoint(placed)
  return { key, path: pathOf(placed), center: { x, y } }
}

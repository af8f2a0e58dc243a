/**
 * From outlines in degrees to paths on a picture. Pure; the projection is equirectangular at the
 * middle latitude, which is true enough for a city or a county.
 */

export type Point = readonly [x: number, y: number]
/** Outer rings and holes alike: the even-odd rule of SVG tells them apart. */
export type Rings = readonly (readonly Point[])[]

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** Degrees (longitude, latitude) to a plane with y downwards, in degrees of latitude. */
export function project(rings: Rings, middleLatitude: number): Rings {
  const squeeze = Math.cos((middleLatitude * Math.PI) / 180)
  return rings.map((ring) => ring.map(([x, y]): Point => [x * squeeze, -y]))
}

export function boxOf(rings: Rings): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of rings.flat()) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { left, top, width: right - left, height: bottom - top }
}

/** Moves and scales so that `from` fills `width` × `height` as far as its proportions allow. */
export function fit(rings: Rings, from: Box, width: number, height: number, padding = 0): Rings {
  const room = { width: width - 2 * padding, height: height - 2 * padding }
  const scale = Math.min(room.width / from.width, room.height / from.height)
  const dx = padding + (room.width - from.width * scale) / 2
  const dy = padding + (room.height - from.height * scale) / 2
  return rings.map((ring) =>
    ring.map(([x, y]): Point => [(x - from.left) * scale + dx, (y - from.top) * scale + dy]),
  )
}

/** The `d` of an SVG path, one decimal. */
export function pathOf(rings: Rings): string {
  return rings
    .map((ring) => `M${ring.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`)
    .join('')
}

/** The point inside that is farthest from the edge, on a grid: where a label has most room. */
export function roomiestPoint(rings: Rings, steps = 32): Point {
  const box = boxOf(rings)
  let best: Point = [box.left + box.width / 2, box.top + box.height / 2]
  let bestDistance = -Infinity
  for (let i = 1; i < steps; i += 1) {
    for (let j = 1; j < steps; j += 1) {
      const point: Point = [box.left + (box.width * i) / steps, box.top + (box.height * j) / steps]
      if (!contains(rings, point)) continue
      const distance = distanceToEdge(rings, point)
      if (distance > bestDistance) [best, bestDistance] = [point, distance]
    }
  }
  return best
}

export function contains(rings: Rings, [x, y]: Point): boolean {
  let inside = false
  forEachEdge(rings, ([ax, ay], [bx, by]) => {
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  })
  return inside
}

function distanceToEdge(rings: Rings, [x, y]: Point): number {
  let nearest = Infinity
  forEachEdge(rings, ([ax, ay], [bx, by]) => {
    const [dx, dy] = [bx - ax, by - ay]
    const length = dx * dx + dy * dy
    const along = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length
    const t = Math.max(0, Math.min(1, along))
    nearest = Math.min(nearest, Math.hypot(x - (ax + t * dx), y - (ay + t * dy)))
  })
  return nearest
}

function forEachEdge(rings: Rings, visit: (from: Point, to: Point) => void): void {
  for (const ring of rings) {
    let before = ring.at(-1)
    for (const point of ring) {
      if (before !== undefined) visit(before, point)
      before = point
    }
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

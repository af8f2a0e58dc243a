// @vitest-environment node
import { describe, expect, it } from 'vitest'

import {
  boxOf,
  contains,
  fit,
  pathOf,
  project,
  roomiestPoint,
  type Rings,
} from './outline-geometry'

const square: Rings = [
  [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 10],
  ],
]
/** An L: its middle lies outside of it. */
const corner: Rings = [
  [
    [0, 0],
    [4, 0],
    [4, 16],
    [20, 16],
    [20, 20],
    [0, 20],
  ],
]

describe('an outline', () => {
  it('keeps its proportions when it is fitted, and stands in the middle', () => {
    const wide: Rings = [square[0]?.map(([x, y]) => [x * 2, y] as const) ?? []]
    const placed = boxOf(fit(wide, boxOf(wide), 24, 24, 2))
    expect(placed).toEqual({ left: 2, top: 7, width: 20, height: 10 })
  })

  it('gets narrower towards the pole and has north on top', () => {
    const placed = project([[[10, 60]]], 60)
    expect(placed[0]?.[0]?.[0]).toBeCloseTo(5)
    expect(placed[0]?.[0]?.[1]).toBe(-60)
  })

  it('is written as a closed path', () => {
    expect(pathOf(square)).toBe('M0 0L10 0L10 10L0 10Z')
  })

  it('has its label inside, where there is most room', () => {
    const point = roomiestPoint(corner)
    expect(contains(corner, point)).toBe(true)
    expect(contains(corner, [12, 8])).toBe(false)
    expect(roomiestPoint(square)).toEqual([5, 5])
  })
})

// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'

import type { Outcome } from '../api/outcome'
import type { MapOutlines } from '../api/types'
import { Outlines } from './outlines.svelte'

const square = [
  [
    [13.3, 52.5],
    [13.5, 52.5],
    [13.5, 52.6],
    [13.3, 52.6],
  ],
]
const map = (features: MapOutlines['outlines']['features']): Outcome<MapOutlines> => ({
  kind: 'ok',
  value: {
    source: 'Karte: Beispiel',
    licence: 'https://licence.example',
    outlines: { type: 'FeatureCollection', features },
  },
})
const pankow = map([
  {
    type: 'Feature',
    properties: { schluessel: '11000003' },
    geometry: { type: 'Polygon', coordinates: square },
  },
])
const unreachable: Outcome<MapOutlines> = { kind: 'problem', problem: { kind: 'unreachable' } }

describe('the outlines', () => {
  it('are fetched once and bring emblem, area and source', async () => {
    const call = vi.fn(() => Promise.resolve(pankow))
    const outlines = new Outlines({ map: call })
    expect(outlines.emblem('11000003')).toBe('')
    await Promise.all([outlines.load(), outlines.load()])
    await outlines.load()
    expect(call).toHaveBeenCalledTimes(1)
    expect(outlines.emblem('11000003')).toMatch(/^M.*Z$/)
    expect(outlines.areas.map(({ key }) => key)).toEqual(['11000003'])
    expect(outlines.origin).toEqual({ text: 'Karte: Beispiel', licence: 'https://licence.example' })
  })

  it('leave names alone where they cannot be had, and are asked for again', async () => {
    const answers = [unreachable, pankow]
    const outlines = new Outlines({ map: () => Promise.resolve(answers.shift() ?? unreachable) })
    await outlines.load()
    expect(outlines.origin).toBeNull()
    expect(outlines.areas).toEqual([])
    await outlines.load()
    expect(outlines.areas).toHaveLength(1)
  })

  it('survive data that are no outlines', async () => {
    for (const bad of [map([]), map([null as never]), { ...pankow, value: {} as never }]) {
      const outlines = new Outlines({ map: () => Promise.resolve(bad) })
      await outlines.load()
      expect(outlines.origin).toBeNull()
    }
  })

  it('give the shared space no emblem of its own', () => {
    const outlines = new Outlines({ map: () => Promise.resolve(pankow) })
    expect(outlines.emblem(undefined)).toBeUndefined()
  })
})

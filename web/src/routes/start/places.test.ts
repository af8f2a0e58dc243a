// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { I18n } from '../../i18n/i18n.svelte'
import type { Outlines } from '../../state/outlines.svelte'
import type { Catalogue, Session } from '../../state/session.svelte'
import { spokenPlace } from '../../ui/map/map'
import type { Words } from '../present'
import { lookOf, mapLegend, mapPlaces } from './places'

const both = (text: string) => ({ de: text, en: text })
const catalogue = {
  kinds: [{ id: 'plan', fields: [{ name: 'pact', taxonomy: 'pacts' }] }],
  taxonomies: {
    pacts: [
      { id: 'open', label: both('noch offen') },
      { id: 'talks', label: both('in Abstimmung') },
      { id: 'signed', label: both('unterzeichnet') },
    ],
  },
  overview: {
    dates: [],
    strategy: {
      kind: 'plan',
      agreement: { field: 'pact', solid: ['signed'], hatched: ['talks'] },
      steps: [{}, {}, {}],
    },
  },
} as unknown as Catalogue
const space = (id: string, name: string) => ({ id, name, short: name, type: 'district', key: id })
const spaces = [space('mitte', 'Mitte'), space('pankow', 'Pankow'), space('spandau', 'Spandau')]
const session = {
  catalogue,
  me: { home: 'spandau' },
  space: (id: string) => spaces.find((one) => one.id === id),
} as unknown as Session
const words: Words = { session, i18n: new I18n('de'), now: new Date(0) }
const outlines = { areas: [], emblem: () => '' } as unknown as Outlines
const district = (id: string, agreement: string | null, step: number | null) => ({
  space: id,
  strategy: null,
  agreement,
  agreement_date: null,
  step,
})

describe('the map', () => {
  it('draws what was agreed as the city says', () => {
    const looks = ['signed', 'talks', 'open', 'unknown', null].map((agreement) =>
      lookOf(agreement, catalogue.overview),
    )
    expect(looks).toEqual(['solid', 'hatched', 'plain', 'plain', 'plain'])
    expect(mapLegend(words)).toEqual([
      { look: 'solid', label: 'unterzeichnet' },
      { look: 'hatched', label: 'in Abstimmung' },
      { look: 'plain', label: 'noch offen' },
    ])
  })

  it('puts what was agreed first and says all facts in words', () => {
    const districts = [
      district('mitte', null, null),
      district('spandau', 'talks', 1),
      district('pankow', 'signed', 3),
    ]
    const places = mapPlaces(districts, outlines, words)
    expect(places.map((place) => spokenPlace(place, 'Ihr Bezirk'))).toEqual([
      'Pankow: unterzeichnet, Schritt 3 von 3',
      'Spandau: Ihr Bezirk, in Abstimmung, Schritt 1 von 3',
      'Mitte: noch offen',
    ])
  })
})

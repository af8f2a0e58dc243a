// @vitest-environment node
/** What opens the lists beside the caret, what they offer and what keys do in them. */
import { describe, expect, test } from 'vitest'

import { blockOptions, inlineOptions, linkOptions, pickerKey, withOptions } from './picker'
import { findTrigger } from './trigger'

const PAGES = [
  { id: 'a', title: 'Lotsenstelle', kind: 'approach', space: 'mitte' },
  { id: 'b', title: 'Familienlotsen', kind: 'offer', space: 'mitte' },
]
const key = (name: string, more: Partial<KeyboardEvent> = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

describe('the sign', () => {
  test.each([
    ['Dazu passt [[Lots', { kind: 'page', query: 'Lots', from: 11 }],
    ['[[', { kind: 'page', query: '', from: 0 }],
    ['[[Eltern vor der Kita', { kind: 'page', query: 'Eltern vor der Kita', from: 0 }],
    ['a [[b]] c [[d', { kind: 'page', query: 'd', from: 10 }],
    ['/', { kind: 'block', query: '', from: 0 }],
    ['/über', { kind: 'block', query: 'über', from: 0 }],
    ['gezählt /fu', { kind: 'inline', query: 'fu', from: 8 }],
    [' /', { kind: 'inline', query: '', from: 1 }],
  ])('in "%s" opens', (before, expected) => {
    expect(findTrigger(before)).toEqual(expected)
  })

  test.each(['', '[', 'a [[b]]', '[[ b', 'und/oder', 'und / oder', '/a b', '[[' + 'x'.repeat(81)])(
    'in "%s" is none',
    (before) => {
      expect(findTrigger(before)).toBeNull()
    },
  )
})

describe('options', () => {
  test('end with the offer to create the page', () => {
    const options = linkOptions(' Lotsen ', PAGES)
    expect(options.map((option) => option.kind)).toEqual(['page', 'page', 'create'])
    expect(options.at(-1)).toEqual({ kind: 'create', title: 'Lotsen' })
  })

  test('do not offer to create what there is, nor a page without a name', () => {
    expect(linkOptions('lotsenstelle', PAGES)).toHaveLength(2)
    expect(linkOptions('', PAGES)).toHaveLength(2)
    expect(linkOptions('  ', [])).toEqual([])
  })

  test('of blocks are found by other names, beginnings first', () => {
    const blocks = [
      { block: 'quote', label: 'Zitat', words: 'quote' },
      { block: 'bullets', label: 'Liste', words: 'aufzählung zitate' },
      { block: 'rule', label: 'Trennlinie', words: 'hr' },
    ]
    const found = (query: string) =>
      blockOptions(query, blocks).map((o) => (o.kind === 'block' ? o.block : ''))
    expect(found('')).toEqual(['quote', 'bullets', 'rule'])
    expect(found('hr')).toEqual(['rule'])
    expect(found('linie')).toEqual(['rule'])
    expect(found('zz')).toEqual([])
  })

  test('among words are those that leave the block as it is, by their beginnings', () => {
    const blocks = [
      { block: 'quote', label: 'Zitat', words: 'quote' },
      { block: 'footnote', label: 'Fußnote', words: 'anmerkung quelle' },
      { block: 'page', label: 'Seite verknüpfen', words: 'link' },
    ]
    const found = (query: string) =>
      inlineOptions(query, blocks).map((o) => (o.kind === 'block' ? o.block : ''))
    expect(found('')).toEqual(['footnote', 'page'])
    expect(found('anm')).toEqual(['footnote'])
    expect(found('note')).toEqual([])
    expect(found('zitat')).toEqual([])
  })
})

describe('keys', () => {
  const state = { options: linkOptions('x', PAGES), active: 0 }

  test('arrows go around', () => {
    expect(pickerKey(state, key('ArrowUp'))).toEqual({ kind: 'move', active: 2 })
    expect(pickerKey({ ...state, active: 2 }, key('ArrowDown'))).toEqual({
      kind: 'move',
      active: 0,
    })
  })

  test('Enter and Tab choose, Escape closes, letters are text', () => {
    expect(pickerKey(state, key('Enter'))).toEqual({ kind: 'choose' })
    expect(pickerKey(state, key('Tab'))).toEqual({ kind: 'choose' })
    expect(pickerKey(state, key('Escape'))).toEqual({ kind: 'close' })
    expect(pickerKey(state, key('x'))).toBeNull()
  })

  test('with a modifier, or without options, are the text’s', () => {
    expect(pickerKey(state, key('Enter', { shiftKey: true }))).toBeNull()
    expect(pickerKey(state, key('Tab', { shiftKey: true }))).toBeNull()
    expect(pickerKey({ options: [], active: 0 }, key('Enter'))).toBeNull()
    expect(pickerKey({ options: [], active: 0 }, key('Escape'))).toEqual({ kind: 'close' })
  })

  test('new options keep what was chosen by hand, else begin at the first', () => {
    const chosen = { ...state, active: 1 }
    expect(withOptions(chosen, linkOptions('x', [...PAGES].reverse()), true).active).toBe(0)
    expect(withOptions(chosen, linkOptions('x', PAGES), false).active).toBe(0)
    expect(withOptions(chosen, [], true)).toEqual({ options: [], active: 0 })
  })
})

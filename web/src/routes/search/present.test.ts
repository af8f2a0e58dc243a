// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { I18n } from '../../i18n/i18n.svelte'
import { plainQuestion } from '../../state/search.svelte'
import { titleParts, waysOn, withoutSigns } from './present'

describe('another question where one brought nothing', () => {
  it('is the same without signs', () => {
    for (const [text, plain] of [
      ['„frühe Hilfen“ titel:Kita Bezirk: Pankow', 'frühe Hilfen Kita Pankow'],
      ['Beratung -Schulden –Hort', 'Beratung'],
      ['Familie -"frühe Hilfen" Kiez', 'Familie Kiez'],
    ]) {
      expect(withoutSigns(text ?? '')).toBe(plain)
    }
  })

  it('is none where there are no signs', () => {
    for (const text of [
      'Kinder- und Jugendhilfe',
      'Untertitel: Kita',
      'Hort - Kita',
      '-Kita',
      '',
    ]) {
      expect(withoutSigns(text)).toBeNull()
    }
  })

  it('comes after the spellings that the server offers, or drops the letters alone', () => {
    const asked = plainQuestion('"Kita Plats"')
    expect(waysOn(asked, ['Kita Platz'])).toEqual(['Kita Platz', 'Kita Plats'])
    expect(waysOn({ ...asked, literal: true }, [])).toEqual(['"Kita Plats"'])
  })
})

describe('the title of a hit', () => {
  const i18n = new I18n('de')

  it('is marked as the server says', () => {
    const marked = [
      { text: 'Elterncafé', hit: true },
      { text: ' im Kiez', hit: false },
    ]
    expect(titleParts({ title: 'Elterncafé im Kiez', marked_title: marked }, i18n)).toEqual(marked)
  })

  it('is never empty: its link would have no name', () => {
    const [part] = titleParts({ title: ' ', marked_title: [{ text: ' ', hit: false }] }, i18n)
    expect(part?.text).toBe(i18n.t('entry.untitled'))
  })
})

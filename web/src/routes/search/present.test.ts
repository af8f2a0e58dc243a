// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { plainQuestion } from '../../state/search.svelte'
import { waysOn, withoutSigns } from './present'

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

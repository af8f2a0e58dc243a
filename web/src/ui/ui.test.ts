// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { highlight } from './highlight'
import { labelLines } from './map/map'
import { moved } from './roving'

const marked = (text: string, typed: string): string =>
  highlight(text, typed)
    .map((part) => (part.hit ? `[${part.text}]` : part.text))
    .join('')

describe('highlight', () => {
  it.each([
    ['Elterncafé vor der Kita-Tür', 'elterncafe', '[Elterncafé] vor der Kita-Tür'],
    ['Elterncafé vor der Kita-Tür', 'kita eltern', '[Eltern]café vor der [Kita]-Tür'],
    ['Große Straße', 'strasse', 'Große [Straße]'],
    ['Öffnen', 'offnen', '[Öffnen]'],
    ['Kita', '', 'Kita'],
    ['Kita', 'xyz', 'Kita'],
    ['aaa', 'aa', '[aaa]'],
  ])('%s for "%s"', (text, typed, expected) => {
    expect(marked(text, typed)).toBe(expected)
  })
})

describe('moved', () => {
  it('wraps at both ends and leaves other keys alone', () => {
    expect(moved('ArrowDown', 2, 3)).toBe(0)
    expect(moved('ArrowUp', 0, 3)).toBe(2)
    expect(moved('End', 0, 3)).toBe(2)
    expect(moved('a', 0, 3)).toBeNull()
    expect(moved('ArrowDown', 0, 0)).toBeNull()
  })
})

describe('labelLines', () => {
  it('breaks a long name after its hyphen', () => {
    expect(labelLines('Charlottenburg-Wilmersdorf')).toEqual(['Charlottenburg-', 'Wilmersdorf'])
    expect(labelLines('Reinickendorf')).toEqual(['Reinickendorf'])
    expect(labelLines('Neukölln')).toEqual(['Neukölln'])
  })
})

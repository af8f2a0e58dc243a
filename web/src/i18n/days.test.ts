// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { calendarSheet, dayOf, dayText, weekday } from './days'

const now = new Date('2023-11-07T09:00:00')

describe('days', () => {
  it('are said in words, with the year where it is another one', () => {
    expect(dayText('2023-12-05', now, 'de')).toBe('5. Dezember')
    expect(dayText('2024-02-01', now, 'de')).toBe('1. Februar 2024')
    expect(dayText('2024-02-01', now, 'en')).toBe('1 February 2024')
    expect(weekday('2023-11-07', 'de')).toBe('Dienstag')
  })

  it('fill a sheet of the calendar', () => {
    expect(calendarSheet('2023-11-16', 'de')).toEqual({ day: '16', month: 'Nov' })
    expect(calendarSheet('2023-12-05', 'en')).toEqual({ day: '5', month: 'Dec' })
  })

  it('that are none stay as they are', () => {
    for (const text of ['bald', '', '2023-13-45']) {
      expect(dayOf(text)).toBeNull()
      expect(dayText(text, now, 'de')).toBe(text)
    }
    expect(calendarSheet('bald', 'de')).toEqual({ day: '–', month: '' })
  })
})

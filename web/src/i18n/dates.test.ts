// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { daysBetween, formatMoment, partOfDay } from './dates'

// Wednesday, 15 November 2023.
const now = new Date(2023, 10, 15, 10, 0)
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString()

describe('a moment', () => {
  it.each([
    [at(2023, 10, 15, 9, 24), 'heute, 9:24', 'today, 9:24'],
    [at(2023, 10, 14, 16, 20), 'gestern, 16:20', 'yesterday, 16:20'],
    [at(2023, 10, 14, 23, 59), 'gestern, 23:59', 'yesterday, 23:59'],
    [at(2023, 10, 13, 17, 5), 'Montag, 17:05', 'Monday, 17:05'],
    [at(2023, 10, 9, 0, 0), 'Donnerstag, 0:00', 'Thursday, 0:00'],
    [at(2023, 10, 7, 8, 0), '7. November', '7 November'],
    [at(2022, 10, 7, 8, 0), '7. November 2022', '7 November 2022'],
    [at(2023, 10, 16, 8, 0), '16. November', '16 November'],
  ])('%s is said as people say it', (iso, german, english) => {
    expect(formatMoment(iso, now, 'de')).toBe(german)
    expect(formatMoment(iso, now, 'en')).toBe(english)
  })

  it('that cannot be read gives an empty text', () => {
    expect(formatMoment('gestern', now, 'de')).toBe('')
  })
})

describe('days between', () => {
  it('counts days of the calendar across the change to winter time', () => {
    expect(daysBetween(new Date(2023, 9, 28, 23, 0), new Date(2023, 9, 30, 1, 0))).toBe(2)
  })
})

describe('the greeting', () => {
  it.each([
    [4, 'morning'],
    [10, 'morning'],
    [11, 'day'],
    [17, 'day'],
    [18, 'evening'],
    [2, 'evening'],
  ] as const)('at %i hours is for the %s', (hour, part) => {
    expect(partOfDay(new Date(2023, 0, 1, hour))).toBe(part)
  })
})

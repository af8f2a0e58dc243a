/** A day or several as they are stored: `2023-09-11`, or `2023-09-11/2023-09-12`. */
import { formatDay } from '../../i18n/dates'
import type { Language } from '../../i18n/i18n.svelte'

/** While a year is typed the browser gives it as 0002, 0020 and so on; those are no days. */
const DAY = /^[1-9]\d{3}-\d{2}-\d{2}$/

export const isDay = (text: string): boolean => DAY.test(text)

/** First and last day; the last is empty where it is one day. */
export function readDays(value: string): { first: string; last: string } {
  const [first = '', last = ''] = value.split('/')
  return { first, last }
}

/** What is stored for two days as they were entered; null if there is none. */
export function writeDays(first: string, last: string): string | null {
  const days = [first, last].filter(isDay).sort()
  const [one, two] = days
  if (one === undefined) return null
  return two === undefined || two === one ? one : `${one}/${two}`
}

/** As people say it; what is no day stays as it was written. */
export function sayDays(value: string, now: Date, language: Language): string {
  const say = (day: string): string => {
    const date = new Date(`${day}T12:00:00`)
    return isDay(day) && !Number.isNaN(date.getTime()) ? formatDay(date, now, language) : day
  }
  const { first, last } = readDays(value)
  return last === '' ? say(first) : `${say(first)} – ${say(last)}`
}

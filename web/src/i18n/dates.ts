/**
 * Dates as people say them: "heute, 9:24", "gestern, 16:20", "Dienstag, 17:05", "7. November",
 * "7. November 2022". The moment "now" is an argument, so that tests can choose it.
 */
import type { Language } from './i18n.svelte'

const locales: Record<Language, string> = { de: 'de-DE', en: 'en-GB' }
const words: Record<Language, { today: string; yesterday: string }> = {
  de: { today: 'heute', yesterday: 'gestern' },
  en: { today: 'today', yesterday: 'yesterday' },
}
const millisecondsOfADay = 86_400_000

/** Whole days from the day of `then` to the day of `now`, in local time; negative for the future. */
export function daysBetween(then: Date, now: Date): number {
  return Math.round((startOfDay(now) - startOfDay(then)) / millisecondsOfADay)
}

/** A moment, as precise as one needs it. An unreadable date gives an empty text. */
export function formatMoment(iso: string, now: Date, language: Language): string {
  const then = new Date(iso)
  if (Number.isNaN(then.getTime())) return ''
  const days = daysBetween(then, now)
  if (days === 0) return `${words[language].today}, ${formatTime(then)}`
  if (days === 1) return `${words[language].yesterday}, ${formatTime(then)}`
  if (days > 1 && days < 7) {
    const weekday = new Intl.DateTimeFormat(locales[language], { weekday: 'long' }).format(then)
    return `${weekday}, ${formatTime(then)}`
  }
  return formatDay(then, now, language)
}

/** The time of day, "9:24": no leading zero. */
export function formatTime(moment: Date): string {
  return `${moment.getHours()}:${String(moment.getMinutes()).padStart(2, '0')}`
}

/** The day, with the year only where it is another one. */
export function formatDay(day: Date, now: Date, language: Language): string {
  const sameYear = day.getFullYear() === now.getFullYear()
  return new Intl.DateTimeFormat(locales[language], {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(day)
}

/** Which greeting fits the hour. */
export function partOfDay(now: Date): 'morning' | 'day' | 'evening' {
  const hour = now.getHours()
  if (hour >= 4 && hour < 11) return 'morning'
  return hour >= 11 && hour < 18 ? 'day' : 'evening'
}

function startOfDay(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime()
}

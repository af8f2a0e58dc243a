/** Days without a time, as fields of pages keep them: 2023-11-07. */
import { formatDay } from './dates'
import type { Language } from './i18n.svelte'

const locales: Record<Language, string> = { de: 'de-DE', en: 'en-GB' }

/** Noon of the day, where every time zone agrees on the date; null for what is no day. */
export function dayOf(iso: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}/.test(iso)) return null
  const day = new Date(`${iso.slice(0, 10)}T12:00:00`)
  return Number.isNaN(day.getTime()) ? null : day
}

/** "7. November", or what stands there if it is no day. */
export function dayText(iso: string, now: Date, language: Language): string {
  const day = dayOf(iso)
  return day === null ? iso : formatDay(day, now, language)
}

/** "7." and "Nov" for the sheet of a calendar. */
export function calendarSheet(iso: string, language: Language): { day: string; month: string } {
  const day = dayOf(iso)
  if (day === null) return { day: '–', month: '' }
  const month = new Intl.DateTimeFormat(locales[language], { month: 'short' }).format(day)
  return { day: String(day.getDate()), month: month.replace('.', '') }
}

/** "Dienstag". */
export function weekday(iso: string, language: Language): string {
  const day = dayOf(iso)
  if (day === null) return ''
  return new Intl.DateTimeFormat(locales[language], { weekday: 'long' }).format(day)
}

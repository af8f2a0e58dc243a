/** Pages with a date, ready to show. */
import { calendarSheet, dayText, weekday } from '../i18n/days'
import { pageHref } from '../state/address'
import type { Dated } from '../state/overview.svelte'
import type { DateView } from '../ui/date'
import { kindLook, placeName, titleOf, type Words } from './present'

/** The weekday; of another year with the whole date, as the calendar's sheet names no year. */
function weekdayOf(iso: string, day: string, { i18n, now }: Words): string {
  const name = weekday(iso, i18n.language)
  return iso.startsWith(`${now.getFullYear()}-`) || name === '' ? name : `${name}, ${day}`
}

/** A date of the page of a space or the start page. */
export function dateView({ page, first, last, ahead }: Dated, words: Words): DateView {
  const { i18n, now } = words
  const day = dayText(first, now, i18n.language)
  const spoken = last === null ? day : `${day} – ${dayText(last, now, i18n.language)}`
  const note = [
    kindLook(page.kind, words).label,
    placeName(page.space, words),
    last === null ? weekdayOf(first, day, words) : spoken,
  ]
  return {
    id: page.id,
    href: pageHref(page.id, page.title),
    title: titleOf(page.title, i18n),
    first,
    ...calendarSheet(first, i18n.language),
    spoken,
    note: note.filter((part) => part !== '').join(' · '),
    ahead,
  }
}

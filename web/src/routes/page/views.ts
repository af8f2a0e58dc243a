/** What the screen of a page shows of what the server says about it. */
import { formatMoment } from '../../i18n/dates'
import { pageHref } from '../../state/address'
import { spacesToWriteIn } from '../../state/new-page.svelte'
import type { Page } from '../../state/open-page.svelte'
import { kindLook, placeName, titleOf, type Words } from '../present'

/** The pages that link here, with how they relate and the sentence around. */
export function backlinkViews(page: Page, words: Words) {
  const { i18n } = words
  return page.backlinks.map(({ page: from, relation, sentence }) => ({
    id: from.id,
    href: pageHref(from.id, from.title),
    title: titleOf(from.title, i18n),
    kind: kindLook(from.kind, words),
    place: placeName(from.space, words),
    relation:
      relation === 'emerged_from' || relation === 'source_of'
        ? i18n.t(`page.relation.${relation}`)
        : i18n.t('page.relation.mentions'),
    sentence,
  }))
}

/** Since when the page is archived, and by whom, as far as that is known. */
export function archivedSince({ archived_at, archived_by }: Page, words: Words): string {
  const { i18n, now } = words
  if (archived_at === undefined) return ''
  const moment = formatMoment(archived_at, now, i18n.language)
  const name = archived_by?.name
  return name === undefined
    ? i18n.t('page.archived-at', { moment })
    : i18n.t('page.archived-by', { moment, name })
}

/** How the page can move: what only one district reads goes nowhere else but as a draft. */
export function moveSort(
  { audience, space, authors }: Page,
  { session }: Words,
): 'open' | 'inside' | 'foreign' {
  if (audience !== 'space' || space === session.catalogue.network) return 'open'
  return authors.some(({ id }) => id === session.me.person.id) ? 'inside' : 'foreign'
}

/** Where else the person writes. */
export function destinations(from: string, { session }: Words): { id: string; name: string }[] {
  return spacesToWriteIn(session.me, session.catalogue).filter((space) => space.id !== from)
}

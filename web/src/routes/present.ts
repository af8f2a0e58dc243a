/** From what the API sends to what the views show: names instead of ids, dates as people say them. */
import { formatMoment } from '../i18n/dates'
import type { I18n } from '../i18n/i18n.svelte'
import type { Outlines } from '../state/outlines.svelte'
import { pageHref, spaceHref } from '../state/address'
import type { Kind, PageSummary, Session, Space } from '../state/session.svelte'
import type { EntryView } from '../ui/entry'
import type { KindChoice, PlaceLink } from '../ui/frame/frame'
import type { KindLook } from '../ui/kind'
import { cardFacts } from './card'

export interface Words {
  session: Session
  i18n: I18n
  now: Date
}

/** How a kind looks; an id that the catalogue does not know stands for itself. */
export function kindLook(id: string, { session, i18n }: Words): KindLook {
  const kind = session.kind(id)
  if (kind === undefined) return { label: id, icon: '', hue: null }
  return { label: i18n.pick(kind.label), icon: kind.icon, hue: kind.hue ?? null }
}

export function kindChoice(kind: Kind, i18n: I18n): KindChoice {
  return {
    id: kind.id,
    label: i18n.pick(kind.label),
    description: i18n.pick(kind.description),
    icon: kind.icon,
    hue: kind.hue ?? null,
    questions: templateQuestions(kind.template),
  }
}

/** The headings of a template, in order. */
export function templateQuestions(template: string): string[] {
  const heading = /^#{1,6}\s+(.+?)\s*$/
  return template.split('\n').flatMap((line) => heading.exec(line)?.[1] ?? [])
}

export function placeName(id: string, { session }: Words): string {
  return session.space(id)?.name ?? id
}

/** Alphabetical, for lists in which people look for a name. */
export function byName(a: Space, b: Space): number {
  return a.name.localeCompare(b.name, 'de')
}

export function placeLink(space: Space, outlines: Outlines): PlaceLink {
  return {
    id: space.id,
    href: spaceHref(space.id),
    name: space.name,
    shape: outlines.emblem(space.key),
  }
}

export function titleOf(title: string, i18n: I18n): string {
  return title.trim() === '' ? i18n.t('entry.untitled') : title
}

export function entryView(page: PageSummary, words: Words): EntryView {
  const { i18n, now } = words
  const names = page.authors.map((author) => author.name)
  const by = names.length > 0 ? names : [page.changed_by?.name ?? '']
  return {
    id: page.id,
    href: pageHref(page.id, page.title),
    title: titleOf(page.title, i18n),
    kind: kindLook(page.kind, words),
    place: placeName(page.space, words),
    excerpt: page.excerpt,
    facts: cardFacts(page, words),
    by: by.filter((name) => name !== '').join(', '),
    when: formatMoment(page.changed_at, now, i18n.language),
    moment: page.changed_at,
    badge: badgeOf(page, i18n),
  }
}

function badgeOf(page: PageSummary, i18n: I18n): string | undefined {
  if (page.archived) return i18n.t('entry.archived')
  return page.audience === 'draft' ? i18n.t('entry.draft') : undefined
}

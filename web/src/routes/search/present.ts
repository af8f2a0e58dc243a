/** From search results to what the search screen shows. */
import { formatMoment } from '../../i18n/dates'
import type { I18n } from '../../i18n/i18n.svelte'
import type { Hit, Question } from '../../state/search.svelte'
import type { Part } from '../../ui/highlight'
import type { FacetChoice, FacetView, HitView } from '../../ui/search/search'
import { cardFacts } from '../card'
import { kindLook, placeName, titleOf, type Words } from '../present'
import { foundHref } from './found'

/** Where in a page the passage stands, in words. */
function placeIn(hit: Hit, { session, i18n }: Words): string | undefined {
  if (hit.in_field !== undefined) {
    const fields = session.kind(hit.kind)?.fields ?? []
    const field = fields.find(({ name }) => name === hit.in_field)
    return field && i18n.t('search.where.field', { label: i18n.pick(field.label) })
  }
  if (hit.heading === null) return undefined
  return hit.in_attachment === true
    ? i18n.t('search.where.attachment', { name: hit.heading })
    : i18n.t('search.where.heading', { heading: hit.heading })
}

/** Whether somebody else changed a page since then. */
function isNew(hit: Hit, since: string | undefined, { session }: Words): boolean {
  if (since === undefined || hit.changed_by?.id === session.me.person.id) return false
  return Date.parse(hit.changed_at) > Date.parse(since)
}

/** The title with what matched; a page without one is called that. */
export function titleParts(
  { title, marked_title }: Pick<Hit, 'title' | 'marked_title'>,
  i18n: I18n,
): readonly Part[] {
  return title.trim() === '' ? [{ text: titleOf(title, i18n), hit: false }] : marked_title
}

export function hitView(hit: Hit, words: Words, since?: string): HitView {
  const { i18n, now } = words
  const title = titleParts(hit, i18n)
  const href = foundHref(hit, title)
  const place = placeIn(hit, words)
  return {
    id: hit.id,
    href: href.page,
    title,
    kind: kindLook(hit.kind, words),
    place: placeName(hit.space, words),
    snippet: hit.snippet,
    section: place === undefined ? undefined : { text: place, href: href.section },
    when: i18n.t('search.where.text', {
      when: formatMoment(hit.changed_at, now, i18n.language),
    }),
    facts: cardFacts(hit, words),
    isNew: isNew(hit, since, words),
    badge: hit.audience === 'draft' ? i18n.t('entry.draft') : undefined,
  }
}

interface Count {
  value: string
  count: number
  label?: string
}
/** The most characters of the name of a saved search. */
const nameLength = 80

type Counts = Record<string, readonly Count[]>

/** A filter that fields fill: the label and the choices of the first field that names it. */
function declaredFacets({ session, i18n }: Words) {
  const facets = new Map<string, { label: string; choice: (id: string) => string }>()
  const { kinds, taxonomies } = session.catalogue
  for (const { facet, label, taxonomy } of kinds.flatMap((kind) => kind.fields)) {
    if (facet === undefined || facets.has(facet)) continue
    const terms = taxonomy === undefined ? [] : (taxonomies[taxonomy] ?? [])
    const choice = (id: string): string => {
      const term = terms.find((known) => known.id === id)
      return term === undefined ? id : i18n.pick(term.label)
    }
    facets.set(facet, { label: i18n.pick(label), choice })
  }
  return facets
}

/**
 * Kinds, spaces, the filters of fields, tags, years and people with their counts; what is chosen
 * stays, even where it finds nothing.
 */
export function facetViews(facets: Counts, question: Question, words: Words): FacetView[] {
  const { t } = words.i18n
  const choices = (
    counts: readonly Count[],
    chosen: readonly string[],
    name: (value: string) => string,
  ): FacetChoice[] => {
    const missing: Count[] = chosen
      .filter((value) => !counts.some((c) => c.value === value))
      .map((value) => ({ value, count: 0 }))
    return [...counts, ...missing].map(({ value, count, label }) => ({
      value,
      count,
      label: label ?? name(value),
      chosen: chosen.includes(value),
    }))
  }
  return [
    {
      id: 'kind',
      label: t('search.facet.kind'),
      choices: choices(facets['kind'] ?? [], question.kinds, (v) => kindLook(v, words).label),
    },
    {
      id: 'space',
      label: t('search.facet.space'),
      choices: choices(facets['space'] ?? [], question.spaces, (v) => placeName(v, words)),
    },
    ...[...declaredFacets(words)].map(([id, { label, choice }]) => ({
      id,
      label,
      choices: choices(facets[id] ?? [], question.facets[id] ?? [], choice),
    })),
    ...(['tag', 'year', 'author'] as const).map((id) => ({
      id,
      label: t(`search.facet.${id}`),
      choices: choices(sorted(id, facets[id] ?? []), question.facets[id] ?? [], (v) => v),
    })),
  ]
}

/** Years stand in their order, newest first; all else by how much it brings. */
function sorted(facet: string, counts: readonly Count[]): readonly Count[] {
  return facet === 'year' ? counts.toSorted((a, b) => b.value.localeCompare(a.value)) : counts
}

/** What is chosen, in words. */
export function filterNames(facets: readonly FacetView[]): string[] {
  return facets.flatMap(({ label, choices }) => {
    const chosen = choices.filter((choice) => choice.chosen).map((choice) => choice.label)
    return chosen.length === 0 ? [] : [`${label}: ${chosen.join(', ')}`]
  })
}

/** How a saved search is called if nothing else is said: its words and filters. */
export function savedName(text: string, facets: readonly FacetView[], { t }: I18n): string {
  const parts = [text.trim(), ...filterNames(facets)].filter((part) => part !== '')
  return (parts.length === 0 ? t('search.saved.all') : parts.join(' · ')).slice(0, nameLength)
}

/** Other questions that may bring something where one brought nothing. */
export function waysOn(question: Question, offers: readonly string[]): string[] {
  const plain = withoutSigns(question.text)
  const wider = question.literal ? [question.text.trim()] : plain === null ? [] : [plain]
  return [...new Set([...offers, ...wider])]
}

/** Without quotation marks, exclusions and operators; null if there are none. */
export function withoutSigns(text: string): string | null {
  const plain = text
    .replace(/(?<!\S)[-–−](?:["„“”‟«»][^"„“”‟«»]*["„“”‟«»]|[\p{L}\p{N}]\S*)/gu, ' ')
    .replace(/(?<!\S)(?:titel|title|bezirk|district):/gi, ' ')
    .replace(/["„“”‟«»]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return plain === text.trim() || plain === '' ? null : plain
}

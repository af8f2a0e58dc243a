/** From search results to what the search screen shows. */
import { formatMoment } from '../../i18n/dates'
import { pageHref } from '../../state/address'
import type { Hit, Question } from '../../state/search.svelte'
import { highlight } from '../../ui/highlight'
import type { FacetChoice, FacetView, HitView } from '../../ui/search/search'
import { kindLook, placeName, titleOf, type Words } from '../present'

export function hitView(hit: Hit, question: Question, words: Words): HitView {
  const { i18n, now } = words
  const when = formatMoment(hit.changed_at, now, i18n.language)
  return {
    id: hit.id,
    href: pageHref(hit.id, hit.title),
    title: highlight(titleOf(hit.title, i18n), question.text),
    kind: kindLook(hit.kind, words),
    place: placeName(hit.space, words),
    snippet: hit.snippet,
    where:
      hit.heading === null
        ? i18n.t('search.where.text', { when })
        : i18n.t('search.where.heading', { heading: hit.heading, when }),
    badge: hit.audience === 'draft' ? i18n.t('entry.draft') : undefined,
  }
}

type Counts = Record<string, readonly { value: string; count: number }[]>

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
 * Kinds, spaces and the filters of fields with their counts; what is chosen stays, even where it
 * finds nothing.
 */
export function facetViews(facets: Counts, question: Question, words: Words): FacetView[] {
  const { t } = words.i18n
  const choices = (
    counts: readonly { value: string; count: number }[],
    chosen: readonly string[],
    label: (value: string) => string,
  ): FacetChoice[] => {
    const missing = chosen
      .filter((value) => !counts.some((c) => c.value === value))
      .map((value) => ({ value, count: 0 }))
    return [...counts, ...missing].map(({ value, count }) => ({
      value,
      count,
      label: label(value),
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
  ]
}

/** The answers that a kind shows in a page's line, in words. */
import { sayDays } from '../editor/fields/days'
import type { Kind, PageSummary } from '../state/session.svelte'
import type { Words } from './present'

type Field = Kind['fields'][number]

/** Longer texts are cut, in characters. */
const TEXT_SHOWN = 80

export function cardFacts(page: Pick<PageSummary, 'kind' | 'card'>, words: Words): string[] {
  const kind = words.session.kind(page.kind)
  const facts = (kind?.fields ?? [])
    .filter((field) => field.card)
    .map((field) => fact(field, page.card[field.name], words))
    .filter((text) => text !== '')
  return [...new Set(facts)]
}

function fact(field: Field, value: unknown, { session, i18n, now }: Words): string {
  const terms = field.taxonomy === undefined ? [] : session.catalogue.taxonomies[field.taxonomy]
  const label = (id: string): string => {
    const term = terms?.find((known) => known.id === id)
    return term === undefined ? id : i18n.pick(term.label)
  }
  if (Array.isArray(value)) {
    return value.map((id) => (typeof id === 'string' ? label(id) : '')).join(', ')
  }
  if (typeof value === 'boolean') return value ? i18n.pick(field.label) : ''
  if (typeof value === 'number') {
    const number = new Intl.NumberFormat(i18n.language).format(value)
    return field.unit === undefined ? number : `${i18n.pick(field.unit)}: ${number}`
  }
  if (typeof value !== 'string') return ''
  if (field.type === 'date' || field.type === 'date_range') {
    return sayDays(value, now, i18n.language)
  }
  if (terms !== undefined && terms.length > 0) return label(value)
  const text = value.replaceAll(/\s+/g, ' ').trim()
  return text.length > TEXT_SHOWN ? `${text.slice(0, TEXT_SHOWN - 1).trimEnd()}…` : text
}

/** The fields of a page as questions with answers, ready to show. */
import type { I18n } from '../../i18n/i18n.svelte'
import { formatDay } from '../../i18n/dates'
import type { Catalogue, Page } from '../../state/open-page.svelte'

export type Answer =
  | { kind: 'none' }
  | { kind: 'chips'; chips: readonly string[] }
  /** One of few: all are shown, the chosen one is marked. */
  | { kind: 'choice'; choices: readonly { label: string; chosen: boolean }[] }
  | { kind: 'text'; text: string }
  | { kind: 'short'; text: string; icon: 'role' | null }

export interface FieldView {
  name: string
  question: string
  answer: Answer
  /** Whether the field takes the whole width. */
  wide: boolean
  /** The page in one sentence: the first field, where it is a text; it stands below the title. */
  lead: boolean
}

type Field = Catalogue['kinds'][number]['fields'][number]

/** Most choices that are shown beside each other; longer lists show only what was chosen. */
const CHOICES_SHOWN = 5

/** Most chips that stand in half the width. */
const CHIPS_BESIDE = 4

/** The fields of the page's kind in their order; a kind that nobody knows has none. */
export function fieldViews(page: Page, catalogue: Catalogue, i18n: I18n, now: Date): FieldView[] {
  const kind = catalogue.kinds.find(({ id }) => id === page.kind)
  return (kind?.fields ?? []).map((field, index) => {
    const answer = answerOf(field, page.fields[field.name], catalogue, i18n, now)
    return {
      name: field.name,
      question: i18n.pick(field.question),
      answer,
      wide: isWide(field, answer),
      lead: index === 0 && field.type === 'text',
    }
  })
}

function isWide(field: Field, answer: Answer): boolean {
  if (answer.kind === 'chips') return answer.chips.length > CHIPS_BESIDE
  return field.type !== 'many' && field.type !== 'date'
}

function answerOf(
  field: Field,
  value: unknown,
  catalogue: Catalogue,
  i18n: I18n,
  now: Date,
): Answer {
  const terms = field.taxonomy === undefined ? [] : (catalogue.taxonomies[field.taxonomy] ?? [])
  const label = (id: string): string => {
    const term = terms.find((known) => known.id === id)
    return term === undefined ? id : i18n.pick(term.label)
  }
  if (field.type === 'many') {
    const chosen = Array.isArray(value) ? value.filter((id) => typeof id === 'string') : []
    return chosen.length === 0 ? { kind: 'none' } : { kind: 'chips', chips: chosen.map(label) }
  }
  if (value === undefined || value === null || value === '') return { kind: 'none' }
  const text = String(value)
  switch (field.type) {
    case 'one':
      if (terms.length === 0 || terms.length > CHOICES_SHOWN) {
        return { kind: 'chips', chips: [label(text)] }
      }
      return {
        kind: 'choice',
        choices: terms.map(({ id }) => ({ label: label(id), chosen: id === text })),
      }
    case 'date': {
      const day = new Date(`${text.slice(0, 10)}T12:00:00`)
      const known = !Number.isNaN(day.getTime())
      return { kind: 'short', text: known ? formatDay(day, now, i18n.language) : text, icon: null }
    }
    case 'number':
      return { kind: 'short', text, icon: null }
    case 'role':
      return { kind: 'short', text, icon: 'role' }
    default:
      return { kind: 'text', text }
  }
}

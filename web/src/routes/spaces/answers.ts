/** Answers of fields as short texts, whatever their form: for the page of a space. */
import { dayOf, dayText } from '../../i18n/days'
import type { Catalogue, Kind } from '../../state/session.svelte'
import type { Words } from '../present'

type Field = Kind['fields'][number]

export function fieldOf(kind: string, name: string | undefined, catalogue: Catalogue) {
  const fields = catalogue.kinds.find(({ id }) => id === kind)?.fields ?? []
  return fields.find((field) => field.name === name)
}

export function termsOf(field: Field | undefined, catalogue: Catalogue) {
  return catalogue.taxonomies[field?.taxonomy ?? ''] ?? []
}

/** The label of a choice; one that is not known (any more) stands for itself. */
export function choiceText(field: Field | undefined, choice: string, words: Words): string {
  const term = termsOf(field, words.session.catalogue).find(({ id }) => id === choice)
  return term === undefined ? choice : words.i18n.pick(term.label)
}

/** An answer in one text; empty if there is none. Lists are joined, entries by their parts. */
export function answerText(field: Field | undefined, value: unknown, words: Words): string {
  if (Array.isArray(value)) {
    return value
      .map((one) => answerText(field, one, words))
      .filter((text) => text !== '')
      .join(', ')
  }
  if (typeof value === 'object' && value !== null) {
    const parts = Object.values(value).map((part) => answerText(undefined, part, words))
    return parts.filter((text) => text !== '').join(' ')
  }
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return ''
  if (field?.taxonomy !== undefined) return choiceText(field, value, words)
  return dayOf(value) !== null && /^[\d/-]+$/.test(value)
    ? dayText(value, words.now, words.i18n.language)
    : value.trim()
}

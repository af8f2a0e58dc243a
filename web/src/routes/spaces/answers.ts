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

/** The part of that name, if the field is a list of entries with parts. */
function partOf(field: Field | undefined, name: string): Field | undefined {
  const { parts } = (field ?? {}) as { parts?: readonly Field[] }
  return parts?.find((part) => part.name === name)
}

/** The label of a choice; one that is not known (any more) stands for itself. */
export function choiceText(field: Field | undefined, choice: string, words: Words): string {
  const term = termsOf(field, words.session.catalogue).find(({ id }) => id === choice)
  return term === undefined ? choice : words.i18n.pick(term.label)
}

/** The entries of a list as texts, one each; none of another answer. */
export function entryTexts(field: Field | undefined, value: unknown, words: Words): string[] {
  if (!Array.isArray(value) || value.some((one) => typeof one !== 'object')) return []
  const texts = value.map((one) => answerText(field, one, words))
  return texts.filter((text) => text !== '')
}

/** An answer in one text; empty if there is none. Choices are joined, entries by their parts. */
export function answerText(field: Field | undefined, value: unknown, words: Words): string {
  if (Array.isArray(value)) {
    const texts = value.map((one) => answerText(field, one, words))
    const entries = value.some((one) => typeof one === 'object')
    return texts.filter((text) => text !== '').join(entries ? '; ' : ', ')
  }
  if (typeof value === 'object' && value !== null) {
    const texts = Object.entries(value).map(([name, part]) =>
      // What tells an entry from others says nothing to people.
      name === 'id' ? '' : answerText(partOf(field, name), part, words),
    )
    return texts.filter((text) => text !== '').join(', ')
  }
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return ''
  if (field?.taxonomy !== undefined) return choiceText(field, value, words)
  return dayOf(value) !== null && /^[\d/-]+$/.test(value)
    ? dayText(value, words.now, words.i18n.language)
    : value.trim()
}

/** From the catalogue's declaration of fields to what the form asks, in the reader's language. */
import type { FieldSpec } from '../../editor/fields/spec'
import type { I18n } from '../../i18n/i18n.svelte'
import type { Catalogue } from '../../state/open-page.svelte'

type Field = Catalogue['kinds'][number]['fields'][number]

/** The fields of a kind in their order; a kind that nobody knows has none. */
export function fieldSpecs(id: string, catalogue: Catalogue, i18n: I18n): FieldSpec[] {
  const kind = catalogue.kinds.find((known) => known.id === id)
  return (kind?.fields ?? []).map((field) => fieldSpec(field, catalogue, i18n))
}

function fieldSpec(field: Field, catalogue: Catalogue, i18n: I18n): FieldSpec {
  const terms = field.taxonomy === undefined ? [] : (catalogue.taxonomies[field.taxonomy] ?? [])
  return {
    name: field.name,
    type: field.type,
    label: i18n.pick(field.label),
    question: i18n.pick(field.question),
    invite: field.when_empty === undefined ? null : i18n.pick(field.when_empty),
    choices: terms.map((term) => ({ id: term.id, label: i18n.pick(term.label) })),
    unit: field.unit === undefined ? '' : i18n.pick(field.unit),
    min: field.min ?? null,
    max: field.max ?? null,
    kinds: field.kinds ?? [],
    parts: (field.parts ?? []).map((part) => fieldSpec(part, catalogue, i18n)),
  }
}

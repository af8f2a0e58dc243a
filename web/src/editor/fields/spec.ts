/** What the form knows of a field: its declaration in the reader's language. */

export interface Choice {
  id: string
  label: string
}

export interface FieldSpec {
  /** The name in the document; of a part, the last piece of its path. */
  name: string
  /** `text`, `one`, `list` and so on, as the catalogue says. */
  type: string
  label: string
  question: string
  /** The words that invite to answer; null takes the usual ones. */
  invite: string | null
  choices: readonly Choice[]
  /** What a number counts; empty if nothing is said. */
  unit: string
  min: number | null
  max: number | null
  /** The kinds of page that a link leads to; empty means all. */
  kinds: readonly string[]
  /** The parts of an entry of a list. */
  parts: readonly FieldSpec[]
}

/** Longer lists of choices are chips instead of segments. */
export const SEGMENTS_SHOWN = 5
/** Most chips that stand in half the width. */
const CHIPS_BESIDE = 4

export const isText = (type: string): boolean =>
  type === 'text' || type === 'long_text' || type === 'role'

/** Whether the field takes the whole width of the form. */
export function isWide(spec: FieldSpec, chosen: number): boolean {
  switch (spec.type) {
    case 'many':
      return chosen > CHIPS_BESIDE
    case 'date':
    case 'date_range':
    case 'number':
    case 'flag':
    case 'ladder':
    case 'page_link':
      return false
    default:
      return true
  }
}

/** The label of a choice; one that is no longer offered stands for itself. */
export function choiceLabel(spec: FieldSpec, id: string): string {
  return spec.choices.find((choice) => choice.id === id)?.label ?? id
}

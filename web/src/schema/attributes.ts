/**
 * What may stand in the attributes of a node. The schema file names the choices and bounds; text
 * that comes from elsewhere (a paste, an older document) is read by these rules and shown by them.
 */
import pageSchema from '../../../data/schema/page.json'

const { callout, codeBlock, familyVoice, taskItem, agreement } = pageSchema.nodes

/** How a callout speaks. */
export type Tone = 'note' | 'tip' | 'important' | 'warning'
/** What a family agreed to. */
export type Consent = 'none' | 'spoken' | 'written'

export const TONES = callout.attributes.tone.choices as readonly Tone[]
export const CONSENTS = familyVoice.attributes.consent.choices as readonly Consent[]

/** The longest texts of the attributes, in UTF-16 units. */
export const ATTRIBUTE_MAX = {
  person: taskItem.attributes.person.max,
  who: agreement.attributes.who.max,
  method: familyVoice.attributes.method.max,
  language: codeBlock.attributes.language.max,
} as const

/** A tone as it may be shown: one of the four, whatever a document holds. */
export function toneOf(value: unknown): Tone {
  return TONES.find((tone) => tone === value) ?? 'note'
}

/** One of the three answers, or null where nothing was said. */
export function consentOf(value: unknown): Consent | null {
  return CONSENTS.find((consent) => consent === value) ?? null
}

/** A line of text of at most `max` units without outer spaces, or null if nothing is left. */
export function lineOf(value: unknown, max: number): string | null {
  if (typeof value !== 'string') return null
  const line = value.replace(/\s+/g, ' ').trim().slice(0, max).trim()
  return line === '' ? null : line
}

/** A day that exists, written `YYYY-MM-DD`, or null. */
export function dayOf(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null
  const time = Date.parse(`${value}T00:00:00Z`)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value ? null : value
}

/** A month, written `YYYY-MM`, or null. */
export function monthOf(value: unknown): string | null {
  return typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(value) ? value : null
}

/** A whole number within bounds; what is none becomes the lower bound. */
export function wholeOf(value: unknown, { min, max }: { min: number; max: number }): number {
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number)
    ? Math.min(max, Math.max(min, number))
    : min
}

/** How an attribute is read from HTML and written to it. */
export interface DataAttribute {
  default: string | null
  parseHTML: (element: HTMLElement) => string | null
  renderHTML: (attributes: Record<string, unknown>) => Record<string, string>
}

/** An attribute that is read from and written to one `data-` attribute; null is not written. */
export function dataAttribute(
  name: string,
  read: (value: unknown) => string | null,
): DataAttribute {
  return {
    default: null,
    parseHTML: (element) => read(element.getAttribute(`data-${name}`)),
    renderHTML: (attributes) => {
      const value = read(attributes[name])
      if (value === null) return {}
      return { [`data-${name}`]: value }
    },
  }
}

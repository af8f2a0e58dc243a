/**
 * What the attributes of nodes and marks may hold, as the server's gate judges it ([G-12] to [G-14]
 * in docs/SPEC-gate.md): by the schema file alone, so that both say the same.
 */
import pageSchema from '../../../data/schema/page.json'
import { dayOf, monthOf } from './attributes'
import { isPageId } from './page-id'

/** What the schema file says of one attribute. */
export interface AttributeRule {
  type: string
  format?: string
  choices?: readonly string[]
  min?: number
  max?: number
  count?: number
}
export type AttributeRules = Readonly<Record<string, AttributeRule>>

const SCHEMES: readonly string[] = pageSchema.href_schemes
/** What browsers pass over in an address, and what nobody sees. */
const IGNORED = /[\p{Cc}\p{White_Space}\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu
const RELATIVE = /^[\p{Alphabetic}\p{N}\-._~%@+]*$/u

function isWhole(value: unknown, { min = 0, max = 0 }: AttributeRule): boolean {
  return Number.isInteger(value) && Number(value) >= min && Number(value) <= max
}

/** At most so many characters; a long text is not counted through. */
function isShort(text: string, max: number): boolean {
  return text.length <= max || (text.length <= 2 * max && Array.from(text).length <= max)
}

function isAddress(text: string): boolean {
  const [, head = '', sign] = /^([^:/?#]*)([:/?#]?)/.exec(text.replace(IGNORED, '')) ?? []
  return sign === ':' ? SCHEMES.includes(head.toLowerCase()) : RELATIVE.test(head)
}

function hasFormat(text: string, format: string | undefined): boolean {
  switch (format) {
    case undefined:
      return true
    case 'page-id':
      return isPageId(text)
    case 'date':
      return dayOf(text) !== null
    case 'month':
      return monthOf(text) !== null
    case 'href':
      return isAddress(text)
    default:
      return false
  }
}

/** Whether an attribute may hold the value. */
export function fits(rule: AttributeRule, value: unknown): boolean {
  switch (rule.type) {
    case 'integer':
      return isWhole(value, rule)
    case 'integers':
      return (
        Array.isArray(value) &&
        value.length <= (rule.count ?? 0) &&
        value.every((part) => isWhole(part, rule))
      )
    case 'boolean':
      return typeof value === 'boolean'
    case 'string':
      if (typeof value !== 'string') return false
      if (rule.choices !== undefined) return rule.choices.includes(value)
      return isShort(value, rule.max ?? 0) && hasFormat(value, rule.format)
    default:
      return false
  }
}

/**
 * Whether an object has nothing but its own entries; an entry `__proto__` would give it others. The
 * attributes of a mark that was set here, which were not sent yet, have no prototype at all.
 */
export function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  return prototype === null || prototype === Object.prototype
}

/** Whether all attributes are declared and fit. One that is null is not there. */
export function allFit(rules: AttributeRules, attributes: Readonly<Record<string, unknown>>) {
  const isFit = ([name, value]: [string, unknown]): boolean => {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
    return rule !== undefined && (value === null || fits(rule, value))
  }
  return isPlain(attributes) && Object.entries(attributes).every(isFit)
}

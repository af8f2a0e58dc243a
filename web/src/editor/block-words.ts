/** What a block says of itself: its name as a word, and what is known about it as one line. */
import type { I18n, Language } from '../i18n/i18n.svelte'
import { ATTRIBUTE_MAX, consentOf, dayOf, lineOf, monthOf, toneOf } from '../schema/attributes'
import type { FrameName } from '../schema/frames'

export interface BlockWords {
  t: I18n['t']
  language: () => Language
  /** Calls back when the language changes; returns how to stop that. */
  watch: (listener: () => void) => () => void
}

export interface BlockLook {
  label: string
  /** What is known, such as "Gespräch · März 2024"; may be empty. */
  details: string
}

type Attributes = Readonly<Record<string, unknown>>

/** A stored day as the text says it, always with its year; empty if there is none. */
function dayWords(value: unknown, language: Language): string {
  const [year, month, day] = (dayOf(value) ?? '').split('-').map(Number)
  if (year === undefined || month === undefined || day === undefined) return ''
  const date = new Date(year, month - 1, day)
  const format = { day: 'numeric', month: 'long', year: 'numeric' } as const
  return new Intl.DateTimeFormat(localeOf(language), format).format(date)
}

function localeOf(language: Language): string {
  return language === 'de' ? 'de-DE' : 'en-GB'
}

function monthWords(value: unknown, language: Language): string {
  const [year, month] = (monthOf(value) ?? '').split('-').map(Number)
  if (year === undefined || month === undefined) return ''
  const format = new Intl.DateTimeFormat(localeOf(language), { month: 'long', year: 'numeric' })
  return format.format(new Date(year, month - 1, 1))
}

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ')
}

/** Who and until when, for a task or an agreement. */
export function dutyWords(who: unknown, day: unknown, words: BlockWords): string {
  const until = dayWords(day, words.language())
  return joined([
    lineOf(who, ATTRIBUTE_MAX.person),
    until === '' ? '' : words.t('block.until', { day: until }),
  ])
}

export function frameLook(name: FrameName, attributes: Attributes, words: BlockWords): BlockLook {
  const { t } = words
  if (name === 'callout') {
    const tone = toneOf(attributes['tone'])
    return { label: t(`block.tone.${tone}`), details: '' }
  }
  const look = { label: t(`edit.${name}`), details: '' }
  if (name === 'agreement') {
    const { who, until } = attributes
    return { ...look, details: dutyWords(who, until, words) }
  }
  if (name !== 'familyVoice') return look
  const consent = consentOf(attributes['consent'])
  return {
    ...look,
    details: joined([
      lineOf(attributes['method'], ATTRIBUTE_MAX.method),
      monthWords(attributes['month'], words.language()),
      consent === null ? '' : t(`block.consent.${consent}`),
    ]),
  }
}

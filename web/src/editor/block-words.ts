/** What a block says of itself: its name as a word, and what is known about it as one line. */
import { formatDay } from '../i18n/dates'
import type { I18n, Language } from '../i18n/i18n.svelte'
import {
  ATTRIBUTE_MAX,
  consentOf,
  dayOf,
  lineOf,
  monthOf,
  toneOf,
  type Tone,
} from '../schema/attributes'
import type { FrameName } from '../schema/frames'
import { FRAME_LOOKS } from './frame-looks'
import type { IconName } from './icons'

export interface BlockWords {
  t: I18n['t']
  language: () => Language
  /** Calls back when the language changes; returns how to stop that. */
  watch: (listener: () => void) => () => void
}

export interface BlockLook {
  icon: IconName
  label: string
  /** What is known, such as "Gespräch · März 2024"; may be empty. */
  details: string
}

type Attributes = Readonly<Record<string, unknown>>

const TONE_ICONS: Record<Tone, IconName> = {
  note: 'info',
  tip: 'lightbulb',
  important: 'circle-alert',
  warning: 'triangle-alert',
}

/** A stored day or month as people say it; empty if there is none. */
export function dayWords(value: unknown, now: Date, language: Language): string {
  const [year, month, day] = (dayOf(value) ?? '').split('-').map(Number)
  if (year === undefined || month === undefined || day === undefined) return ''
  return formatDay(new Date(year, month - 1, day), now, language)
}

function monthWords(value: unknown, language: Language): string {
  const [year, month] = (monthOf(value) ?? '').split('-').map(Number)
  if (year === undefined || month === undefined) return ''
  const locale = language === 'de' ? 'de-DE' : 'en-GB'
  const format = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' })
  return format.format(new Date(year, month - 1, 1))
}

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ')
}

/** Who and until when, for a task or an agreement. */
export function dutyWords(who: unknown, day: unknown, now: Date, words: BlockWords): string {
  const until = dayWords(day, now, words.language())
  return joined([
    lineOf(who, ATTRIBUTE_MAX.person),
    until === '' ? '' : words.t('block.until', { day: until }),
  ])
}

export function frameLook(
  name: FrameName,
  attributes: Attributes,
  now: Date,
  words: BlockWords,
): BlockLook {
  const { t } = words
  if (name === 'callout') {
    const tone = toneOf(attributes['tone'])
    return { icon: TONE_ICONS[tone], label: t(`block.tone.${tone}`), details: '' }
  }
  const look = { icon: FRAME_LOOKS[name].icon, label: t(`edit.${name}`), details: '' }
  if (name === 'agreement') {
    const { who, until } = attributes
    return { ...look, details: dutyWords(who, until, now, words) }
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

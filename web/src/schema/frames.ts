/**
 * Blocks that frame other blocks and say in a word what these are: callouts, collapsible passages,
 * and what professionals write down when they work with families. The word and its icon are drawn
 * by the view, so that each reader has them in their language.
 */
import { Node } from '@tiptap/core'

import {
  ATTRIBUTE_MAX,
  type DataAttribute,
  consentOf,
  dataAttribute,
  dayOf,
  lineOf,
  monthOf,
  toneOf,
} from './attributes'

/** The frames that have no attributes of their own, and those that have. */
export const FRAMES = [
  'callout',
  'collapsible',
  'guidingQuestion',
  'familyVoice',
  'insight',
  'agreement',
  'openQuestion',
] as const
export type FrameName = (typeof FRAMES)[number]

export function isFrame(name: string): name is FrameName {
  return (FRAMES as readonly string[]).includes(name)
}

type Attributes = Record<string, DataAttribute>

function frame(name: FrameName, tag: 'aside' | 'details' | 'section', attributes: Attributes = {}) {
  return Node.create({
    name,
    group: 'block',
    content: 'block*',
    defining: true,
    addAttributes: () => attributes,
    parseHTML: () => [{ tag: `${tag}[data-block="${name}"]`, priority: 60 }],
    renderHTML: ({ HTMLAttributes }) => [tag, { 'data-block': name, ...HTMLAttributes }, 0],
  })
}

export const Callout = frame('callout', 'aside', {
  tone: { ...dataAttribute('tone', toneOf), default: 'note' },
})

/**
 * The first block is what is always visible. Open or closed is each reader's own and never stored.
 * In HTML for reading the first block is the `summary`.
 */
export const Collapsible = frame('collapsible', 'details').extend({
  parseHTML: () => [{ tag: 'details' }],
})

/** The first block is the question, the rest the answer. */
export const GuidingQuestion = frame('guidingQuestion', 'section')

/** What a family said, how it was heard and what they agreed to. */
export const FamilyVoice = frame('familyVoice', 'section', {
  method: dataAttribute('method', (value) => lineOf(value, ATTRIBUTE_MAX.method)),
  consent: dataAttribute('consent', consentOf),
  month: dataAttribute('month', monthOf),
})

export const Insight = frame('insight', 'section')

/** The blocks say what was agreed. */
export const Agreement = frame('agreement', 'section', {
  who: dataAttribute('who', (value) => lineOf(value, ATTRIBUTE_MAX.who)),
  until: dataAttribute('until', dayOf),
})

/** The first block is the question. */
export const OpenQuestion = frame('openQuestion', 'section')

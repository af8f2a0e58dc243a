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

type Attributes = Record<string, DataAttribute>

interface FrameSpec {
  tag: 'aside' | 'details' | 'section'
  attributes?: Attributes
  /** What it is read from, where that is more than its own tag with its name. */
  read?: string
}

/** In the order of the menus. */
const SPECS = {
  /** The first block is the question. */
  openQuestion: { tag: 'section' },
  /** The first block is the question, the rest the answer. */
  guidingQuestion: { tag: 'section' },
  /** What a family said, how it was heard and what they agreed to. */
  familyVoice: {
    tag: 'section',
    attributes: {
      method: dataAttribute('method', (value) => lineOf(value, ATTRIBUTE_MAX.method)),
      consent: dataAttribute('consent', consentOf),
      month: dataAttribute('month', monthOf),
    },
  },
  insight: { tag: 'section' },
  /** The blocks say what was agreed. */
  agreement: {
    tag: 'section',
    attributes: {
      who: dataAttribute('who', (value) => lineOf(value, ATTRIBUTE_MAX.who)),
      until: dataAttribute('until', dayOf),
    },
  },
  callout: {
    tag: 'aside',
    attributes: { tone: { ...dataAttribute('tone', toneOf), default: 'note' } },
  },
  /**
   * The first block is what is always visible. Open or closed is each reader's own and never stored.
   * In HTML for reading the first block is the `summary`.
   */
  collapsible: { tag: 'details', read: 'details' },
} as const satisfies Record<string, FrameSpec>

export type FrameName = keyof typeof SPECS
export const FRAMES = Object.keys(SPECS) as readonly FrameName[]

export function isFrame(name: string): name is FrameName {
  return Object.hasOwn(SPECS, name)
}

function frameNode(name: FrameName, { tag, attributes = {}, read }: FrameSpec) {
  return Node.create({
    name,
    group: 'block',
    content: 'block*',
    defining: true,
    addAttributes: () => attributes,
    parseHTML: () => [{ tag: read ?? `${tag}[data-block="${name}"]`, priority: 60 }],
    renderHTML: ({ HTMLAttributes }) => [tag, { 'data-block': name, ...HTMLAttributes }, 0],
  })
}

export const frameNodes = FRAMES.map((name) => frameNode(name, SPECS[name]))

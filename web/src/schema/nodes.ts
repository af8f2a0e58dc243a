/**
 * The nodes of a page's text, exactly as `data/schema/page.json` lists them. TipTap's own nodes are
 * taken for their commands and keys; what they require of their children is taken away, because a
 * merge of two valid documents may leave any node without the child it would need, and y-tiptap
 * deletes, for everybody, what does not fit.
 */
import { Node, wrappingInputRule } from '@tiptap/core'
import { Blockquote as TiptapBlockquote } from '@tiptap/extension-blockquote'
import { HardBreak as TiptapHardBreak } from '@tiptap/extension-hard-break'
import { Heading as TiptapHeading } from '@tiptap/extension-heading'
import { HorizontalRule as TiptapHorizontalRule } from '@tiptap/extension-horizontal-rule'
import {
  BulletList as TiptapBulletList,
  ListItem as TiptapListItem,
  OrderedList as TiptapOrderedList,
} from '@tiptap/extension-list'
import { Paragraph as TiptapParagraph } from '@tiptap/extension-paragraph'
import { Text } from '@tiptap/extension-text'

import pageSchema from '../../../data/schema/page.json'

const LEVELS = pageSchema.nodes.heading.attributes.level
const START = pageSchema.nodes.orderedList.attributes.start

export const Document = Node.create({ name: 'doc', topNode: true, content: 'block*' })

/**
 * First of the blocks, so that it is what an empty place is filled with. What HTML for reading shows
 * as the visible line of a collapsible passage is its first paragraph.
 */
export const Paragraph = TiptapParagraph.extend({
  content: 'inline*',
  parseHTML: () => [{ tag: 'p' }, { tag: 'summary' }],
})

/**
 * A heading of level 1 to 3. The page's title is the `h1`, so the levels are shown as `h2` to `h4`;
 * in text that is pasted from elsewhere `h1` counts as level 1, too.
 */
export const Heading = TiptapHeading.extend({
  content: 'inline*',
  addAttributes: () => ({
    level: { default: LEVELS.min, rendered: false, validate: 'number' },
  }),
  parseHTML: () => [
    { tag: 'h1', attrs: { level: 1 } },
    { tag: 'h2', attrs: { level: 1 } },
    { tag: 'h3', attrs: { level: 2 } },
    { tag: 'h4', attrs: { level: 3 } },
    { tag: 'h5', attrs: { level: 3 } },
    { tag: 'h6', attrs: { level: 3 } },
  ],
  renderHTML: ({ node }) => [`h${clampLevel(node.attrs['level']) + 1}`, 0],
}).configure({ levels: [1, 2, 3] })

/** A level as it may be shown: an integer from 1 to 3, whatever a document holds. */
export function clampLevel(level: unknown): 1 | 2 | 3 {
  const number =
    typeof level === 'number' && Number.isFinite(level) ? Math.round(level) : LEVELS.min
  return Math.min(LEVELS.max, Math.max(LEVELS.min, number)) as 1 | 2 | 3
}

export const BulletList = TiptapBulletList.extend({ content: 'listItem*' })

export const OrderedList = TiptapOrderedList.extend({
  content: 'listItem*',
  addAttributes: () => ({
    start: {
      default: 1,
      validate: 'number',
      parseHTML: (element) => clampStart(Number(element.getAttribute('start') ?? 1)),
      renderHTML: (attributes) => (attributes['start'] === 1 ? {} : { start: attributes['start'] }),
    },
  }),
  renderHTML: ({ HTMLAttributes }) => ['ol', HTMLAttributes, 0],
  // TipTap's own pasting of numbered lines writes a `type`, which the page document does not have.
  addProseMirrorPlugins: () => [],
  addInputRules() {
    return [
      wrappingInputRule({
        find: /^(\d{1,6})[.)]\s$/,
        type: this.type,
        getAttributes: (match) => ({ start: clampStart(Number(match[1])) }),
        joinPredicate: (match, node) =>
          node.childCount + Number(node.attrs['start']) === Number(match[1]),
      }),
    ]
  },
})

function clampStart(start: number): number {
  return Number.isInteger(start) ? Math.min(START.max, Math.max(START.min, start)) : 1
}

export const ListItem = TiptapListItem.extend({ content: 'block*' })

export const Blockquote = TiptapBlockquote.extend({ content: 'block*' })

export const HorizontalRule = TiptapHorizontalRule.extend({ group: 'block' })

export const HardBreak = TiptapHardBreak.extend({ group: 'inline' })

export { Text }

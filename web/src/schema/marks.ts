/** The marks of a page's text, exactly as `data/schema/page.json` lists them. */
import { Mark, markInputRule } from '@tiptap/core'
import { Bold } from '@tiptap/extension-bold'
import { Code as TiptapCode } from '@tiptap/extension-code'
import { Italic } from '@tiptap/extension-italic'
import { Strike } from '@tiptap/extension-strike'

import { safeUrl } from './safe-url'

/**
 * Code does not exclude other marks: one person may set it while another sets bold, and both must
 * stand. (It still excludes itself; a mark that does not is stored under hashed names.)
 */
export const Code = TiptapCode.extend({
  excludes: 'code',
  parseHTML: () => [
    {
      tag: 'code',
      // What stands in a block of code is its text, not a mark of its text.
      getAttrs: (element) => (element.parentElement?.tagName === 'PRE' ? false : null),
    },
  ],
})

/** A link to an address outside. Page links are a node of their own. */
export const Link = Mark.create({
  name: 'link',
  priority: 1000,
  inclusive: false,
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [
    {
      tag: 'a[href]:not([data-page])',
      getAttrs: (element) => {
        const href = safeUrl(element.getAttribute('href'))
        return href === null ? false : { href }
      },
    },
  ],
  renderHTML: ({ mark }) => {
    const href = safeUrl(mark.attrs['href'])
    return href === null ? ['span', 0] : ['a', { href, rel: 'noopener noreferrer' }, 0]
  },
})

/** Text that stands out, as if drawn over with a marker. Typed as `==so==`. */
export const Highlight = Mark.create({
  name: 'highlight',
  parseHTML: () => [{ tag: 'mark' }],
  renderHTML: () => ['mark', 0],
  addInputRules() {
    return [markInputRule({ find: /(?:^|\s)(==(?!\s)([^=]+)(?<!\s)==)$/, type: this.type })]
  },
})

export const Superscript = Mark.create({
  name: 'superscript',
  parseHTML: () => [{ tag: 'sup:not([data-footnote])' }],
  renderHTML: () => ['sup', 0],
})

export const Subscript = Mark.create({
  name: 'subscript',
  parseHTML: () => [{ tag: 'sub' }],
  renderHTML: () => ['sub', 0],
})

export { Bold, Italic, Strike }

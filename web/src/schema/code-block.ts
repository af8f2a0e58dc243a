/** Text that is shown letter by letter, such as a form of words or a piece of code. */
import { textblockTypeInputRule } from '@tiptap/core'
import { CodeBlock as TiptapCodeBlock } from '@tiptap/extension-code-block'

import { ATTRIBUTE_MAX, lineOf } from './attributes'

/** The language as it may be stored: a short name without spaces, or null. */
export function languageOf(value: unknown): string | null {
  return lineOf(value, ATTRIBUTE_MAX.language)
}

/** Where the words of a block of code stand. */
function wordsOf(pre: HTMLElement): HTMLElement {
  return pre.querySelector<HTMLElement>(':scope > code:only-child') ?? pre
}

/**
 * All marks may stand in it, because somebody may set one while somebody else makes the block; they
 * are not shown.
 */
export const CodeBlock = TiptapCodeBlock.extend({
  marks: '_',
  addAttributes: () => ({
    language: {
      default: null,
      parseHTML: (element) => {
        const code = element.querySelector('code')
        const named = code?.getAttribute('data-language') ?? element.getAttribute('data-language')
        const classed = /(?:^|\s)language-(\S+)/.exec(code?.className ?? '')?.[1]
        return languageOf(named ?? classed)
      },
      rendered: false,
    },
  }),
  // The words are read inside `code`, so that they do not become marked as code one by one.
  parseHTML: () => [{ tag: 'pre', preserveWhitespace: 'full', contentElement: wordsOf }],
  renderHTML: ({ node }) => {
    const language = languageOf(node.attrs['language'])
    return ['pre', ['code', language === null ? {} : { 'data-language': language }, 0]]
  },
  addInputRules() {
    return [
      textblockTypeInputRule({
        find: /^(?:```|~~~)([\p{L}\d+#.-]{0,40})\s$/u,
        type: this.type,
        getAttributes: (match) => ({ language: languageOf(match[1]) }),
      }),
    ]
  },
  // TipTap's own pasting reads what another program calls its data; text is pasted as text here.
  addProseMirrorPlugins: () => [],
})

/**
 * The text for reading, from the HTML that the server sends first. It is read by the page's own
 * schema, so it can hold nothing that the editor could not, and looks the same when the editor
 * takes over.
 */
import { getSchema } from '@tiptap/core'
import { DOMParser as DocumentParser, DOMSerializer, type Node } from '@tiptap/pm/model'

import { pageSchemaExtensions } from '../schema'
import type { PageLinkAttributes } from '../schema/page-link'
import type { BlockWords } from './block-words'
import { inertHtml } from './inert-html'
import { showPageLink, type PageLinkWords } from './page-link-view'
import { prepareBlocks, showBlocks } from './reading-blocks'

let schema: ReturnType<typeof getSchema> | undefined

/** The text that the server's HTML says, and the ids of its headings in order. */
export function readSent(html: string, noAccess: string): { text: Node; ids: string[] } {
  schema ??= getSchema(pageSchemaExtensions())
  const source = inertHtml(html)
  for (const link of source.querySelectorAll<HTMLElement>('a[data-page]')) {
    link.dataset['label'] = link.textContent
  }
  for (const hidden of source.querySelectorAll('.page-link-hidden')) hidden.replaceWith(noAccess)
  prepareBlocks(source)
  const ids = headingsOf(source).map(({ id }) => id)
  const text = DocumentParser.fromSchema(schema).parse(source, { preserveWhitespace: 'full' })
  return { text, ids }
}

function headingsOf(text: DocumentFragment): Element[] {
  return [...text.children].filter((child) => /^H[2-4]$/.test(child.tagName))
}

/** The text as elements of this document; headings keep the ids that the server gave them. */
export function renderReading(
  html: string,
  words: PageLinkWords & { blocks: BlockWords },
): DocumentFragment {
  const { text, ids } = readSent(html, words.noAccess())
  const target = DOMSerializer.fromSchema(text.type.schema).serializeFragment(text.content)
  for (const link of target.querySelectorAll<HTMLElement>('a.wl')) {
    const attributes: PageLinkAttributes = {
      page: link.dataset['page'] ?? '',
      label: link.dataset['label'] ?? null,
    }
    showPageLink(link, attributes, { title: attributes.label ?? '' }, words)
  }
  const fragment = document.createDocumentFragment()
  fragment.append(target)
  headingsOf(fragment).forEach((heading, index) => {
    const id = ids[index]
    if (id !== undefined && id.startsWith('h-')) heading.id = id
  })
  showBlocks(fragment, words.blocks)
  // An empty line keeps its height, as in the editor.
  for (const line of fragment.querySelectorAll('p:empty, h2:empty, h3:empty, h4:empty')) {
    line.append(document.createElement('br'))
  }
  return fragment
}

/**
 * The text for reading, from the HTML that the server sends first. It is read by the page's own
 * schema, so it can hold nothing that the editor could not, and looks the same when the editor
 * takes over.
 */
import { getSchema } from '@tiptap/core'
import { DOMParser as DocumentParser, DOMSerializer } from '@tiptap/pm/model'

import { pageSchemaExtensions } from '../schema'
import type { PageLinkAttributes } from '../schema/page-link'
import { showPageLink, type PageLinkWords } from './page-link-view'

interface HtmlPolicy {
  createHTML(html: string): unknown
}
interface PolicyFactory {
  createPolicy(name: string, rules: HtmlPolicy): HtmlPolicy
}

let policy: HtmlPolicy | undefined

/** Parses HTML without running or loading anything of it. */
function inert(html: string): DocumentFragment {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
  policy ??= factory?.createPolicy('denkraum', { createHTML: (text) => text }) ?? {
    createHTML: (text) => text,
  }
  const template = document.createElement('template')
  template.innerHTML = policy.createHTML(html) as string
  return template.content
}

let schema: ReturnType<typeof getSchema> | undefined

/** The text as elements of this document; headings keep the ids that the server gave them. */
export function renderReading(html: string, words: PageLinkWords): DocumentFragment {
  schema ??= getSchema(pageSchemaExtensions())
  const source = inert(html)
  for (const link of source.querySelectorAll<HTMLElement>('a[data-page]')) {
    link.dataset['label'] = link.textContent
  }
  for (const hidden of source.querySelectorAll('.page-link-hidden')) {
    hidden.replaceWith(words.noAccess())
  }
  const ids = [...source.children].filter((child) => /^H[2-4]$/.test(child.tagName))
  const text = DocumentParser.fromSchema(schema).parse(source)
  const target = DOMSerializer.fromSchema(schema).serializeFragment(text.content)
  for (const link of target.querySelectorAll<HTMLElement>('a.wl')) {
    const attributes: PageLinkAttributes = {
      page: link.dataset['page'] ?? '',
      label: link.dataset['label'] ?? null,
    }
    showPageLink(link, attributes, { title: attributes.label ?? '' }, words)
  }
  const fragment = document.createDocumentFragment()
  fragment.append(target)
  const headings = [...fragment.children].filter((child) => /^H[2-4]$/.test(child.tagName))
  headings.forEach((heading, index) => {
    const id = ids[index]?.id
    if (id !== undefined && id.startsWith('h-')) heading.id = id
  })
  // An empty line keeps its height, as in the editor.
  for (const line of fragment.querySelectorAll('p:empty, h2:empty, h3:empty, h4:empty')) {
    line.append(document.createElement('br'))
  }
  return fragment
}

/**
 * A link to another page of Denkraum: an inline atom that holds the page's id and, if someone chose
 * other words, a label. The title is never stored; who shows the link looks it up for its reader.
 */
import { Node } from '@tiptap/core'

import pageSchema from '../../../data/schema/page.json'
import { isPageId } from './page-id'

const LABEL_MAX = pageSchema.nodes.pageLink.attributes.label.max

export interface PageLinkAttributes {
  /** Id of the page. */
  page: string
  /** Own words instead of the title; null follows the title. At most 200 UTF-16 units. */
  label: string | null
}

export const PageLink = Node.create({
  name: 'pageLink',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  draggable: false,
  addAttributes: () => ({ page: { default: null }, label: { default: null } }),
  parseHTML: () => [
    {
      tag: 'a[data-page]',
      priority: 60,
      getAttrs: (element) => {
        const page = element.getAttribute('data-page')
        if (!isPageId(page)) return false
        const label = element.getAttribute('data-label')
        return { page, label: label === null || label === '' ? null : label.slice(0, LABEL_MAX) }
      },
    },
  ],
  renderHTML: ({ node }) => {
    const { page, label } = node.attrs as PageLinkAttributes
    const attributes: Record<string, string> = { 'data-page': isPageId(page) ? page : '' }
    if (isPageId(page)) attributes['href'] = `/seiten/${page}`
    if (typeof label === 'string') attributes['data-label'] = label
    return ['a', { class: 'wl', ...attributes }, typeof label === 'string' ? label : '']
  },
  renderText: ({ node }) => {
    const { label } = node.attrs as PageLinkAttributes
    return typeof label === 'string' ? label : ''
  },
})

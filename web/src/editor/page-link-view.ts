/** Shows a page link with the live title of its page, or that the reader has no access to it. */
import type { NodeViewRenderer } from '@tiptap/core'

import { isPageId } from '../schema/page-id'
import type { PageLinkAttributes } from '../schema/page-link'
import type { PageTitle, Titles } from './titles'

export interface PageLinkWords {
  /** "Seite ohne Zugang". */
  noAccess: () => string
  /** "Ohne Titel". */
  untitled: () => string
}

/** Writes into a link what a reader may see of it. */
export function showPageLink(
  link: HTMLElement,
  { page, label }: PageLinkAttributes,
  found: PageTitle | undefined,
  words: PageLinkWords,
): void {
  const hidden = !isPageId(page) || found?.title === null
  link.classList.toggle('no-access', hidden)
  if (hidden) {
    link.removeAttribute('href')
    link.textContent = words.noAccess()
  } else {
    link.setAttribute('href', `/seiten/${page}`)
    const title = found === undefined ? '…' : found.title || words.untitled()
    link.textContent = typeof label === 'string' && label !== '' ? label : title
  }
}

export function pageLinkView(titles: Titles, words: PageLinkWords): NodeViewRenderer {
  return ({ node }) => {
    let attributes = node.attrs as PageLinkAttributes
    let found: PageTitle | undefined
    const dom = document.createElement('a')
    dom.className = 'wl'
    dom.contentEditable = 'false'
    const show = (): void => {
      dom.dataset['page'] = attributes.page
      showPageLink(dom, attributes, found, words)
    }
    const follow = (page: string): (() => void) =>
      titles.watch(page, (title) => {
        found = title
        show()
      })
    show()
    let stop = isPageId(attributes.page) ? follow(attributes.page) : () => undefined
    return {
      dom,
      update(next) {
        if (next.type !== node.type) return false
        const before = attributes.page
        attributes = next.attrs as PageLinkAttributes
        if (attributes.page !== before) {
          stop()
          found = undefined
          stop = isPageId(attributes.page) ? follow(attributes.page) : () => undefined
        }
        show()
        return true
      },
      ignoreMutation: () => true,
      destroy: () => stop(),
    }
  }
}

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

const SVG = 'http://www.w3.org/2000/svg'
/** Lucide "file-text" (ISC), drawn by hand because a node view has no components. */
const FILE_TEXT = [
  'M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z',
  'M14 2v5a1 1 0 0 0 1 1h5',
  'M10 9H8',
  'M16 13H8',
  'M16 17H8',
]

function icon(): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', 'i')
  svg.setAttribute('aria-hidden', 'true')
  for (const line of FILE_TEXT) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', line)
    svg.append(path)
  }
  return svg
}

/** Writes into a link what a reader may see of it. */
export function showPageLink(
  link: HTMLElement,
  { page, label }: PageLinkAttributes,
  found: PageTitle | undefined,
  words: PageLinkWords,
): void {
  const text = document.createElement('span')
  const hidden = !isPageId(page) || found?.title === null
  link.classList.toggle('no-access', hidden)
  if (hidden) {
    link.removeAttribute('href')
    text.textContent = words.noAccess()
  } else {
    link.setAttribute('href', `/seiten/${page}`)
    const title = found === undefined ? '…' : found.title || words.untitled()
    text.textContent = typeof label === 'string' && label !== '' ? label : title
  }
  link.replaceChildren(icon(), text)
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

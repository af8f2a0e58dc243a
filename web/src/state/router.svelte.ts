/**
 * Where the reader is.
 *
 * Links are plain `<a href>`: one listener at the document takes over those that stay inside the
 * application, everything else (other sites, new tabs, downloads) is the browser's.
 */
import { matchRoute, type Route } from './address'

export interface GoOptions {
  /** Changes the address without a new entry in the browser's history. */
  replace?: boolean
  /** The reader stays where they have scrolled to. A new entry begins at the top otherwise. */
  keepScroll?: boolean
}

const mark = 'was here'

export class Router {
  #url = $state.raw(new URL('http://localhost/'))
  #window: Window
  readonly route: Route = $derived(matchRoute(this.#url.pathname))

  constructor(window: Window) {
    this.#window = window
    this.#url = new URL(window.location.href)
  }

  get path(): string {
    return this.#url.pathname
  }

  get query(): URLSearchParams {
    return this.#url.searchParams
  }

  /** What stands behind the `#` of the address, without it. */
  get fragment(): string {
    return this.#url.hash.slice(1)
  }

  /** Path and query, for the way back after signing in. */
  get here(): string {
    return this.#url.pathname + this.#url.search
  }

  /** Begins to listen; the function it returns ends it. */
  listen(): () => void {
    const onpopstate = (): void => this.#read()
    const onclick = (event: MouseEvent): void => this.#follow(event)
    this.#window.addEventListener('popstate', onpopstate)
    this.#window.document.addEventListener('click', onclick)
    return () => {
      this.#window.removeEventListener('popstate', onpopstate)
      this.#window.document.removeEventListener('click', onclick)
    }
  }

  go(href: string, options: GoOptions = {}): void {
    const url = new URL(href, this.#window.location.href)
    if (url.href === this.#url.href) return
    if (options.replace) this.#window.history.replaceState(null, '', url)
    else this.#window.history.pushState(null, '', url)
    this.#url = url
    if (!options.replace && !options.keepScroll) this.#window.scrollTo(0, 0)
  }

  /** Leaves a mark at this place in the browser's history, which is found there on the way back. */
  mark(): void {
    this.#window.history.replaceState(mark, '', this.#url)
  }

  /** Whether this place was marked: one came back to it. */
  get isMarked(): boolean {
    return this.#window.history.state === mark
  }

  #read(): void {
    this.#url = new URL(this.#window.location.href)
  }

  #follow(event: MouseEvent): void {
    const href = hrefToFollow(event, this.#window.location.origin)
    if (href === null) return
    event.preventDefault()
    this.go(href)
  }
}

/** The address a click leads to inside the application, or null where the click is not ours. */
export function hrefToFollow(event: MouseEvent, origin: string): string | null {
  if (event.defaultPrevented || event.button !== 0) return null
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null
  const target = event.target instanceof Element ? event.target.closest('a[href]') : null
  if (target === null || target.hasAttribute('download')) return null
  const frame = target.getAttribute('target')
  if (frame !== null && frame !== '' && frame !== '_self') return null
  // Links inside an SVG have an animated href; the attribute is the same for both kinds of link.
  const raw = target.getAttribute('href') ?? ''
  if (raw.startsWith('#')) return null
  const url = new URL(raw, target.ownerDocument.location.href)
  if (url.origin !== origin || url.pathname.startsWith('/api/')) return null
  return url.href
}

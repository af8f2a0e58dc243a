import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { hrefToFollow, Router } from './router.svelte'

let stop: () => void
let router: Router

beforeEach(() => {
  window.history.replaceState(null, '', '/')
  window.scrollTo = vi.fn()
  router = new Router(window)
  stop = router.listen()
})
afterEach(() => {
  stop()
  document.body.innerHTML = ''
})

function click(html: string, init: MouseEventInit = {}): MouseEvent {
  document.body.innerHTML = html
  const event = new MouseEvent('click', { bubbles: true, cancelable: true, ...init })
  // What is left to the browser must not really navigate the test window.
  document.addEventListener('click', (e) => e.preventDefault(), { once: true })
  document.body.querySelector('#x')?.dispatchEvent(event)
  return event
}

describe('the router', () => {
  it('follows a link inside the application, also from a word inside it', () => {
    click('<a href="/raeume/pankow"><b id="x">Pankow</b></a>')
    expect(router.route).toEqual({ name: 'space', space: 'pankow' })
    expect(window.location.pathname).toBe('/raeume/pankow')
  })

  it('follows the way back of the browser', () => {
    router.go('/raeume')
    window.history.replaceState(null, '', '/suche?q=kita')
    window.dispatchEvent(new PopStateEvent('popstate'))
    expect(router.route).toEqual({ name: 'search' })
    expect(router.query.get('q')).toBe('kita')
  })

  it('adds no entry to the history when it only replaces the address', () => {
    const before = window.history.length
    router.go('/suche?q=k', { replace: true })
    router.go('/suche?q=ki', { replace: true })
    expect(window.history.length).toBe(before)
    expect(router.here).toBe('/suche?q=ki')
  })

  it('begins a new entry at the top unless the reader is to stay where they are', () => {
    router.go('/suche?q=k', { keepScroll: true })
    expect(window.scrollTo).not.toHaveBeenCalled()
    router.go('/raeume')
    expect(window.scrollTo).toHaveBeenCalledExactlyOnceWith(0, 0)
  })
})

describe('a click that is not ours', () => {
  const follow = (html: string, init: MouseEventInit = {}): string | null => {
    let result: string | null = 'not asked'
    document.addEventListener(
      'click',
      (event) => (result = hrefToFollow(event, window.location.origin)),
      { once: true, capture: true },
    )
    click(html, init)
    return result
  }

  it.each([
    ['<a id="x" href="https://foreign.example/">x</a>', {}],
    ['<a id="x" href="/raeume" target="_blank">x</a>', {}],
    ['<a id="x" href="/datei" download>x</a>', {}],
    ['<a id="x" href="#inhalt">x</a>', {}],
    ['<a id="x" href="/api/v1/pages/1/export">x</a>', {}],
    ['<a id="x" href="/raeume">x</a>', { ctrlKey: true }],
    ['<a id="x" href="/raeume">x</a>', { metaKey: true }],
    ['<a id="x" href="/raeume">x</a>', { button: 1 }],
    ['<button id="x">x</button>', {}],
  ])('stays with the browser: %s %o', (html, init) => {
    expect(follow(html, init)).toBeNull()
  })

  it('is compared with one that is', () => {
    expect(follow('<a id="x" href="/raeume">x</a>')).toBe('http://localhost:3000/raeume')
  })
})

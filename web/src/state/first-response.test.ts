import { afterEach, describe, expect, it } from 'vitest'

import { EarlyKeys, isFirstShown, takeOver } from './first-response'

afterEach(() => document.body.replaceChildren())

function show(mayWrite: boolean): EarlyKeys {
  const early = (where: string): string => (mayWrite ? `data-early="${where}"` : '')
  const window = document.createElement('div')
  document.body.replaceChildren(window)
  window.innerHTML =
    `<div id="first"><h1 ${early('title')}>Titel</h1><div ${early('field:summary')}><p>Antwort</p></div>` +
    `<div ${early('text')}><div class="prose"><p class="t">Text</p><a href="#x">Verweis</a></div></div></div>`
  const keys = new EarlyKeys()
  keys.listen(window)
  return keys
}

const click = (selector: string): void => document.querySelector<HTMLElement>(selector)?.click()

/** What has the focus, if it takes letters. */
function field(): HTMLTextAreaElement | null {
  const { activeElement } = document
  return activeElement instanceof HTMLTextAreaElement ? activeElement : null
}

function type(text: string): void {
  const found = field()
  if (found === null) throw new Error('nothing takes letters')
  found.value += text
}

describe('the page that the server sent', () => {
  it('gives way once', () => {
    show(true)
    expect(isFirstShown()).toBe(true)
    takeOver()
    takeOver()
    expect(isFirstShown()).toBe(false)
  })

  it('keeps what is typed after a click into title, answer and text', async () => {
    const keys = show(true)
    expect(await keys.take()).toEqual([])
    click('.t')
    type('a\nb')
    click('h1')
    type('c')
    click('#first p')
    click('h1')
    type('d')
    const early = await keys.take()
    // What has the focus comes last; where nothing was typed nothing is changed.
    expect(early.map(({ where, text }) => [where, text])).toEqual([
      ['text', 'a\nb'],
      ['title', 'cd'],
    ])
    expect(document.querySelectorAll('textarea')).toHaveLength(0)
    expect(await keys.take()).toEqual([])
  })

  it('remembers the place without a letter', async () => {
    const keys = show(true)
    click('#first p')
    expect((await keys.take()).map(({ where, text }) => [where, text])).toEqual([
      ['field:summary', ''],
    ])
  })

  it('waits for the end of a composition', async () => {
    const keys = show(true)
    click('.t')
    const composed = field()
    composed?.dispatchEvent(new Event('compositionstart'))
    type('´')
    const taken = keys.take()
    if (composed !== null) composed.value = 'é'
    composed?.dispatchEvent(new Event('compositionend'))
    expect((await taken).map(({ text }) => text)).toEqual(['é'])
  })

  it('leaves readers and links alone, and stops with Escape', async () => {
    const reader = show(false)
    for (const selector of ['h1', '#first p', '.t']) click(selector)
    expect(field()).toBeNull()
    expect(await reader.take()).toEqual([])
    const keys = show(true)
    click('a')
    expect(field()).toBeNull()
    click('.t')
    type('a')
    field()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
    expect(await keys.take()).toEqual([])
  })
})

import { afterEach, describe, expect, it } from 'vitest'

import { EarlyKeys, isFirstShown, takeOver } from './first-response'

afterEach(() => document.body.replaceChildren())

function show(editable: boolean): HTMLElement {
  document.body.innerHTML =
    `<div id="first"><div data-editable="${editable}"><div class="prose"><p>Text</p>` +
    '<a href="/x">Verweis</a></div></div></div><div id="app"></div>'
  return document.querySelector('p') as HTMLElement
}

function press(target: Element, ...keys: string[]): boolean[] {
  return keys.map((key) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    target.dispatchEvent(event)
    return event.defaultPrevented
  })
}

function point(target: Element): void {
  target.dispatchEvent(new MouseEvent('pointerdown', { bubbles: true, button: 0 }))
}

describe('the page that the server sent', () => {
  it('gives way once', () => {
    show(true)
    expect(isFirstShown()).toBe(true)
    takeOver()
    takeOver()
    expect(isFirstShown()).toBe(false)
  })

  it('keeps what is typed after a click into the text', () => {
    const text = show(true)
    const keys = new EarlyKeys()
    keys.listen(document)
    expect(press(text, 'x')).toEqual([false])
    expect(keys.take()).toBeNull()
    point(text)
    expect(press(text, 'a', 'b', 'Backspace', 'Enter', 'c', 'Shift')).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ])
    expect(keys.take()?.text).toBe('a\nc')
    expect(keys.take()).toBeNull()
  })

  it('leaves readers, links and shortcuts alone', () => {
    const keys = new EarlyKeys()
    keys.listen(document)
    point(show(false))
    expect(keys.take()).toBeNull()
    show(true)
    point(document.querySelector('a') as HTMLElement)
    expect(keys.take()).toBeNull()
    const text = show(true)
    point(text)
    press(text, 'Escape', 'a')
    expect(keys.take()).toBeNull()
  })
})

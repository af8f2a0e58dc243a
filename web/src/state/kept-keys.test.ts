import { describe, expect, it } from 'vitest'

import { KeptKeys } from './kept-keys'

function press(...keys: string[]): boolean[] {
  return keys.map((key) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    document.body.dispatchEvent(event)
    return event.defaultPrevented
  })
}

function listening(): KeptKeys {
  const keys = new KeptKeys()
  keys.listen(document)
  return keys
}

describe('letters typed before their field is there', () => {
  it('are kept only when something is on its way, and given once', () => {
    const keys = listening()
    expect(press('x')).toEqual([false])
    keys.keep()
    expect(press('a', 'b', 'Backspace', 'ä', 'Enter', 'Shift')).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ])
    expect(keys.take()).toBe('aä')
    expect(press('y')).toEqual([false])
    expect(keys.take()).toBe('')
  })

  it('are let go by Escape, Tab and a press elsewhere', () => {
    for (const leave of [
      () => press('Escape'),
      () => press('Tab'),
      () => document.body.dispatchEvent(new MouseEvent('pointerdown', { bubbles: true })),
    ]) {
      const keys = listening()
      keys.keep()
      press('a')
      leave()
      expect(press('b')).toEqual([false])
      expect(keys.take()).toBe('')
    }
  })

  it('leave shortcuts alone', () => {
    const keys = listening()
    keys.keep()
    const event = new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, cancelable: true })
    document.body.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(false)
  })
})

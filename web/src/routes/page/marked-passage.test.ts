import { afterEach, describe, expect, it } from 'vitest'

import { markedPassage } from './marked-passage'

function mark(html: string, selector: string): string {
  document.body.innerHTML = html
  const marked = document.querySelector(selector)
  const selection = document.getSelection()
  if (marked === null || selection === null) throw new Error('nothing to mark')
  selection.selectAllChildren(marked)
  return markedPassage(selection)
}

const sentence = 'Hebammen besuchen Familien mit Säuglingen.'

afterEach(() => document.getSelection()?.removeAllRanges())

describe('the marked passage', () => {
  it('is what is marked in the text of the page', () => {
    expect(mark(`<div class="prose"><p>${sentence}</p></div>`, 'p')).toBe(sentence)
    expect(mark(`<div class="ProseMirror"><p>${sentence}</p></div>`, 'p')).toBe(sentence)
  })

  it('is nothing where little, nothing or something else is marked', () => {
    expect(mark('<div class="prose"><p>Hebammen</p></div>', 'p')).toBe('')
    expect(mark(`<nav><p>${sentence}</p></nav>`, 'p')).toBe('')
    document.getSelection()?.removeAllRanges()
    expect(markedPassage()).toBe('')
  })

  it('has no more letters than the server takes', () => {
    const long = 'Wörter '.repeat(500)
    const passage = mark(`<div class="prose"><p>${long}</p></div>`, 'p')
    expect([...passage]).toHaveLength(2_000)
  })
})

/** Where comments are in a text that several people write. */
import type { Editor } from '@tiptap/core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'

import { applyBlock } from './blocks'
import { commentMarks, setCommentMarks, type MarkedPassage } from './comment-marks'
import { passageAt, placeOf, QUOTED, type Passage } from './comment-places'
import { closeDesks, exchange, layOut, open, type Desk } from './desk'
import { findMatches } from './find'
import { TextComments } from './text-comments'

beforeAll(layOut)
afterEach(closeDesks)

/** A person at a text with these paragraphs, and another one with the same. */
function two(...paragraphs: string[]): [Desk, Desk] {
  const one = open()
  one.editor.commands.setContent(paragraphs.map((text) => `<p>${text}</p>`).join(''))
  const other = open()
  exchange(one, other)
  return [one, other]
}

function rangeOf({ state }: Editor, words: string) {
  const [found] = findMatches(state.doc, { text: words, exact: true })
  if (found === undefined) throw new Error(`no ${words}`)
  return found
}

function passageOf(editor: Editor, words: string): Passage {
  const passage = passageAt(editor.state, rangeOf(editor, words))
  if (passage === null) throw new Error(`no passage ${words}`)
  return passage
}

/** The words that a passage has now; null: it has none. */
function wordsOf({ state }: Editor, passage: Passage): string | null {
  const place = placeOf(state, passage)
  return place === null ? null : state.doc.textBetween(place.from, place.to, '|')
}

function write({ editor }: Desk, behind: string, text: string): void {
  editor.commands.insertContentAt(rangeOf(editor, behind).to, text)
}

describe('a passage', () => {
  it('is found where it was made, by everybody', () => {
    const [one, other] = two('Eine Familie fragt.', 'Zwei Familien fragen.')
    for (const words of ['Eine', 'Familie fragt.', 'Zwei', 'Familien fragen.']) {
      const passage = passageOf(one.editor, words)
      expect(passage.quote).toBe(words)
      expect([one, other].map(({ editor }) => wordsOf(editor, passage))).toEqual([words, words])
    }
  })

  it('takes in what is written between its letters and nothing of what is written beside it', () => {
    const [one, other] = two('Eine Familie fragt.', 'Ende')
    const passage = passageOf(one.editor, 'Familie')
    write(other, 'Eine ', 'andere ')
    write(other, 'Fami', '-')
    write(other, 'lie', ' aus Pankow')
    exchange(one, other)
    for (const { editor } of [one, other]) {
      expect(wordsOf(editor, passage)).toBe('Fami-lie')
      expect(editor.getText()).toContain('Eine andere Fami-lie aus Pankow fragt.')
    }
  })

  it('reaches over blocks, and moves with what others write above it', () => {
    const [one, other] = two('Eins', 'Zwei', 'Drei')
    const range = { from: rangeOf(one.editor, 'wei').from, to: rangeOf(one.editor, 'Dr').to }
    const passage = passageAt(one.editor.state, range) as Passage
    expect(passage.quote).toBe('wei Dr')
    other.editor.commands.insertContentAt(0, '<p>Null</p>')
    exchange(one, other)
    expect(wordsOf(one.editor, passage)).toBe('wei|Dr')
  })

  it('shrinks with what is deleted of it and is gone with the last letter', () => {
    const [one, other] = two('Eine Familie fragt.')
    const passage = passageOf(one.editor, 'Familie')
    const shortened = (): (string | null)[] =>
      [one, other].map(({ editor }) => wordsOf(editor, passage))
    other.editor.commands.deleteRange(rangeOf(other.editor, 'lie'))
    exchange(one, other)
    expect(shortened()).toEqual(['Fami', 'Fami'])
    other.editor.commands.deleteRange(rangeOf(other.editor, 'Fami'))
    exchange(one, other)
    expect(shortened()).toEqual([null, null])
  })

  it('is found by its words when its block became another, unless they stand there twice', () => {
    const [one, other] = two('Eine Familie fragt.', 'Ende')
    const passage = passageOf(one.editor, 'Familie fragt')
    other.editor.commands.setTextSelection(rangeOf(other.editor, 'Eine').from)
    applyBlock(other.editor, 'heading2')
    exchange(one, other)
    expect(one.editor.getHTML()).toContain('<h3')
    expect(wordsOf(one.editor, passage)).toBe('Familie fragt')
    write(other, 'Ende', ' Familie fragt')
    exchange(one, other)
    expect(wordsOf(one.editor, passage)).toBeNull()
  })

  it('quotes its beginning alone where it is long, and nothing without words', () => {
    const [one] = two('ü'.repeat(400), 'Ende')
    const all = { from: 1, to: 401 }
    expect(passageAt(one.editor.state, all)?.quote).toBe('ü'.repeat(QUOTED))
    expect(passageAt(one.editor.state, { from: 401, to: 403 })).toBeNull()
  })

  it('of foreign bytes has no place, and only its words count', () => {
    const [one] = two('Eine Familie fragt.')
    for (const point of ['', '!', 'AAAA', '//////8=', btoa('x'.repeat(60))]) {
      const passage = { start: point, end: point, quote: 'nicht da' }
      expect(placeOf(one.editor.state, passage)).toBeNull()
      expect(wordsOf(one.editor, { ...passage, quote: 'Familie' })).toBe('Familie')
    }
  })
})

describe('marks', () => {
  const marked = ({ editor }: Desk): (string | null)[] =>
    [...editor.view.dom.querySelectorAll('.cmark')].map((mark) => mark.textContent)

  function show(desk: Desk, ...words: string[]): MarkedPassage[] {
    const passages = words.map((one) => ({ id: one, ...passageOf(desk.editor, one) }))
    setCommentMarks(desk.editor, { passages })
    return passages
  }

  it('follow own letters and those of others, and are no part of the text', () => {
    const [one, other] = two('Eine Familie fragt.', 'Ende')
    show(one, 'Familie')
    write(one, 'Eine ', 'kleine ')
    write(one, 'Fam', 'x')
    expect(marked(one)).toEqual(['Famxilie'])
    exchange(one, other)
    write(other, 'Famxilie', ' hier')
    exchange(one, other)
    expect(marked(one)).toEqual(['Famxilie'])
    expect(one.editor.getHTML()).not.toContain('cmark')
    expect(marked(other)).toEqual([])
  })

  it('go with the passage and come back when that is taken back', () => {
    const [one] = two('Eine Familie fragt.')
    show(one, 'Familie')
    one.undo.stopCapturing()
    one.editor.commands.deleteRange(rangeOf(one.editor, 'Familie '))
    expect(marked(one)).toEqual([])
    expect([...commentMarks(one.editor.state).places]).toEqual([])
    one.undo.undo()
    expect(marked(one)).toEqual(['Familie'])
  })

  it('say which one is looked at without ending the running step of undo', () => {
    const [one] = two('Eine Familie fragt.')
    show(one, 'Familie')
    write(one, 'Eine', ' a')
    setCommentMarks(one.editor, { active: 'Familie' })
    write(one, 'Eine a', 'b')
    expect(one.editor.view.dom.querySelector('.cmark.now')?.textContent).toBe('Familie')
    one.undo.undo()
    expect(one.editor.getText()).not.toContain('ab')
    expect(one.editor.getText()).not.toContain(' a ')
  })

  it('are gone through in the order of the text, from the caret and around the ends', () => {
    const [one] = two('Eins', 'Zwei', 'Drei')
    show(one, 'Drei', 'Eins')
    const text = new TextComments(one.editor)
    one.editor.commands.setTextSelection(rangeOf(one.editor, 'Zwei').from)
    expect(text.order()).toEqual(['Eins', 'Drei'])
    expect([text.beside(1, null), text.beside(-1, null)]).toEqual(['Drei', 'Eins'])
    expect([text.beside(1, 'Drei'), text.beside(-1, 'Eins')]).toEqual(['Eins', 'Drei'])
    expect(new TextComments(open().editor).beside(1, null)).toBeNull()
  })
})

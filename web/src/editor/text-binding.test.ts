/** The title's field and the shared text stay the same, whoever types, however they type. */
import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'

import { Random } from './random-pages'
import { cut, difference, movedBy } from './splice'
import { TextBinding } from './text-binding'

/** A half of a surrogate pair without its other half. */
const TORN = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

let cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups) cleanup()
  cleanups = []
})

function bind(initial = '', max = 400) {
  const doc = new Y.Doc()
  const text = doc.getText('title')
  text.insert(0, initial)
  const field = document.createElement('textarea')
  document.body.append(field)
  field.focus()
  const carets: unknown[] = []
  const undo = new Y.UndoManager(text, {
    captureTimeout: 0,
    trackedOrigins: new Set([TextBinding]),
  })
  const binding = new TextBinding({
    field,
    text,
    max,
    undo: () => undo.undo(),
    redo: () => undo.redo(),
    oncaret: (place) => carets.push(place),
  })
  cleanups.push(() => {
    binding.destroy()
    field.remove()
  })
  /** Types like a browser: changes the value, puts the caret behind it, fires the event. */
  const type = (at: number, remove: number, insert: string): void => {
    field.value = field.value.slice(0, at) + insert + field.value.slice(at + remove)
    field.setSelectionRange(at + insert.length, at + insert.length)
    field.dispatchEvent(new InputEvent('input', { inputType: 'insertText', data: insert }))
  }
  const fire = (name: string): boolean => field.dispatchEvent(new Event(name))
  return { doc, text, field, type, fire, carets }
}

describe('the difference between two texts', () => {
  test('is the place of typing when letters repeat', () => {
    expect(difference('aaa', 'aaaa', 1)).toEqual({ at: 0, remove: 0, insert: 'a' })
    expect(difference('aaa', 'aaaa', 4)).toEqual({ at: 3, remove: 0, insert: 'a' })
    expect(difference('aaa', 'aa', 1)).toEqual({ at: 1, remove: 1, insert: '' })
  })

  test('never tears a surrogate pair', () => {
    // Both share the high half.
    expect(difference('👩', '👨', 2)).toEqual({ at: 0, remove: 2, insert: '👨' })
    // Both share the low half.
    expect(difference('😀', '🐀', 2)).toEqual({ at: 0, remove: 2, insert: '🐀' })
    expect(difference('a👍b', 'a👍👍b', 5)).toEqual({ at: 3, remove: 0, insert: '👍' })
  })

  test('turns the one into the other for any two texts', () => {
    const random = new Random(7)
    const alphabet = ['a', 'b', '👩', '👨', '😀', '🐀', 'ß']
    const word = () => Array.from({ length: random.below(6) }, () => random.pick(alphabet)).join('')
    for (let round = 0; round < 3000; round += 1) {
      const before = word()
      const after = word()
      const change = difference(before, after, random.below(after.length + 1))
      const applied =
        change === null
          ? before
          : before.slice(0, change.at) + change.insert + before.slice(change.at + change.remove)
      expect(applied).toBe(after)
      if (change !== null) expect(change.insert).not.toMatch(TORN)
    }
  })

  test('a text is cut between characters', () => {
    expect(cut('a😀', 2)).toBe('a')
    expect(cut('a😀', 3)).toBe('a😀')
    expect(cut('abc', -1)).toBe('')
  })

  test('a place moves with what others do before it', () => {
    expect(movedBy([{ insert: 'xx' }], 3)).toBe(5)
    expect(movedBy([{ retain: 3 }, { insert: 'xx' }], 3)).toBe(3)
    expect(movedBy([{ retain: 1 }, { delete: 4 }], 3)).toBe(1)
    expect(movedBy([{ retain: 5 }, { delete: 1 }], 3)).toBe(3)
  })
})

describe('typing', () => {
  test('becomes an insertion and a deletion at the right UTF-16 place', () => {
    const { text, type } = bind('👩‍👧 Café')
    type(6, 4, 'Kita')
    expect(text.toJSON()).toBe('👩‍👧 Kita')
    type(0, 0, '😀')
    expect(text.toJSON()).toBe('😀👩‍👧 Kita')
  })

  test('changes only what was typed, so that others keep their words', () => {
    const { doc, text, type } = bind('Elterncafé')
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    other.getText('title').insert(10, ' vor der Kita')
    type(0, 0, 'Das ')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    expect(text.toJSON()).toBe('Das Elterncafé vor der Kita')
  })

  test('stops at the limit and keeps the field equal to the text', () => {
    const { text, field, type } = bind('12345678', 10)
    type(4, 0, 'abcdef')
    expect(text.toJSON()).toBe('1234ab5678')
    expect(field.value).toBe('1234ab5678')
    expect(field.selectionStart).toBe(6)
  })

  test('pasted lines become one line', () => {
    const { text, field, type } = bind()
    type(0, 0, 'Eltern\r\n  café')
    expect(text.toJSON()).toBe('Eltern café')
    expect(field.value).toBe('Eltern café')
  })

  test('of others moves the caret with the text', () => {
    const { doc, field, text } = bind('abc')
    field.setSelectionRange(2, 2)
    doc.transact(() => text.insert(0, '😀'), 'remote')
    expect(field.value).toBe('😀abc')
    expect(field.selectionStart).toBe(4)
  })

  test('tells where the caret is, and that it has left', () => {
    const { field, carets, fire } = bind('abc')
    field.setSelectionRange(1, 3, 'backward')
    document.dispatchEvent(new Event('selectionchange'))
    expect(carets.at(-1)).toEqual({ anchor: 3, head: 1 })
    fire('blur')
    expect(carets.at(-1)).toBeNull()
  })
})

describe('composing', () => {
  test('is not disturbed by others, whose words appear at its end', () => {
    const { doc, text, field, type, fire } = bind('Kita Café')
    field.setSelectionRange(5, 5)
    fire('compositionstart')
    type(5, 0, 'に')
    doc.transact(() => text.insert(0, 'Die '), 'remote')
    expect(field.value).toBe('Kita にCafé')
    type(5, 1, 'にほ')
    type(5, 2, '日本')
    expect(field.value).toBe('Kita 日本Café')
    fire('compositionend')
    expect(text.toJSON()).toBe('Die Kita 日本Café')
    expect(field.value).toBe('Die Kita 日本Café')
  })

  test('survives that others delete around and within it', () => {
    const { doc, text, field, type, fire } = bind('alpha beta')
    fire('compositionstart')
    type(6, 0, 'x')
    doc.transact(() => text.delete(0, 8), 'remote')
    type(7, 0, 'y')
    fire('compositionend')
    expect(text.toJSON()).toBe('yeta')
    expect(field.value).toBe('yeta')
  })

  test('ends the same in browsers that report the last input after the end', () => {
    const { text, field, fire, type } = bind('ab')
    fire('compositionstart')
    type(1, 0, 'n')
    field.value = 'aにb'
    field.setSelectionRange(2, 2)
    fire('compositionend')
    fire('input')
    expect(text.toJSON()).toBe('aにb')
    expect(field.value).toBe('aにb')
  })
})

test('the browser does not undo what others wrote', () => {
  const { text, type, field, doc } = bind('')
  type(0, 0, 'eigen')
  doc.transact(() => text.insert(0, 'fremd '), 'remote')
  const event = new InputEvent('beforeinput', { inputType: 'historyUndo', cancelable: true })
  field.dispatchEvent(event)
  expect(event.defaultPrevented).toBe(true)
  expect(text.toJSON()).toBe('fremd ')
  expect(field.value).toBe('fremd ')
})

test('two fields and random typing end with equal texts', () => {
  const random = new Random(11)
  for (let round = 0; round < 60; round += 1) {
    const one = bind('Start')
    const two = bind()
    Y.applyUpdate(two.doc, Y.encodeStateAsUpdate(one.doc))
    for (let turn = 0; turn < 20; turn += 1) {
      const side = random.pick([one, two])
      const length = side.field.value.length
      const choice = random.below(6)
      if (choice === 0) side.fire('compositionstart')
      else if (choice === 1) side.fire('compositionend')
      else if (choice === 2) {
        Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(two.doc), 'remote')
        Y.applyUpdate(two.doc, Y.encodeStateAsUpdate(one.doc), 'remote')
      } else {
        const at = random.below(length + 1)
        side.type(at, random.below(Math.min(3, length - at) + 1), random.pick(['x', 'yz', '']))
      }
    }
    one.fire('compositionend')
    two.fire('compositionend')
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(two.doc), 'remote')
    Y.applyUpdate(two.doc, Y.encodeStateAsUpdate(one.doc), 'remote')
    expect(one.field.value).toBe(one.text.toJSON())
    expect(two.field.value).toBe(two.text.toJSON())
    expect(one.text.toJSON()).toBe(two.text.toJSON())
  }
})

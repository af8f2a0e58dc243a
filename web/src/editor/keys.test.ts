/** Every line of the overview of the keys: what it says happens, and no key is bound without a line. */
import { getExtensionField, type Editor, type KeyboardShortcutCommand } from '@tiptap/core'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'

import { isCommentKey, markStep } from './comment-keys'
import { closeDesks, layOut, open, type Desk } from './desk'
import { isHelpKey } from '../ui/frame/help-key'
import { KEY_GROUPS } from '../ui/frame/keys'

beforeAll(() => {
  layOut()
  Element.prototype.scrollIntoView = () => undefined
})
afterEach(closeDesks)

const NAMES: Record<string, string> = { '↑': 'ArrowUp', '↓': 'ArrowDown' }
const CODES: Record<string, string> = { '.': 'Period', ',': 'Comma', '/': 'Slash' }

/** Presses the keys of a line in the text, on a keyboard where each sign has a key of its own. */
function press(desk: Desk, line: string, changed: KeyboardEventInit = {}): KeyboardEvent {
  const keys = line.split(' ')
  const sign = keys.at(-1) ?? ''
  const shiftKey = keys.includes('shift')
  const isLetter = /^[A-Z]$/.test(sign)
  const isDigit = /^\d$/.test(sign)
  const code = isLetter ? `Key${sign}` : isDigit ? `Digit${sign}` : (CODES[sign] ?? sign)
  const event = new KeyboardEvent('keydown', {
    key: NAMES[sign] ?? (isLetter && !shiftKey ? sign.toLowerCase() : sign),
    code: NAMES[sign] ?? code,
    keyCode: isLetter || isDigit ? sign.charCodeAt(0) : 0,
    ctrlKey: keys.includes('ctrl'),
    altKey: keys.includes('Alt'),
    shiftKey,
    bubbles: true,
    cancelable: true,
    ...changed,
  })
  desk.editor.view.dom.dispatchEvent(event)
  return event
}

/** A desk with this text; `from` and `to` say what is selected, in places of the document. */
function write(html: string, from = 1, to = from): Desk {
  const desk = open()
  desk.editor.commands.setContent(html)
  desk.editor.view.focus()
  desk.editor.commands.setTextSelection({ from, to })
  return desk
}

/** What a text becomes when the keys are pressed. */
function after(line: string, html: string, from?: number, to?: number): string {
  const desk = write(html, from, to)
  expect(press(desk, line).defaultPrevented).toBe(true)
  return desk.editor.getHTML()
}

function type({ editor }: { editor: Editor }, text: string): void {
  editor.view.dispatch(editor.state.tr.insertText(text))
}

const marks = (tag: string) => (line: string) =>
  expect(after(line, '<p>Wort</p>', 1, 5)).toBe(`<p><${tag}>Wort</${tag}></p>`)
const becomes = (expected: string, html?: string) => (line: string) =>
  expect(after(line, html ?? '<p>Wort</p>')).toBe(expected)
const asks = (hook: Desk['asked'][number]) => (line: string) => {
  const desk = write('<p>Wort</p>', 1, 5)
  expect(press(desk, line).defaultPrevented).toBe(true)
  expect(desk.asked).toEqual([hook])
}
const LIST = '<ul><li><p>eins</p></li><li><p>zwei</p></li></ul>'
const NESTED = '<ul><li><p>eins</p><ul><li><p>zwei</p></li></ul></li></ul>'
const TABLE = '<table><tbody><tr><td><p>a</p></td><td><p>b</p></td></tr></tbody></table>'

/** Goes from cell to cell, or leaves the text where there is nothing to move. */
function moves(line: string, from: number, cell: string): void {
  const desk = write(TABLE, from)
  expect(press(desk, line).defaultPrevented).toBe(true)
  expect(desk.editor.state.selection.$from.parent.textContent).toBe(cell)
  expect(press(write('<p>Wort</p>'), line).defaultPrevented).toBe(false)
}

function redoes(line: string): void {
  const desk = write('<p></p>')
  desk.undo.stopCapturing()
  type(desk, 'Wort')
  desk.undo.undo()
  expect(desk.editor.getText()).toBe('')
  expect(press(desk, line).defaultPrevented).toBe(true)
  expect(desk.editor.getText()).toBe('Wort')
}

const CASES: Record<string, (line: string) => void> = {
  F1(line) {
    const event = press(write('<p>Wort</p>'), line)
    // The page listens, not the text.
    expect([isHelpKey(event), event.defaultPrevented]).toEqual([true, false])
  },
  'ctrl /'(line) {
    const event = press(write('<p>Wort</p>'), line)
    expect([isHelpKey(event), event.defaultPrevented]).toEqual([true, false])
    // A German keyboard has the slash on the 7: in the text it is the numbered list.
    const desk = write('<p>Wort</p>')
    const german = { key: '/', code: 'Digit7', keyCode: 55, shiftKey: true }
    expect(press(desk, line, german).defaultPrevented).toBe(true)
    expect(desk.editor.getHTML()).toBe('<ol><li><p>Wort</p></li></ol>')
  },
  'ctrl B': marks('strong'),
  'ctrl I': marks('em'),
  'ctrl shift S': marks('s'),
  'ctrl shift H': marks('mark'),
  'ctrl .': marks('sup'),
  'ctrl ,': marks('sub'),
  'ctrl E': marks('code'),
  'ctrl K'(line) {
    asks('onlink')(line)
    // Without a selection the key is not the text's.
    expect(press(write('<p>Wort</p>'), line).defaultPrevented).toBe(false)
  },
  'ctrl Alt 0': becomes('<p>Wort</p>', '<h2>Wort</h2>'),
  'ctrl Alt 1': becomes('<h2>Wort</h2>'),
  'ctrl Alt 2': becomes('<h3>Wort</h3>'),
  'ctrl Alt 3': becomes('<h4>Wort</h4>'),
  'ctrl shift 7': becomes('<ol><li><p>Wort</p></li></ol>'),
  'ctrl shift 8': becomes('<ul><li><p>Wort</p></li></ul>'),
  'ctrl shift 9': becomes('<ul class="tasks"><li data-checked="false"><p>Wort</p></li></ul>'),
  'ctrl shift B': becomes('<blockquote><p>Wort</p></blockquote>'),
  'ctrl Alt C': becomes('<pre><code>Wort</code></pre>'),
  'ctrl Alt F': asks('onfootnote'),
  'ctrl Alt N': asks('onmake'),
  'shift Enter'(line) {
    expect(after(line, '<p>Wort</p>', 3)).toBe('<p>Wo<br>rt</p>')
  },
  'ctrl Enter'(line) {
    const done = (state: boolean): string =>
      `<ul class="tasks"><li data-checked="${String(state)}"><p>Wort</p></li></ul>`
    expect(after(line, done(false), 4)).toBe(done(true))
    expect(after(line, done(true), 4)).toBe(done(false))
    expect(after(line, '<blockquote><p>Wort</p></blockquote>', 3)).toBe(
      '<blockquote><p>Wort</p></blockquote><p></p>',
    )
  },
  Tab(line) {
    expect(after(line, LIST, 11)).toBe(NESTED)
    moves(line, 4, 'b')
  },
  'shift Tab'(line) {
    expect(after(line, NESTED, 11)).toBe(LIST)
    moves(line, 9, 'a')
  },
  '[['() {
    const desk = write('<p>Zu </p>', 4)
    type(desk, '[[Kita')
    expect(desk.trigger()).toMatchObject({ kind: 'page', query: 'Kita' })
  },
  '/'() {
    const desk = write('<p></p>')
    type(desk, '/zit')
    expect(desk.trigger()).toMatchObject({ kind: 'block', query: 'zit' })
  },
  'Alt Enter': asks('onfields'),
  'Alt shift M': asks('onblock'),
  'Alt shift ↑'(line) {
    expect(after(line, '<p>eins</p><p>zwei</p>', 8)).toBe('<p>zwei</p><p>eins</p>')
  },
  'Alt shift ↓'(line) {
    expect(after(line, '<p>eins</p><p>zwei</p>', 2)).toBe('<p>zwei</p><p>eins</p>')
  },
  // The page listens, not the text.
  'ctrl Alt M'(line) {
    const event = press(write('<p>Wort</p>', 1, 5), line)
    expect([isCommentKey(event), event.defaultPrevented]).toEqual([true, false])
    const block = press(write('<p>Wort</p>'), 'Alt shift M')
    expect(isCommentKey(block)).toBe(false)
  },
  'Alt ↓'(line) {
    const event = press(write('<p>Wort</p>'), line)
    expect([markStep(event), event.defaultPrevented]).toEqual([1, false])
    expect(markStep(press(write('<p>Wort</p>'), 'Alt shift ↓'))).toBeNull()
  },
  'Alt ↑'(line) {
    const event = press(write('<p>Wort</p>'), line)
    expect([markStep(event), event.defaultPrevented]).toEqual([-1, false])
  },
  'ctrl H': asks('onfind'),
  'ctrl Z'(line) {
    const desk = write('<p></p>')
    desk.undo.stopCapturing()
    type(desk, 'Wort')
    expect(press(desk, line).defaultPrevented).toBe(true)
    expect(desk.editor.getText()).toBe('')
  },
  'ctrl Y': redoes,
  'ctrl shift Z': redoes,
  'Alt F10': asks('ontoolbar'),
}

const lines = KEY_GROUPS.flatMap((group) => group.lines.map(({ keys }) => keys.join(' ')))

test('every line has a case, and every case a line', () => {
  expect(Object.keys(CASES).sort()).toEqual([...lines].sort())
})

describe('the keys', () => {
  test.each(Object.entries(CASES))('%s', (line, check) => check(line))
})

/** What every text does with these keys needs no line. */
const USUAL =
  /^(?:(?:ctrl |shift |Alt )*(?:Enter|Backspace|Delete|ArrowUp|ArrowDown|Escape)|ctrl A|Alt D|ctrl D)$/

test('no key is bound that has no line', () => {
  const { editor } = open()
  const bound = editor.extensionManager.extensions.flatMap((extension) => {
    const { name, options, storage } = extension
    const context = { name, options: options as unknown, storage: storage as unknown, editor }
    const shortcuts = getExtensionField<
      (() => Record<string, KeyboardShortcutCommand>) | undefined
    >(extension, 'addKeyboardShortcuts', context as never)
    return Object.keys(shortcuts?.() ?? {})
  })
  const words = bound.map((keys) =>
    keys
      .split('-')
      .map((key) => (/^[a-z]$/.test(key) ? key.toUpperCase() : key))
      .map((key) => ({ Mod: 'ctrl', Ctrl: 'ctrl', Shift: 'shift' })[key] ?? key)
      .join(' '),
  )
  const known = new Set(lines.map((line) => line.replace(/[↑↓]/, (sign) => NAMES[sign] ?? sign)))
  const plain = [...new Set(words)].map((keys) => keys.replace(/^Alt ctrl/, 'ctrl Alt'))
  expect(plain.length).toBeGreaterThan(20)
  expect(plain.filter((keys) => !known.has(keys) && !USUAL.test(keys))).toEqual([])
})

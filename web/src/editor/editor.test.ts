/** Two editors on one page: what both write stands, undo takes back own changes, nothing unknown is deleted. */
import { TextSelection } from '@tiptap/pm/state'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'

import { closeDesks, exchange, layOut, open, type Desk } from './desk'
import { isFromNewerVersion } from './foreign'
import { insertPageLink } from './menu'
import { randomMerge } from './random-pages'
import { TextBinding } from './text-binding'
import { dismissTrigger, triggerAt } from './trigger'

const PAGE = '01h8xgjwbwbaq4z5v6y7t8r9qa'
beforeAll(layOut)
afterEach(closeDesks)

function pair(html: string): [Desk, Desk] {
  const one = open()
  one.editor.commands.setContent(html)
  one.undo.clear()
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(one.doc))
  return [one, open(doc)]
}

describe('writing together', () => {
  test('two people who begin in the same empty paragraph both keep every letter', () => {
    const [one, two] = pair('<p></p>')
    for (let letter = 0; letter < 5; letter += 1) {
      one.editor.view.dispatch(one.editor.state.tr.insertText('a'))
      two.editor.view.dispatch(two.editor.state.tr.insertText('b'))
      if (letter % 2 === 1) exchange(one, two)
    }
    exchange(one, two)
    expect(one.editor.getText()).toBe(two.editor.getText())
    expect([...one.editor.getText()].sort().join('')).toBe('aaaaabbbbb')
    expect(one.doc.getXmlFragment('body').toJSON()).toBe(two.doc.getXmlFragment('body').toJSON())
  })

  test.each(['p', 'h2', 'h3', 'h4'])('the caret stays behind its letter in <%s>', (name) => {
    const [one, two] = pair(`<p>davor</p><${name}>Anfang</${name}><p>danach</p>`)
    for (const desk of [one, two]) desk.editor.view.focus()
    one.editor.commands.setTextSelection(14)
    for (const letter of 'ab') {
      two.editor.view.dispatch(two.editor.state.tr.insertText(letter, 8))
      exchange(one, two)
    }
    one.editor.view.dispatch(one.editor.state.tr.insertText('!'))
    expect(one.editor.getText({ blockSeparator: ' ' })).toBe('davor baAnfang! danach')
  })

  test.each([true, false])(
    'marks that two people set on the same words both stay, selected forwards or not: %s',
    (up) => {
      const [one, two] = pair('<p>davor</p><p>Anfang</p><p>danach</p>')
      for (const desk of [one, two]) desk.editor.view.focus()
      const { state, view } = one.editor
      const [from, to] = up ? [14, 8] : [8, 14]
      view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, from, to)))
      two.editor.chain().setTextSelection({ from: 8, to: 14 }).toggleMark('bold').run()
      exchange(one, two)
      one.editor.commands.toggleMark('italic')
      exchange(one, two)
      for (const { editor } of [one, two]) {
        expect(editor.getHTML()).toContain('<p><strong><em>Anfang</em></strong></p>')
      }
    },
  )

  test('after a title was taken back one sees what others write, and the caret stays', () => {
    const [one, two] = pair('<p>erste</p><p>zweite</p><p></p>')
    for (const desk of [one, two]) desk.editor.view.focus()
    one.editor.commands.setTextSelection(16)
    one.doc.transact(() => one.doc.getText('title').insert(0, 'Titel'), TextBinding)
    two.editor.commands.setContent('<p>neu</p>')
    exchange(one, two)
    one.editor.commands.setTextSelection(2)
    one.undo.undo()
    two.editor.view.dispatch(two.editor.state.tr.insertText('Ganz ', 1))
    exchange(one, two)
    one.editor.view.dispatch(one.editor.state.tr.insertText('!'))
    expect(one.editor.getText()).toBe('Ganz n!eu')
  })

  test('a paragraph that is split off begins with a text of its own', () => {
    const [one] = pair('<p>ab</p>')
    one.editor.chain().setTextSelection(3).splitBlock().run()
    const last = one.doc.getXmlFragment('body').get(1) as Y.XmlElement
    expect(last.get(0)).toBeInstanceOf(Y.XmlText)
  })

  test('undo takes back own changes only, in title and text alike', () => {
    const [one, two] = pair('<p>Anfang</p>')
    const field = document.createElement('textarea')
    const binding = new TextBinding({
      field,
      text: one.doc.getText('title'),
      max: 400,
      undo: () => one.undo.undo(),
      redo: () => one.undo.redo(),
    })
    one.editor.commands.insertContentAt(7, ' eins')
    one.undo.stopCapturing()
    field.value = 'Titel'
    field.dispatchEvent(new InputEvent('input'))
    two.editor.commands.insertContentAt(1, 'Zwei ')
    exchange(one, two)
    one.undo.undo()
    expect(field.value).toBe('')
    expect(one.editor.getText()).toBe('Zwei Anfang eins')
    one.undo.undo()
    expect(one.editor.getText()).toBe('Zwei Anfang')
    one.undo.undo()
    expect(one.editor.getText()).toBe('Zwei Anfang')
    one.undo.redo()
    exchange(one, two)
    expect(two.editor.getText()).toBe('Zwei Anfang eins')
    binding.destroy()
  })
})

test('while others type, undo still takes back what was typed in one go', () => {
  const [one, two] = pair('<p></p>')
  vi.useFakeTimers()
  for (const letter of ['e', 'i', 'n', 's']) {
    one.editor.view.dispatch(one.editor.state.tr.insertText(letter))
    two.editor.view.dispatch(two.editor.state.tr.insertText('2'))
    exchange(one, two)
    // Their carets move, too, and are drawn.
    one.awareness.setLocalStateField('moved', letter)
    vi.advanceTimersByTime(20)
  }
  vi.useRealTimers()
  one.undo.undo()
  expect(one.editor.getText()).toBe('2222')
})

describe('opening', () => {
  test('changes nothing in random merges, and neither does looking around', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const doc = randomMerge(seed)
      const before = Y.encodeStateAsUpdate(doc)
      const { editor } = open(doc)
      editor.view.dispatch(editor.state.tr.setMeta('look', true))
      expect(Y.encodeStateAsUpdate(doc), `seed ${seed}`).toEqual(before)
      editor.destroy()
    }
    // Forty editors take their time on a busy machine.
  }, 60_000)

  test('text of a newer version is not opened to edit', () => {
    const doc = new Y.Doc()
    doc.getXmlFragment('body').push([new Y.XmlElement('paragraph')])
    expect(isFromNewerVersion(doc)).toBe(false)
    const marked = new Y.XmlText()
    marked.insert(0, 'x', { futureMark: {} })
    doc.getXmlFragment('body').push([marked])
    expect(isFromNewerVersion(doc)).toBe(true)
    const newer = new Y.Doc()
    newer.getMap('meta').set('schema', 2)
    expect(isFromNewerVersion(newer)).toBe(true)
  })

  test('text of a newer version that arrives later is kept, and the editor lets go', () => {
    const [one, two] = pair('<p>Anfang</p>')
    two.editor.destroy()
    const future = new Y.XmlElement('future')
    two.doc.getXmlFragment('body').push([future])
    exchange(one, two)
    expect(one.foreign()).toBe(1)
    one.editor.view.dispatch(one.editor.state.tr.insertText('x', 1))
    expect(one.doc.getXmlFragment('body').toJSON()).toBe(
      '<paragraph>Anfang</paragraph><future></future>',
    )
  })

  test('a reader’s editor follows and cannot be typed into', () => {
    const [one, two] = pair('<p>Anfang</p>')
    two.editor.setEditable(false)
    one.editor.commands.insertContentAt(1, 'Der ')
    exchange(one, two)
    expect(two.editor.getText()).toBe('Der Anfang')
    expect(two.editor.view.dom.getAttribute('contenteditable')).toBe('false')
  })
})

describe('the text', () => {
  test('has what was pasted without what the page does not know', () => {
    const { editor } = open()
    editor.commands.setContent(
      '<h1>Eins</h1><table><tr><td>Zelle</td></tr></table>' +
        '<p><a href="javascript:alert(1)">böse</a> <a href="https://a.de">gut</a></p>' +
        '<ol start="3" type="a"><li>drei</li></ol><img src=x onerror=alert(1)>',
    )
    expect(editor.getHTML()).toBe(
      '<h2>Eins</h2><table><tbody><tr><td><p>Zelle</p></td></tr></tbody></table><p>böse <a href="https://a.de" rel="noopener noreferrer">gut</a></p>' +
        '<ol start="3"><li><p>drei</p></li></ol>',
    )
  })

  test('tells its headings with addresses', () => {
    const { editor, headings } = open()
    editor.commands.setContent(
      '<h2>Über Größe</h2><h3>Ziel</h3><h3>Ziel</h3><blockquote><h2>Innen</h2></blockquote><h2></h2>',
    )
    expect(headings()).toEqual([
      { id: 'h-ueber-groesse', level: 1, text: 'Über Größe' },
      { id: 'h-ziel', level: 2, text: 'Ziel' },
      { id: 'h-ziel-2', level: 2, text: 'Ziel' },
    ])
    expect(editor.view.dom.querySelector('#h-ziel-2')?.tagName).toBe('H3')
  })

  test('links a page in place of the typed sign and shows its live title', async () => {
    const { editor, doc } = open()
    editor.commands.setContent('<p>Dazu passt [[Lots</p>')
    editor.commands.setTextSelection(18)
    const trigger = triggerAt(editor.state)
    if (trigger === null) throw new Error('no sign found')
    expect(trigger).toMatchObject({ kind: 'page', query: 'Lots' })
    insertPageLink(editor, trigger, PAGE)
    await Promise.resolve()
    await Promise.resolve()
    await Promise.resolve()
    const link = editor.view.dom.querySelector('a.wl')
    expect(link?.textContent).toBe('Ziel')
    expect(link?.getAttribute('href')).toBe(`/seiten/${PAGE}`)
    expect(doc.getXmlFragment('body').toJSON()).toBe(
      // Yjs writes names in lower case here; the node is `pageLink`.
      `<paragraph>Dazu passt <pagelink page="${PAGE}"></pagelink></paragraph>`,
    )
  })

  test('a sign that was dismissed stays closed while one types on; the next one opens', () => {
    const { editor, trigger } = open()
    const type = (text: string): void => editor.view.dispatch(editor.state.tr.insertText(text))
    editor.commands.setContent('<p>a</p>')
    editor.view.focus()
    editor.commands.setTextSelection(2)
    type(' [[b')
    expect(trigger()).toMatchObject({ kind: 'page', query: 'b', from: 3, to: 6 })
    dismissTrigger(editor.view)
    expect(trigger()).toBeNull()
    type('c')
    expect(trigger()).toBeNull()
    expect(editor.getText()).toBe('a [[bc')
    type(' [[d')
    expect(trigger()).toMatchObject({ query: 'd' })
  })

  test('is not nested deeper than the server takes', () => {
    const { editor } = open()
    editor.commands.setContent('<p>a</p>')
    for (let depth = 0; depth < 60; depth += 1) editor.commands.wrapIn('blockquote')
    const quotes = editor.view.dom.querySelectorAll('blockquote').length
    expect(quotes).toBeGreaterThan(20)
    expect(quotes).toBeLessThan(31)
  })
})

test('a page that was just opened has nothing selected, so that the first key replaces nothing', () => {
  const doc = new Y.Doc()
  const first = open(doc)
  first.editor.commands.insertContent('Erster Absatz')
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  const later = open(other)
  expect(later.editor.state.selection.toJSON()).toEqual({ type: 'text', anchor: 1, head: 1 })
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  first.editor.commands.insertContent(' und mehr')
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  later.editor.view.dispatch(later.editor.state.tr.insertText('Vorn: '))
  expect(later.editor.getText()).toBe('Vorn: Erster Absatz und mehr')
})

/** The blocks a person makes, fills in, moves and leaves; what is stored of them. */
import { Editor } from '@tiptap/core'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'

import { pageSchemaExtensions } from '../schema'
import { FRAMES } from '../schema/frames'
import { mendPlugin } from '../schema/mend'
import { setField, setFootnoteText, storable } from './block-fields'
import { blockAround, deleteBlock, duplicateBlock, moveBlock, sectionAddress } from './block-moves'
import { applyBlock, BLOCKS, insertFootnote, toggleMark } from './blocks'
import { findMatches, findPlugin, foundIn, replaceAllFound, replaceFound, search } from './find'
import { LeaveBlock, toggleTask, writeBehind } from './leave-block'
import { wordsIn } from './outline'
import { canTable, runTable, TableEditing } from './table-editing'

beforeAll(() => {
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList
  Range.prototype.getBoundingClientRect = () => new DOMRect()
  Element.prototype.scrollIntoView = () => undefined
})

let opened: Editor[] = []
afterEach(() => {
  for (const editor of opened) editor.destroy()
  opened = []
})

/** An editor with this text; the caret stands behind the given words. */
function write(html: string, behind?: string): Editor {
  const element = document.createElement('div')
  document.body.append(element)
  const editor = new Editor({
    element,
    injectCSS: false,
    content: html,
    extensions: [...pageSchemaExtensions(), TableEditing, LeaveBlock],
  })
  editor.registerPlugin(mendPlugin(() => true))
  editor.registerPlugin(findPlugin())
  opened.push(editor)
  if (behind !== undefined) putCaret(editor, behind)
  return editor
}

function putCaret(editor: Editor, behind: string): void {
  editor.state.doc.descendants((node, at) => {
    const index = node.isText ? (node.text?.indexOf(behind) ?? -1) : -1
    if (index >= 0) editor.commands.setTextSelection(at + index + behind.length)
  })
}

function type(editor: Editor, text: string): void {
  for (const letter of text) {
    const { from, to } = editor.state.selection
    const insert = (): ReturnType<typeof editor.state.tr.insertText> =>
      editor.state.tr.insertText(letter, from, to)
    const used = editor.view.someProp('handleTextInput', (handle) =>
      handle(editor.view, from, to, letter, insert),
    )
    if (used !== true) editor.view.dispatch(insert())
  }
}

const steps = { stopCapturing: () => undefined }

describe('typing signs', () => {
  test.each([
    ['[ ] Einladen', '<ul class="tasks"><li data-checked="false"><p>Einladen</p></li></ul>'],
    ['[x] Einladen', '<ul class="tasks"><li data-checked="true"><p>Einladen</p></li></ul>'],
    ['> Zitat', '<blockquote><p>Zitat</p></blockquote>'],
    ['```js x', '<pre><code data-language="js">x</code></pre>'],
    ['das ist ==wichtig==', '<p>das ist <mark>wichtig</mark></p>'],
  ])('%s', (typed, expected) => {
    const editor = write('<p></p>')
    type(editor, typed)
    expect(editor.getHTML()).toBe(expected)
  })

  test('--- is a line, with a place to write on', () => {
    const editor = write('<p></p>')
    type(editor, '---')
    expect(editor.getHTML()).toContain('<hr>')
    type(editor, 'weiter')
    expect(editor.getText()).toContain('weiter')
  })

  test('- [ ] is a task, not a list with a sign', () => {
    const editor = write('<p></p>')
    type(editor, '- [ ] Einladen')
    expect(editor.getHTML()).toBe(
      '<ul class="tasks"><li data-checked="false"><p>Einladen</p></li></ul>',
    )
  })
})

describe('each block of the menu', () => {
  test.each(BLOCKS.filter((block) => block !== 'page'))(
    '%s keeps the words at the caret',
    (block) => {
      const editor = write('<p>Worte</p>', 'Worte')
      applyBlock(editor, block)
      expect(editor.getText()).toContain('Worte')
      expect(() => editor.state.doc.check()).not.toThrow()
    },
  )

  test.each(FRAMES)('%s frames the block and frees it again', (block) => {
    const editor = write('<p>Worte</p>', 'Worte')
    applyBlock(editor, block)
    expect(editor.state.doc.toString()).toBe(`doc(${block}(paragraph("Worte")))`)
    applyBlock(editor, block)
    expect(editor.state.doc.toString()).toBe('doc(paragraph("Worte"))')
  })

  test('what is above the line is not below it, and code shows no marks', () => {
    const editor = write('<p>H2O</p>')
    editor.commands.setTextSelection({ from: 2, to: 3 })
    toggleMark(editor, 'superscript')
    toggleMark(editor, 'subscript')
    expect(editor.getHTML()).toBe('<p>H<sub>2</sub>O</p>')
    const code = write('<pre><code>a</code></pre>')
    code.commands.selectAll()
    toggleMark(code, 'bold')
    expect(code.getHTML()).toBe('<pre><code>a</code></pre>')
  })
})

describe('attributes', () => {
  test('are stored only as the page may hold them', () => {
    expect(storable('due', '2024-02-30')).toBeUndefined()
    expect(storable('due', '2024-02-29')).toBe('2024-02-29')
    expect(storable('month', '2024-13')).toBeUndefined()
    expect(storable('person', '  ')).toBeNull()
    expect(storable('person', ' Kita  Nord ')).toBe('Kita Nord')
    expect(storable('who', 'x'.repeat(300))).toHaveLength(120)
    expect(storable('tone', 'shout')).toBe('note')
    expect(storable('consent', 'maybe')).toBeUndefined()
    const editor = write('<ul class="tasks"><li><p>a</p></li></ul>')
    expect(setField(editor, 1, 'due', '2024-06-03')).toBe(true)
    expect(setField(editor, 1, 'due', 'bald')).toBe(false)
    expect(setField(editor, 1, 'tone', 'tip')).toBe(false)
    expect(editor.state.doc.nodeAt(1)?.attrs['due']).toBe('2024-06-03')
  })

  test('of a task do not pass to the next one', () => {
    const editor = write(
      '<ul class="tasks"><li data-checked="true" data-person="Kita"><p>ab</p></li></ul>',
      'a',
    )
    editor.commands.splitListItem('taskItem')
    const list = editor.state.doc.firstChild
    expect(list?.child(0).attrs).toMatchObject({ checked: true, person: 'Kita' })
    expect(list?.child(1).attrs).toMatchObject({ checked: false, person: null })
  })

  test('the words of a footnote are written in place, letter by letter', () => {
    const editor = write('<p>Satz</p>', 'Satz')
    const at = insertFootnote(editor)
    if (at === null) throw new Error('no footnote')
    setFootnoteText(editor, at, 'Quelle', 6)
    setFootnoteText(editor, at, 'Quelle 1', 8)
    expect(editor.getHTML()).toBe(
      '<p>Satz<sup class="footnote" data-footnote="">Quelle 1</sup></p>',
    )
    setFootnoteText(editor, 0, 'x', 1)
    expect(editor.getText()).toBe('SatzQuelle 1')
  })
})

describe('moving and leaving', () => {
  const THREE = '<p>eins</p><p>zwei</p><p>drei</p>'

  test('blocks change places, and the caret stays with its own', () => {
    const editor = write(THREE, 'zw')
    expect(moveBlock(editor, -1)).toBe(true)
    expect(editor.getText({ blockSeparator: ' ' })).toBe('zwei eins drei')
    expect(moveBlock(editor, -1)).toBe(false)
    moveBlock(editor, 1)
    moveBlock(editor, 1)
    expect(editor.getText({ blockSeparator: ' ' })).toBe('eins drei zwei')
    expect(editor.state.selection.$from.parent.textContent).toBe('zwei')
  })

  test('items move in their list, a table as a whole, a frame from its first line', () => {
    const list = write('<ul><li><p>a</p></li><li><p>b</p></li></ul><p>c</p>', 'b')
    expect(blockAround(list.state)?.node.type.name).toBe('listItem')
    moveBlock(list, -1)
    expect(list.getText({ blockSeparator: ' ' }).replace(/\s+/g, ' ').trim()).toBe('b a c')
    const table = write('<p>v</p><table><tr><td><p>z</p></td></tr></table>', 'z')
    expect(blockAround(table.state)?.node.type.name).toBe('table')
    const frame = write('<section data-block="insight"><p>k</p><p>l</p></section>', 'k')
    expect(blockAround(frame.state)?.node.type.name).toBe('insight')
    putCaret(frame, 'l')
    expect(blockAround(frame.state)?.node.type.name).toBe('paragraph')
  })

  test('duplicates and deletes; the last item takes its list along', () => {
    const editor = write(THREE, 'zwei')
    duplicateBlock(editor)
    expect(editor.getText({ blockSeparator: ' ' })).toBe('eins zwei zwei drei')
    deleteBlock(editor)
    deleteBlock(editor)
    expect(editor.state.doc.childCount).toBe(2)
    const list = write('<p>a</p><ul class="tasks"><li><p>b</p></li></ul>', 'b')
    deleteBlock(list)
    expect(list.getHTML()).toBe('<p>a</p>')
  })

  test('the section is that of the last heading with words', () => {
    const editor = write('<p>a</p><h2>Ziel</h2><p>b</p><h2></h2><p>c</p>', 'c')
    expect(sectionAddress(editor.state)).toBe('h-ziel')
    putCaret(editor, 'a')
    expect(sectionAddress(editor.state)).toBeNull()
  })

  test('tasks are checked off by key, and behind every block one can write on', () => {
    const editor = write('<ul class="tasks"><li><p>a</p></li></ul>', 'a')
    expect(toggleTask(editor)).toBe(true)
    expect(editor.state.doc.firstChild?.firstChild?.attrs['checked']).toBe(true)
    writeBehind(editor)
    type(editor, 'b')
    expect(editor.state.doc.lastChild?.textContent).toBe('b')
    const plain = write('<p>a</p>', 'a')
    expect(toggleTask(plain)).toBe(false)
  })
})

describe('tables', () => {
  const TABLE =
    '<table><tr><th><p>a</p></th><th><p>b</p></th></tr><tr><td><p>c</p></td><td><p>d</p></td></tr></table>'
  const rows = (editor: Editor): string[] =>
    [...editor.view.dom.querySelectorAll('tr')].map((row) =>
      [...row.cells].map((cell) => cell.textContent).join('|'),
    )

  test('rows and columns are added and removed, with a place to write in each cell', () => {
    const editor = write(TABLE, 'c')
    runTable(editor, 'rowAfter')
    runTable(editor, 'columnBefore')
    expect(rows(editor)).toEqual(['|a|b', '|c|d', '||'])
    editor.state.doc.descendants((node) => {
      if (/^table(Cell|Header)$/.test(node.type.name)) expect(node.childCount).toBe(1)
    })
    runTable(editor, 'deleteColumn')
    expect(rows(editor)).toEqual(['a|b', 'c|d', '|'].map((row) => row.replace(/^[ac]\|/, '|')))
    runTable(editor, 'deleteTable')
    expect(editor.view.dom.querySelector('table')).toBeNull()
  })

  test('Tab goes from cell to cell and from the last one into a new row', () => {
    const editor = write(TABLE, 'd')
    const tab = (shiftKey = false): void => {
      editor.view.dom.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Tab', shiftKey, bubbles: true, cancelable: true }),
      )
    }
    tab()
    expect(rows(editor)).toEqual(['a|b', 'c|d', '|'])
    tab(true)
    type(editor, 'x')
    expect(rows(editor)[1]).toBe('c|x')
  })

  test('a table that two people changed at once is mended before the next command', () => {
    const editor = write('<p>v</p>')
    const cell = (text: string) => ({
      type: 'tableCell',
      content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
    })
    editor.commands.setContent({
      type: 'doc',
      content: [
        {
          type: 'table',
          content: [
            { type: 'tableRow', content: [cell('a'), cell('b')] },
            { type: 'tableRow', content: [cell('c')] },
          ],
        },
      ],
    })
    putCaret(editor, 'c')
    expect(canTable(editor.state, 'rowAfter')).toBe(true)
    runTable(editor, 'rowAfter')
    expect(rows(editor)).toEqual(['a|b', 'c|', '|'])
  })
})

describe('finding', () => {
  test('finds within blocks, over marks, capital or not, and not across blocks', () => {
    const editor = write('<p>Kita <strong>und</strong> KITA</p><p>Ki</p><p>ta Kita</p>')
    expect(findMatches(editor.state.doc, { text: 'kita', exact: false })).toHaveLength(3)
    expect(findMatches(editor.state.doc, { text: 'Kita', exact: true })).toHaveLength(2)
    expect(findMatches(editor.state.doc, { text: 'a und k', exact: false })).toHaveLength(1)
    expect(findMatches(editor.state.doc, { text: '', exact: false })).toEqual([])
  })

  test('replaces one after the other, or all, and not what it has just written', () => {
    const editor = write('<p>eins zwei eins</p><p>eins</p>')
    search(editor, { text: 'eins', exact: false })
    expect(foundIn(editor.state)).toEqual({ number: 1, count: 3 })
    replaceFound(editor, 'einsig', steps)
    expect(editor.getText({ blockSeparator: '/' })).toBe('einsig zwei eins/eins')
    expect(foundIn(editor.state).number).toBe(2)
    expect(replaceAllFound(editor, 'x', steps)).toBe(3)
    expect(editor.getText({ blockSeparator: '/' })).toBe('xig zwei x/x')
    search(editor, null)
    expect(foundIn(editor.state)).toEqual({ number: 0, count: 0 })
  })
})

test('words are counted as people count them', () => {
  const editor = write(
    '<p>Akteur*innen und Mitarbeiter:innen – Kita-Platz, 2024.</p><ul><li><p>zwei</p></li></ul>',
  )
  expect(wordsIn(editor.state.doc)).toBe(6)
})

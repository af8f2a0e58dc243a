/** From a selection to blocks of their own, to a title, and to the link that takes their place. */
import type { Node as DocumentNode } from '@tiptap/pm/model'
import { CellSelection } from '@tiptap/pm/tables'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'

import { closeDesks, layOut, open, type Desk } from './desk'
import { addLinkBehind, blocksOf, passageOf, replaceByLink } from './passage'
import { proposedTitle } from './passage-title'

beforeAll(() => {
  layOut()
  Element.prototype.scrollIntoView = () => undefined
})
afterEach(closeDesks)

const PAGE = '01h8xgjwbwbaq4z5v6y7t8r9qa'
const LINK = `<a data-page="${PAGE}"></a>`

/** The text with `[` and `]` taken out and what lay between them selected. */
function select(html: string): Desk {
  const desk = open()
  desk.editor.commands.setContent(html)
  const places: number[] = []
  for (const sign of ['[', ']']) {
    desk.editor.state.doc.descendants((node, at) => {
      const index = node.isText ? (node.text?.indexOf(sign) ?? -1) : -1
      if (index >= 0) places.push(at + index)
    })
    const place = places.at(-1) ?? 0
    desk.editor.view.dispatch(desk.editor.state.tr.delete(place, place + 1))
  }
  const [from = 0, to = 0] = places
  desk.editor.commands.setTextSelection({ from, to })
  desk.undo.clear()
  return desk
}

function selectCells(html: string, first: string, last: string): Desk {
  const desk = open()
  desk.editor.commands.setContent(html)
  const cell = (words: string): number => {
    let found = 0
    desk.editor.state.doc.descendants((node, at) => {
      if (/^table(Cell|Header)$/.test(node.type.name) && node.textContent === words) found = at
    })
    return found
  }
  const { state, view } = desk.editor
  view.dispatch(state.tr.setSelection(CellSelection.create(state.doc, cell(first), cell(last))))
  return desk
}

function htmlOf(blocks: readonly DocumentNode[]): string {
  const show = open().editor
  show.commands.setContent(blocks.map((block) => block.toJSON() as object))
  return show.getHTML()
}

/** What the new page and what the notes hold. */
function made({ editor }: Desk): { page: string; notes: string } {
  const passage = passageOf(editor.state)
  if (passage === null) return { page: '', notes: editor.getHTML() }
  const blocks = blocksOf(editor.state.doc, passage)
  const page = htmlOf(blocks)
  editor.view.dispatch(replaceByLink(editor.state.tr, passage, PAGE))
  // Only the id matters of a link.
  const notes = editor.getHTML().replace(/<a [^>]*data-page="([^"]+)"[^>]*>/g, '<a data-page="$1">')
  return { page, notes }
}

const li = (text: string) => `<li><p>${text}</p></li>`
const task = (text: string) => `<li data-checked="true" data-person="Ada"><p>${text}</p></li>`
const td = (text: string) => `<td><p>${text}</p></td>`

describe('what is selected becomes the page, and a link stays', () => {
  const cases: [string, string, string, string][] = [
    [
      'words',
      '<p>Er sagt [viel <b>Gutes</b>] dazu.</p>',
      '<p>viel <strong>Gutes</strong></p>',
      `<p>Er sagt ${LINK} dazu.</p>`,
    ],
    [
      'words without the blanks at their ends',
      '<p>Eins.[ Zwei. ]Drei.</p>',
      '<p>Zwei.</p>',
      `<p>Eins. ${LINK} Drei.</p>`,
    ],
    ['a paragraph', '<p>a</p><p>[b]</p><p>c</p>', '<p>b</p>', `<p>a</p><p>${LINK}</p><p>c</p>`],
    ['to the start of the next', '<p>[a</p><p>]b</p>', '<p>a</p>', `<p>${LINK}</p><p>b</p>`],
    [
      'a heading with its text',
      '<h2>[Titel</h2><p>Text]</p><p>c</p>',
      '<h2>Titel</h2><p>Text</p>',
      `<p>${LINK}</p><p>c</p>`,
    ],
    [
      'a part of a heading',
      '<h2>Lange [Überschrift]</h2>',
      '<p>Überschrift</p>',
      `<h2>Lange ${LINK}</h2>`,
    ],
    [
      'from line to line',
      '<p>a [b</p><p>c</p><p>d] e</p>',
      '<p>b</p><p>c</p><p>d</p>',
      `<p>a ${LINK}</p><p> e</p>`,
    ],
    [
      'everything',
      '<p>[a</p><ul><li><p>b]</p></li></ul>',
      '<p>a</p><ul><li><p>b</p></li></ul>',
      `<p>${LINK}</p>`,
    ],
    [
      'an item',
      `<ul>${li('a')}${li('[b]')}${li('c')}</ul>`,
      `<ul>${li('b')}</ul>`,
      `<ul>${li('a')}${li(LINK)}${li('c')}</ul>`,
    ],
    ['a part of an item', `<ul>${li('a [b]')}</ul>`, '<p>b</p>', `<ul>${li(`a ${LINK}`)}</ul>`],
    [
      'a list',
      `<p>a</p><ul>${li('[b')}${li('c]')}</ul>`,
      `<ul>${li('b')}${li('c')}</ul>`,
      `<p>a</p><p>${LINK}</p>`,
    ],
    [
      'numbers',
      `<ol>${li('a')}${li('[b')}${li('c]')}</ol>`,
      `<ol start="2">${li('b')}${li('c')}</ol>`,
      `<ol>${li('a')}${li(LINK)}</ol>`,
    ],
    [
      'half of two items',
      `<ul>${li('a [b')}${li('c] d')}</ul>`,
      `<ul>${li('b')}${li('c')}</ul>`,
      `<ul>${li(`a ${LINK}`)}${li(' d')}</ul>`,
    ],
    [
      'a nested list',
      `<ul><li><p>a</p><ul>${li('[b]')}</ul></li></ul>`,
      `<ul>${li('b')}</ul>`,
      `<ul><li><p>a</p><p>${LINK}</p></li></ul>`,
    ],
    [
      'a frame',
      '<section data-block="insight"><p>[a</p><p>b]</p></section><p>c</p>',
      '<section data-block="insight"><p>a</p><p>b</p></section>',
      `<p>${LINK}</p><p>c</p>`,
    ],
    [
      'a part of a frame',
      '<section data-block="insight"><p>a</p><p>[b]</p></section>',
      '<p>b</p>',
      `<section data-block="insight"><p>a</p><p>${LINK}</p></section>`,
    ],
    [
      'a quotation and what follows',
      '<blockquote><p>a [b</p></blockquote><p>c]</p>',
      '<blockquote><p>b</p></blockquote><p>c</p>',
      `<blockquote><p>a ${LINK}</p></blockquote>`,
    ],
    [
      'lines of code',
      '<pre><code>eins\n[zwei\ndrei]</code></pre>',
      '<pre><code>zwei\ndrei</code></pre>',
      `<pre><code>eins\n</code></pre><p>${LINK}</p>`,
    ],
    [
      'what stands in a cell',
      `<table><tbody><tr>${td('[a]')}${td('b')}</tr></tbody></table>`,
      '<p>a</p>',
      `<table><tbody><tr>${td(LINK)}${td('b')}</tr></tbody></table>`,
    ],
  ]
  test.each(cases)('%s', (_, html, page, notes) => {
    const wanted = open().editor
    wanted.commands.setContent(page)
    const found = made(select(html))
    expect(found.page).toBe(wanted.getHTML())
    expect(found.notes).toBe(notes)
  })

  test('tasks stay tasks, with who takes them on', () => {
    const desk = select(`<ul class="tasks" data-type="taskList">${task('a')}${task('[b]')}</ul>`)
    const passage = passageOf(desk.editor.state)
    const [list] = blocksOf(desk.editor.state.doc, passage ?? { kind: 'text', from: 0, to: 0 })
    expect(list?.type.name).toBe('taskList')
    expect(list?.firstChild?.attrs).toMatchObject({ checked: true, person: 'Ada' })
    const { notes } = made(desk)
    expect(notes).toContain(`<p>${LINK}</p>`)
    expect(notes.match(/<li/g)).toHaveLength(2)
  })

  test('a footnote and a link go along', () => {
    const other = '01h8xgjwbwbaq4z5v6y7t8r9qb'
    const desk = select(
      `<p>a [b<sup data-footnote="">Quelle</sup> <a data-page="${other}"></a>]</p>`,
    )
    const passage = passageOf(desk.editor.state)
    expect(passage).not.toBeNull()
    const blocks = passage === null ? [] : blocksOf(desk.editor.state.doc, passage)
    const inside: string[] = []
    for (const block of blocks) block.descendants((node) => void inside.push(node.type.name))
    expect(inside).toEqual(['text', 'footnote', 'text', 'text', 'pageLink'])
  })
})

describe('cells', () => {
  const rows = [
    ['a', 'b', 'c'],
    ['d', 'e', 'f'],
  ].map((row) => `<tr>${row.map(td).join('')}</tr>`)
  const table = `<table><tbody>${rows.join('')}</tbody></table>`

  test('that are chosen become a table; the others and their places stay', () => {
    const { page, notes } = made(selectCells(table, 'a', 'e'))
    const wanted = [
      [LINK, '', 'c'],
      ['', '', 'f'],
    ].map((row) => `<tr>${row.map(td).join('')}</tr>`)
    expect(page).toContain(`<tr>${td('a')}${td('b')}</tr><tr>${td('d')}${td('e')}</tr>`)
    expect(page).not.toContain(td('c'))
    expect(notes).toContain(wanted.join(''))
  })

  test('that are all chosen go as the table', () => {
    const { page, notes } = made(selectCells(`<p>x</p>${table}`, 'a', 'f'))
    expect(page).toContain(rows.join(''))
    expect(notes).toBe(`<p>x</p><p>${LINK}</p>`)
  })
})

test('without a selection it is the block at the caret, and nothing where nothing is said', () => {
  const desk = select('<p>a</p><p>b[]c</p>')
  expect(made(desk)).toEqual({ page: '<p>bc</p>', notes: `<p>a</p><p>${LINK}</p>` })
  expect(passageOf(select('<p>a</p><p> []</p>').editor.state)).toBeNull()
  expect(passageOf(select('<p>a[</p><hr><p>]b</p>').editor.state)).toBeNull()
})

test('one step back brings the passage back', () => {
  const desk = select('<p>a [b</p><ul><li><p>c</p></li></ul><p>d] e</p>')
  const before = desk.editor.getHTML()
  desk.undo.stopCapturing()
  expect(made(desk).notes).toContain(LINK)
  desk.undo.undo()
  expect(desk.editor.getHTML()).toBe(before)
  expect(desk.undo.canUndo()).toBe(false)
})

test('a passage that stays gets the link behind it', () => {
  for (const [html, wanted] of [
    ['<p>a [b] c</p>', `<p>a b ${LINK} c</p>`],
    ['<p>[a]</p><p>b</p>', `<p>a</p><p>${LINK}</p><p>b</p>`],
  ] as const) {
    const { editor } = select(html)
    const passage = passageOf(editor.state)
    if (passage === null) throw new Error('nothing is selected')
    editor.view.dispatch(addLinkBehind(editor.state.tr, passage, PAGE))
    expect(
      editor.getHTML().replace(/<a [^>]*data-page="([^"]+)"[^>]*>/g, '<a data-page="$1">'),
    ).toBe(wanted)
  }
})

describe('a title is proposed', () => {
  const cases: [string, string][] = [
    ['<h2>Der zweite Brief</h2><p>Text.</p>', 'Der zweite Brief'],
    ['<h2>Was hilft? Und wem?</h2>', 'Was hilft? Und wem?'],
    ['<p></p><p>Ein Satz. Noch einer.</p>', 'Ein Satz'],
    [
      '<section data-block="guidingQuestion"><p>Wer liest das? Alle?</p><p>b</p></section>',
      'Wer liest das?',
    ],
    ['<ul><li><p>Erster Punkt</p></li><li><p>b</p></li></ul>', 'Erster Punkt'],
    [
      '<p>Am 7. November, z. B. in Mitte, kam Dr. Krause. Danach Kaffee.</p>',
      'Am 7. November, z. B. in Mitte, kam Dr. Krause',
    ],
    ['<p>„Das geht.“ Sagte sie.</p>', '„Das geht.“'],
    ['<p>Sie fragte: „Wie?“ und ging. Ende.</p>', 'Sie fragte: „Wie?“ und ging'],
    ['<p>Zum <b>Fest</b> mit<br>Musik</p>', 'Zum Fest mit Musik'],
    [`<p>Mehr bei ${LINK}. Punkt.</p>`, 'Mehr bei Lastenrad'],
    ['<pre><code>eins\nzwei</code></pre>', 'eins'],
    ['<hr>', ''],
    [
      '<p>Pankow hat den Brief zur Lernförderung umgeschrieben, erst der Glückwunsch, dann das Angebot.</p>',
      'Pankow hat den Brief zur Lernförderung umgeschrieben',
    ],
    [`<p>${'Wort '.repeat(30)}</p>`, `${'Wort '.repeat(16).trim()}…`],
    [`<p>${'x'.repeat(200)}</p>`, `${'x'.repeat(79)}…`],
  ]
  test.each(cases)('%s', (html, title) => {
    const { editor } = open()
    editor.commands.setContent(html)
    const found = proposedTitle(editor.state.doc.children, () => 'Lastenrad')
    expect(found).toBe(title)
    expect(found.length).toBeLessThanOrEqual(80)
  })
})

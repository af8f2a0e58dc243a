/**
 * Hostile documents in the real editor: nothing of them runs, and nothing of what is stored changes.
 * Most come from the tests of the server's side (`crates/content/tests/inert.rs` writes them), the
 * largest are made here.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'

import type { Node as DocumentNode } from '@tiptap/pm/model'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'

import pageSchema from '../../../data/schema/page.json'
import { I18n } from '../i18n/i18n.svelte'
import { foreignNames, names, treeOf, type Tree } from '../schema/corpus'
import { safeUrl } from '../schema/safe-url'
import { closeDesks, layOut, open } from './desk'
import { isFromNewerVersion } from './foreign'
import { renderReading } from './reading'

const FILE = resolve(import.meta.dirname, '../../../tests/corpus/hostile/states.json.gz')
const states = JSON.parse(gunzipSync(readFileSync(FILE)).toString()) as [string, string][]

const PAGE = '01h8xgjwbwbaq4z5v6y7t8r9qa'
const PAYLOADS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  'javascript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '</td></tr></table><iframe src=//evil.example>',
  '--><style>@import url(//evil.example)</style>',
  '&#60;script&#62; &lt;script&gt; \u202e\u0000\u001b[31m',
]
const RUNS =
  'script, iframe, object, embed, style, link, base, meta, form, math, template, foreignObject, ' +
  // ProseMirror itself puts an empty picture beside what browsers cannot set a caret at.
  'img:not(.ProseMirror-separator)'
const ADDRESSES = ['href', 'xlink:href', 'src', 'action', 'formaction', 'srcdoc', 'data']

/** A few hundred editors take their time on a busy machine, in milliseconds. */
const PATIENCE = 60_000

beforeAll(layOut)
afterEach(closeDesks)

/** Fails where an element could run something or lead somewhere bad. */
function expectInert(root: ParentNode, name: string): void {
  expect(root.querySelectorAll(RUNS).length, name).toBe(0)
  for (const element of root.querySelectorAll('*')) {
    for (const { name: key, value } of element.attributes) {
      expect(/^on/i.test(key), `${name}: ${key}`).toBe(false)
      if (!ADDRESSES.includes(key)) continue
      const own = /^(?:\/seiten\/[0-9a-z]{26}|#[\w-]*)$/.test(value)
      expect(own || safeUrl(value) !== null, `${name}: ${key}=${value}`).toBe(true)
    }
  }
}

function documentOf(hex: string): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Buffer.from(hex, 'hex'))
  return doc
}

/** A document that somebody else wrote. */
function made(write: (body: Y.XmlFragment) => void): Y.Doc {
  const [theirs, doc] = [new Y.Doc(), new Y.Doc()]
  theirs.transact(() => write(theirs.getXmlFragment('body')))
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs))
  return doc
}

function bytesOf(doc: Y.Doc): Buffer {
  return Buffer.from(Y.encodeStateAsUpdate(doc))
}

function element(name: string, children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const node = new Y.XmlElement(name)
  node.insert(0, children)
  return node
}

/** Opens the document as a person would, types a letter and looks around. */
function visit(name: string, doc: Y.Doc, isForeign: boolean): string {
  const before = bytesOf(doc)
  expect(isFromNewerVersion(doc), name).toBe(isForeign)
  const { editor, foreign } = open(doc)
  expect(foreign(), name).toBe(isForeign ? 1 : 0)
  expectInert(document.body, name)
  const shown = editor.view.dom.textContent
  editor.view.dispatch(editor.state.tr.setMeta('look', true))
  if (isForeign) editor.view.dispatch(editor.state.tr.insertText('x', 0))
  expect(bytesOf(doc).equals(before), `${name} is stored as before`).toBe(true)
  editor.destroy()
  return shown
}

describe('what the schema does not take', () => {
  test('there are hundreds of documents', () => {
    expect(states.length).toBeGreaterThan(800)
  })

  const parts = Array.from({ length: 8 }, (_, part) => part)
  test.each(parts)(
    'is neither shown in the editor nor changed (part %i)',
    (part) => {
      for (const [name, hex] of states.filter((_, at) => at % parts.length === part)) {
        visit(name, documentOf(hex), true)
      }
    },
    PATIENCE,
  )

  test(
    'is kept when it comes while somebody writes',
    () => {
      for (const [name, hex] of states.filter((_, at) => at % 9 === 0)) {
        const desk = open()
        desk.editor.commands.setContent('<p>Anfang</p>')
        const plain = new Y.Doc()
        Y.applyUpdate(plain, Y.encodeStateAsUpdate(desk.doc))
        Y.applyUpdate(plain, Buffer.from(hex, 'hex'))
        Y.applyUpdate(desk.doc, Buffer.from(hex, 'hex'), 'remote')
        expect(desk.foreign(), name).toBe(1)
        desk.editor.view.dispatch(desk.editor.state.tr.insertText('x', 1))
        expect(bytesOf(desk.doc).equals(bytesOf(plain)), name).toBe(true)
        expectInert(document.body, name)
        closeDesks()
      }
    },
    PATIENCE,
  )

  const words = (): Y.XmlText => new Y.XmlText('Text')
  const nest = (name: string) => (body: Y.XmlFragment) => {
    let inner: Y.XmlFragment = body
    for (let depth = 0; depth < 5_000; depth += 1) {
      const next = new Y.XmlElement(name)
      inner.insert(0, [next])
      inner = next
    }
  }
  const attribute = (name: string, key: string, value: unknown) => (body: Y.XmlFragment) => {
    const node = element(name, [])
    node.setAttribute(key, value as string)
    body.push([node])
  }
  const long = '<b>\n'.repeat(2_500_000)

  test.each<[string, (body: Y.XmlFragment) => void]>([
    ['text in a quotation', (body) => body.push([element('blockquote', [words()])])],
    ['text in the body', (body) => body.push([words()])],
    ['a cell in the body', (body) => body.push([element('tableCell', [])])],
    [
      'a paragraph in a list',
      (body) => body.push([element('bulletList', [element('paragraph', [])])]),
    ],
    ['a block in a line', (body) => body.push([element('paragraph', [element('blockquote', [])])])],
    ['an unknown attribute', attribute('paragraph', 'align', 'left')],
    ['a list for a number', attribute('heading', 'level', [1, '<b>'])],
    ['a number that is none', attribute('heading', 'level', NaN)],
    ['a span of everything', attribute('tableCell', 'colspan', 1e9)],
    ['an unknown choice', attribute('callout', 'tone', 'javascript:alert(1)')],
    ['a day that is none', attribute('agreement', 'until', '2023-02-30')],
    ['a very long name', attribute('agreement', 'who', long)],
    ['a very long foreign attribute', attribute('paragraph', 'onclick', long)],
    [
      'an attribute of the text',
      (body) => {
        const text = words()
        body.push([element('paragraph', [text])])
        text.setAttribute('onclick', 'alert(1)')
      },
    ],
    [
      'a mark that changes what all objects have',
      (body) => {
        const text = words()
        body.push([element('paragraph', [text])])
        text.format(0, 2, { ['__proto__']: { x: 1 } })
      },
    ],
    [
      'a thing among the words',
      (body) => {
        const text = words()
        body.push([element('paragraph', [text])])
        text.insertEmbed(1, { image: 'x' })
      },
    ],
    ...Object.keys(pageSchema.nodes).map((name): [string, (body: Y.XmlFragment) => void] => [
      `${name} in ${name}, very often`,
      nest(name),
    ]),
  ])(
    '%s',
    (name, write) => {
      visit(name, made(write), true)
    },
    PATIENCE,
  )

  test('a title with a thing among its letters is read only', () => {
    const doc = made((body) => body.push([element('paragraph', [words()])]))
    expect(isFromNewerVersion(doc)).toBe(false)
    doc.getText('title').insert(0, 'Titel')
    expect(isFromNewerVersion(doc)).toBe(false)
    doc.getText('title').insertEmbed(2, { image: 'x' })
    expect(isFromNewerVersion(doc)).toBe(true)
  })

  test(
    'is what the corpus calls unknown or misplaced, and nothing else of it',
    () => {
      for (const name of [...names, ...foreignNames]) {
        const { content = [] } = treeOf(name)
        const isForeign = foreignNames.includes(name) || name === 'link-script'
        visit(
          name,
          made((body) => body.push(content.map(stored))),
          isForeign,
        )
      }
    },
    PATIENCE,
  )
})

/** A node of the corpus as the binding stores it. */
function stored({ type, text, attrs, content, marks }: Tree): Y.XmlElement | Y.XmlText {
  if (type === 'text') {
    const line = new Y.XmlText()
    const entries = (marks ?? []).map((mark) => [mark.type, mark.attrs ?? {}] as const)
    line.insert(0, text ?? '', Object.fromEntries(entries))
    return line
  }
  const node = element(type, (content ?? []).map(stored))
  for (const [key, value] of Object.entries(attrs ?? {})) node.setAttribute(key, value as string)
  return node
}

describe('what the schema takes', () => {
  /** An element where it may stand, in the element that the body takes. */
  function placed(inner: Y.XmlElement): Y.XmlElement {
    const parents: Record<string, string> = {
      listItem: 'bulletList',
      taskItem: 'taskList',
      tableRow: 'table',
      tableCell: 'tableRow',
      tableHeader: 'tableRow',
      hardBreak: 'paragraph',
      pageLink: 'paragraph',
      footnote: 'paragraph',
    }
    const parent = parents[inner.nodeName]
    return parent === undefined ? inner : placed(element(parent, [inner]))
  }

  const nodes = Object.entries(
    pageSchema.nodes as Record<
      string,
      { text?: boolean; attributes?: Record<string, { format?: string; choices?: unknown }> }
    >,
  )

  test('shows hostile words as words', () => {
    for (const payload of PAYLOADS) {
      for (const [name] of nodes.filter(([, rule]) => rule.text === true)) {
        const text = element(name, [new Y.XmlText(payload)])
        const shown = visit(
          `${name} ${payload}`,
          made((body) => body.push([placed(text)])),
          false,
        )
        if (name !== 'footnote') expect(shown).toContain(payload)
      }
      for (const mark of Object.keys(pageSchema.marks)) {
        const text = new Y.XmlText()
        text.insert(0, payload, { [mark]: mark === 'link' ? { href: 'https://a.example' } : {} })
        const doc = made((body) => body.push([element('paragraph', [text])]))
        expect(visit(`${mark} ${payload}`, doc, false)).toContain(payload)
      }
    }
  })

  test('shows hostile words in attributes as words', () => {
    let seen = 0
    for (const [name, { attributes = {} }] of nodes) {
      const free = Object.entries(attributes).filter(
        ([, rule]) =>
          (rule as { type?: string }).type === 'string' &&
          rule.format === undefined &&
          rule.choices === undefined,
      )
      for (const [key] of free) {
        for (const payload of PAYLOADS) {
          const node = element(name, [])
          if (name === 'pageLink') node.setAttribute('page', PAGE)
          node.setAttribute(key, payload.slice(0, 40))
          visit(
            `${name} ${key}`,
            made((body) => body.push([placed(node)])),
            false,
          )
          seen += 1
        }
      }
    }
    expect(seen).toBe(5 * PAYLOADS.length)
  })

  test('leads nowhere that is not allowed', () => {
    for (const href of ['/x', '#x', '//evil.example', ' https://a.example', 'evil.example', '']) {
      const text = new Y.XmlText()
      text.insert(0, 'Text', { link: { href } })
      visit(
        `link ${href}`,
        made((body) => body.push([element('paragraph', [text])])),
        false,
      )
    }
  })

  test('shows the hostile title of a linked page as words', async () => {
    for (const title of PAYLOADS) {
      const link = element('pageLink', [])
      link.setAttribute('page', PAGE)
      const doc = made((body) => body.push([element('paragraph', [link])]))
      const { editor } = open(doc, { title })
      await expect.poll(() => editor.view.dom.textContent).toContain(title)
      expectInert(document.body, title)
      closeDesks()
    }
  })

  test.each([
    ['headings', 'heading', null],
    ['quotations', 'blockquote', null],
    ['tables', 'table', null],
    ['footnotes in a line', 'footnote', 'paragraph'],
    ['breaks in a line', 'hardBreak', 'heading'],
    ['cells in a row', 'tableCell', 'tableRow'],
    ['tasks in a list', 'taskItem', 'taskList'],
  ])(
    'may be very many: %s',
    (name, inner, outer) => {
      const many = Array.from({ length: 2_000 }, () => element(inner, []))
      const write = (body: Y.XmlFragment): void =>
        body.push(outer === null ? many : [placed(element(outer, many))])
      visit(name, made(write), false)
    },
    PATIENCE,
  )
})

/** The check above keeps most of this away from the views; they do not rely on it. */
test('the views show any value of any attribute as words', () => {
  const values = [...PAYLOADS, ['<b onclick=x>', null], { href: 'javascript:alert(1)' }, -1, true]
  const { editor } = open()
  const { nodes, marks } = editor.schema
  for (const value of values) {
    for (const type of Object.values(nodes)) {
      const keys = Object.keys(type.spec.attrs ?? {})
      // A table of no shape is no question of words.
      if (keys.length === 0 || type.name.startsWith('table')) continue
      const attrs = Object.fromEntries(keys.map((key) => [key, value]))
      let node: DocumentNode
      try {
        node = type.create(attrs)
      } catch {
        // ProseMirror itself refuses it.
        continue
      }
      const parent = type.isInline ? 'paragraph' : type.name === 'taskItem' ? 'taskList' : ''
      const holder = nodes[parent]
      const whole = holder === undefined ? node : holder.create(null, node)
      editor.view.dispatch(editor.state.tr.replaceWith(0, editor.state.doc.content.size, whole))
      expect(editor.state.doc.toString()).toContain(type.name)
      expectInert(document.body, `${type.name} ${String(value)}`)
    }
    for (const type of Object.values(marks)) {
      const attrs = Object.fromEntries(
        Object.keys(type.spec.attrs ?? {}).map((key) => [key, value]),
      )
      const text = editor.schema.text('Text', [type.create(attrs)])
      const line = nodes['paragraph']?.create(null, text)
      if (line === undefined) continue
      editor.view.dispatch(editor.state.tr.replaceWith(0, editor.state.doc.content.size, line))
      expectInert(document.body, `${type.name} ${String(value)}`)
    }
  }
})

test('the text for reading is inert even where what was sent is not', () => {
  const i18n = new I18n('de')
  const words = {
    noAccess: () => '',
    untitled: () => '',
    blocks: { t: i18n.t, language: () => 'de' as const, watch: () => () => undefined },
  }
  for (const payload of PAYLOADS) {
    const html =
      `<p onclick="alert(1)">${payload}<a href="${payload}">x</a></p><svg><script>1</script></svg>` +
      `<section data-block="agreement" data-who="${payload}">${payload}</section>`
    expectInert(renderReading(html, words), payload)
  }
})

/**
 * The conversion corpus (`tests/corpus/README.md`) in the editor's schema: every tree is a document
 * of the schema, comes back from the HTML that the editor writes, and has the same plain text.
 */
import { getSchema } from '@tiptap/core'
import { DOMParser, DOMSerializer, Node } from '@tiptap/pm/model'
import { describe, expect, test } from 'vitest'

import pageSchema from '../../../data/schema/page.json'
import { pageSchemaExtensions } from './index'

interface Tree {
  type: string
  text?: string
  attrs?: Record<string, unknown>
  content?: Tree[]
  marks?: { type: string; attrs?: Record<string, unknown> }[]
}

const trees = byFolder(
  import.meta.glob<string>('../../../tests/corpus/*/tree.json', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)
const texts = byFolder(
  import.meta.glob<string>('../../../tests/corpus/*/tree.txt', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)
const schema = getSchema(pageSchemaExtensions())
const MARKS = Object.keys(pageSchema.marks)

/** Nodes that the schema does not allow; only readers of stored documents know them. */
const FOREIGN = /^(unknown|misplaced)-/
/** The editor shows no address that is not allowed, so its HTML has none either. */
const WITHOUT_ADDRESS = ['link-relative', 'link-script']

const names = [...trees.keys()].filter((name) => !FOREIGN.test(name)).sort()

/** Files by the name of their folder. */
function byFolder(found: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(found).map(([path, text]) => [path.split('/').at(-2) ?? '', text]))
}

function treeOf(name: string): Tree {
  return JSON.parse(trees.get(name) ?? '') as Tree
}

/** What the README calls equal: without empty lists and nulls, marks in the order of the schema. */
function comparable({ type, text, attrs, content, marks }: Tree): Tree {
  const given = Object.entries(attrs ?? {}).filter(([, value]) => value !== null)
  const sorted = (marks ?? [])
    .map((mark) => ({ type: mark.type, attrs: { ...mark.attrs } }))
    .sort((a, b) => MARKS.indexOf(a.type) - MARKS.indexOf(b.type))
  return {
    type,
    ...(text === undefined ? {} : { text }),
    ...(given.length === 0 ? {} : { attrs: Object.fromEntries(given) }),
    ...(content === undefined || content.length === 0 ? {} : { content: content.map(comparable) }),
    ...(sorted.length === 0 ? {} : { marks: sorted }),
  }
}

function documentOf(name: string): Node {
  const document = Node.fromJSON(schema, treeOf(name))
  document.check()
  return document
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** The text of a line without its footnotes; a page link is a gap. */
function lineText(line: Node): string {
  let text = ''
  line.forEach((node) => {
    if (node.isText) text += node.text ?? ''
    else if (node.type.name === 'pageLink') text += '…'
    else if (node.type.name === 'hardBreak') text += '\n'
  })
  return text
}

/** Plain text as the README says. */
function plainText(node: Node): string[] {
  if (node.isTextblock) {
    const notes: string[] = []
    node.forEach((child) => {
      if (child.type.name === 'footnote') notes.push(child.textContent.replace(/\s+/g, ' ').trim())
    })
    return [...lines(lineText(node)), ...notes.filter((note) => note !== '')]
  }
  const inside = node.children.flatMap(plainText)
  const who: unknown = node.attrs['person'] ?? node.attrs['who']
  return typeof who === 'string' ? [...inside, who] : inside
}

test('there are cases of every node and mark', () => {
  const seen = new Set<string>()
  for (const name of names) {
    documentOf(name).descendants((node) => {
      seen.add(node.type.name)
      for (const mark of node.marks) seen.add(mark.type.name)
    })
  }
  const known = [...Object.keys(pageSchema.nodes), ...MARKS]
  expect(known.filter((name) => !seen.has(name))).toEqual([])
  expect(names.length).toBeGreaterThan(100)
})

describe.each(names)('%s', (name) => {
  test('is a document of the schema', () => {
    expect(comparable(documentOf(name).toJSON() as Tree)).toEqual(comparable(treeOf(name)))
  })

  test.skipIf(WITHOUT_ADDRESS.includes(name))('comes back from the HTML of the editor', () => {
    const written = documentOf(name)
    const place = document.createElement('div')
    const serializer = DOMSerializer.fromSchema(schema)
    place.append(serializer.serializeFragment(written.content))
    const read = document.createElement('div')
    read.innerHTML = place.innerHTML
    const again = DOMParser.fromSchema(schema).parse(read, { preserveWhitespace: 'full' })
    expect(comparable(again.toJSON() as Tree)).toEqual(comparable(treeOf(name)))
  })

  test('has the same plain text', () => {
    expect(plainText(documentOf(name)).join('\n')).toBe(texts.get(name)?.replace(/\n$/, ''))
  })
})

/**
 * The conversion corpus (`tests/corpus/README.md`) in the editor's schema: every tree is a document
 * of the schema, comes back from the HTML that the editor writes, and has the same plain text.
 */
import { getSchema } from '@tiptap/core'
import { DOMParser, DOMSerializer, Node } from '@tiptap/pm/model'
import { describe, expect, test } from 'vitest'

import pageSchema from '../../../data/schema/page.json'
import { comparable, MARKS, names, textOf, treeOf, type Tree } from './corpus'
import { pageSchemaExtensions } from './index'

const schema = getSchema(pageSchemaExtensions())

/** The editor shows no address that is not allowed, so its HTML has none either. */
const WITHOUT_ADDRESS = ['link-relative', 'link-script']

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
    expect(plainText(documentOf(name)).join('\n')).toBe(textOf(name))
  })
})

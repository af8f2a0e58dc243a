/** The TipTap schema and `data/schema/page.json` say the same. */
import { getSchema } from '@tiptap/core'
import { DOMParser, DOMSerializer, type Node, type NodeSpec } from '@tiptap/pm/model'
import { describe, expect, test } from 'vitest'

import pageSchema from '../../../data/schema/page.json'
import { fits, type AttributeRule, type AttributeRules } from './fits'
import { pageSchemaExtensions, schemaVersion } from './index'

interface NodeRule {
  groups: string[]
  content: string[]
  text?: boolean
  attributes?: AttributeRules
}

const schema = getSchema(pageSchemaExtensions())
const PAGE = '01arz3ndektsv4rrffq69g5fav'
const rules = pageSchema.nodes as Record<string, NodeRule>

/** Any number of what the schema file lists, in any order; text only where it has no nodes beside. */
function expressionOf({ content, text }: NodeRule): string {
  if (content.length === 0) return text === true ? 'text*' : ''
  return content.length === 1 ? `${content[0] ?? ''}*` : `(${content.join(' | ')})*`
}

function groupsOf(spec: NodeSpec): string[] {
  return (spec.group ?? '').split(' ').filter((group) => group !== '' && group !== 'list')
}

describe('nodes', () => {
  test('are those of the schema file, beside the document and its text', () => {
    const names = Object.keys(schema.nodes).filter((name) => name !== 'doc' && name !== 'text')
    expect(names.sort()).toEqual(Object.keys(rules).sort())
  })

  test.each(Object.entries(rules))('%s has the groups, children and attributes', (name, rule) => {
    const node = schema.nodes[name]
    if (node === undefined) throw new Error(`no node ${name}`)
    expect(groupsOf(node.spec)).toEqual(rule.groups)
    expect(node.spec.content ?? '').toBe(expressionOf(rule))
    expect(Object.keys(node.spec.attrs ?? {}).sort()).toEqual(
      Object.keys(rule.attributes ?? {}).sort(),
    )
  })

  test.each(Object.entries(rules).filter(([, rule]) => rule.text === true))(
    '%s takes every mark, so that none breaks it',
    (name) => {
      for (const mark of Object.values(schema.marks)) {
        expect(schema.nodes[name]?.allowsMarkType(mark), mark.name).toBe(true)
      }
    },
  )

  test.each(Object.keys(rules))('%s may stand without any child', (name) => {
    expect(() => schema.node(name, {}, [])).not.toThrow()
  })

  test('the document holds blocks and may be empty', () => {
    const body = { groups: [], content: pageSchema.body.content }
    expect(schema.topNodeType.spec.content).toBe(expressionOf(body))
    expect(schema.topNodeType.contentMatch.defaultType?.name).toBe('paragraph')
  })
})

describe('marks', () => {
  test('are those of the schema file with their attributes', () => {
    const own = Object.fromEntries(
      Object.entries(schema.marks).map(([name, mark]) => [
        name,
        Object.keys(mark.spec.attrs ?? {}).sort(),
      ]),
    )
    const expected = Object.fromEntries(
      Object.entries(pageSchema.marks as Record<string, { attributes?: object }>).map(
        ([name, rule]) => [name, Object.keys(rule.attributes ?? {}).sort()],
      ),
    )
    expect(own).toEqual(expected)
  })

  test('exclude only themselves, so that two people may set two marks at once', () => {
    for (const mark of Object.values(schema.marks)) {
      for (const other of Object.values(schema.marks)) {
        expect(mark.excludes(other), `${mark.name}, ${other.name}`).toBe(mark === other)
      }
    }
  })
})

/** Values at the bounds that the schema file sets for an attribute, and one of each choice. */
function valuesOf(rule: AttributeRule): unknown[] {
  const { type, format, choices, min = 0, max = 0, count = 0 } = rule
  if (choices !== undefined) return [...choices]
  if (type === 'boolean') return [true, false]
  if (type === 'integer') return [min, max]
  if (type === 'integers') return [[min], [max], Array.from({ length: count }, () => max)]
  const formats: Record<string, string[]> = {
    date: ['2024-02-29', '0999-12-31'],
    month: ['2024-02', '0999-12'],
    'page-id': ['01arz3ndektsv4rrffq69g5fav'],
    href: pageSchema.href_schemes
      .map((scheme) => `${scheme}://example.org/`)
      .map((address) => address.padEnd(max, 'x')),
  }
  return format === undefined ? ['x', '<b>"ä', 'x'.repeat(max)] : (formats[format] ?? [])
}

const PARENTS: Record<string, string> = {
  listItem: 'bulletList',
  taskItem: 'taskList',
  tableRow: 'table',
  tableCell: 'tableRow',
  tableHeader: 'tableRow',
}

function inDocument(node: Node): Node {
  const { name, spec } = node.type
  if (groupsOf(spec).includes('block')) return schema.node('doc', null, [node])
  const parent = spec.inline === true ? 'paragraph' : PARENTS[name]
  if (parent === undefined) throw new Error(`${name} has no parent here`)
  return inDocument(schema.node(parent, null, [node]))
}

/** What is read from the HTML that is written of a document. */
function readAgain(document_: Node): Node {
  const place = document.createElement('div')
  place.append(DOMSerializer.fromSchema(schema).serializeFragment(document_.content))
  const read = document.createElement('div')
  read.innerHTML = place.innerHTML
  return DOMParser.fromSchema(schema).parse(read, { preserveWhitespace: 'full' })
}

describe('attributes', () => {
  const cases = Object.entries(rules).flatMap(([name, { attributes = {} }]) =>
    Object.entries(attributes).flatMap(([key, rule]) =>
      valuesOf(rule).map((value) => ({ name, key, rule, value })),
    ),
  )

  test('of nodes keep each value that the schema file allows', () => {
    expect(cases.length).toBeGreaterThan(40)
    for (const { name, key, rule, value } of cases) {
      expect(fits(rule, value), `${name} ${key}`).toBe(true)
      const beside = key === 'colwidth' ? { colspan: (value as number[]).length } : { page: PAGE }
      const known = Object.entries({ ...beside, [key]: value }).filter(
        ([attribute]) => attribute in (rules[name]?.attributes ?? {}),
      )
      const written = inDocument(schema.node(name, Object.fromEntries(known)))
      expect(readAgain(written).toJSON(), `${name} ${key}`).toEqual(written.toJSON())
    }
  })

  test('of marks keep each value that the schema file allows', () => {
    let seen = 0
    for (const [name, { attributes = {} }] of Object.entries(
      pageSchema.marks as Record<string, { attributes?: AttributeRules }>,
    )) {
      for (const [key, rule] of Object.entries(attributes)) {
        for (const value of valuesOf(rule)) {
          seen += 1
          const text = schema.text('Text', [schema.mark(name, { [key]: value })])
          const written = schema.node('doc', null, [schema.node('paragraph', null, [text])])
          expect(fits(rule, value), `${name} ${key}`).toBe(true)
          expect(readAgain(written).toJSON(), `${name} ${key}`).toEqual(written.toJSON())
        }
      }
    }
    expect(seen).toBe(pageSchema.href_schemes.length)
  })

  test('beyond the bounds do not fit', () => {
    for (const { name, key, rule } of cases) {
      const { min = 0, max = 0, count = 0 } = rule
      const beyond: Record<string, unknown[]> = {
        integer: [min - 1, max + 1, min + 0.5, NaN, String(min), null],
        integers: [[min - 1], [max + 1], Array.from({ length: count + 1 }, () => min), min, '1'],
        boolean: ['true', 1, null],
        string: ['x'.repeat(max + 1), 1, ['x'], {}, null],
      }
      for (const value of beyond[rule.type] ?? []) {
        expect(fits(rule, value), `${name} ${key} ${String(value)}`).toBe(false)
      }
      if (rule.format !== undefined) expect(fits(rule, 'java:x'), `${name} ${key}`).toBe(false)
      if (rule.choices !== undefined) expect(fits(rule, 'x'), `${name} ${key}`).toBe(false)
    }
  })
})

describe('addresses fit as the gate says', () => {
  const href = pageSchema.marks.link.attributes.href
  // The cases of crates/gate/src/href.rs.
  test.each([
    'https://example.org/a?b=c:d#e',
    'HTTP://EXAMPLE.ORG',
    'mailto:a@example.org',
    '/seiten/01j',
    '#abschnitt',
    '?q=a:b',
    'example.org/a:b',
    'müller-straße.de',
    ' https://example.org ',
    '',
  ])('%s', (address) => expect(fits(href, address)).toBe(true))
  test.each([
    'javascript:alert(1)',
    '\u0001javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\u200bscript:alert(1)',
    'javascript&colon;alert(1)',
    'java&#115;cript:alert(1)',
    'javascript\\:alert(1)',
    'httpsjavascript:alert(1)',
    ':alert(1)',
    '<script>',
  ])('not %j', (address) => expect(fits(href, address)).toBe(false))
})

test('the version is the one of the schema file', () => {
  expect(schemaVersion).toBe(pageSchema.version)
})

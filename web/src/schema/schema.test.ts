/** The TipTap schema and `data/schema/page.json` say the same. */
import { getSchema } from '@tiptap/core'
import type { NodeSpec } from '@tiptap/pm/model'
import { describe, expect, test } from 'vitest'

import pageSchema from '../../../data/schema/page.json'
import { pageSchemaExtensions, schemaVersion } from './index'

interface NodeRule {
  groups: string[]
  content: string[]
  text?: boolean
  attributes?: Record<string, unknown>
}

const schema = getSchema(pageSchemaExtensions())
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

test('the version is the one of the schema file', () => {
  expect(schemaVersion).toBe(pageSchema.version)
})

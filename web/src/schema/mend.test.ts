/** What a merge left behind is mended by the person who types there, by adding, never by taking. */
import { getSchema } from '@tiptap/core'
import type { Node as DocumentNode } from '@tiptap/pm/model'
import { TableMap } from '@tiptap/pm/tables'
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { describe, expect, test } from 'vitest'

import { pageSchemaExtensions } from './index'
import { mend, mendPlugin } from './mend'

const schema = getSchema(pageSchemaExtensions())
const doc = (content: unknown[]): DocumentNode => schema.nodeFromJSON({ type: 'doc', content })
const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const EMPTY_ITEM = { type: 'bulletList', content: [{ type: 'listItem' }] }

function state(content: unknown[]): EditorState {
  const isOwn = (tr: Transaction): boolean => tr.getMeta('remote') !== true
  return EditorState.create({ doc: doc(content), schema, plugins: [mendPlugin(isOwn)] })
}

test('an empty document gets a paragraph when its last block is deleted by hand', () => {
  const before = state([paragraph('a')])
  const after = before.apply(before.tr.delete(0, before.doc.content.size))
  expect(after.doc.toString()).toBe('doc(paragraph)')
  expect(after.selection).toBeInstanceOf(TextSelection)
})

test('a document that others emptied stays as it is', () => {
  const before = state([paragraph('a')])
  const after = before.apply(before.tr.delete(0, before.doc.content.size).setMeta('remote', true))
  expect(after.doc.childCount).toBe(0)
})

test('a list item without a child is filled where somebody types, not elsewhere', () => {
  const before = state([paragraph('a'), EMPTY_ITEM, paragraph('b'), { type: 'blockquote' }])
  const typedFar = before.apply(before.tr.insertText('x', 1))
  expect(typedFar.doc.toString()).toBe(
    'doc(paragraph("xa"), bulletList(listItem), paragraph("b"), blockquote)',
  )
  const tr = mend(before, [{ from: 3, to: 7 }])
  expect(tr?.doc.toString()).toBe(
    'doc(paragraph("a"), bulletList(listItem(paragraph)), paragraph("b"), blockquote)',
  )
})

test('an empty list gets an item, an empty quotation a paragraph', () => {
  const before = state([{ type: 'orderedList' }, { type: 'blockquote' }])
  const tr = mend(before, [{ from: 0, to: before.doc.content.size }])
  expect(tr?.doc.toString()).toBe('doc(orderedList(listItem(paragraph)), blockquote(paragraph))')
})

test('nothing is ever taken away', () => {
  const before = state([EMPTY_ITEM, { type: 'bulletList' }, paragraph('a')])
  const tr = mend(before, [{ from: 0, to: before.doc.content.size }])
  expect(tr?.steps.length).toBe(2)
  for (const step of tr?.steps ?? []) {
    const { from, to } = step.toJSON() as { from: number; to: number }
    expect(from).toBe(to)
  }
})

test.each([
  ['taskList', 'taskList(taskItem(paragraph))'],
  ['callout', 'callout(paragraph)'],
  ['collapsible', 'collapsible(paragraph)'],
  ['familyVoice', 'familyVoice(paragraph)'],
  ['table', 'table(tableRow(tableCell(paragraph)))'],
])('an empty %s gets what one can write in', (type, expected) => {
  const before = state([{ type }])
  const tr = mend(before, [{ from: 0, to: before.doc.content.size }])
  expect(tr?.doc.toString()).toBe(`doc(${expected})`)
})

describe('tables', () => {
  const cell = (text: string, attrs: object = {}, type = 'tableCell') => ({
    type,
    attrs,
    content: [paragraph(text)],
  })
  const table = (...rows: object[][]) => ({
    type: 'table',
    content: rows.map((content) => ({ type: 'tableRow', content })),
  })
  const mended = (content: unknown[], range?: { from: number; to: number }): string => {
    const before = state(content)
    const ranges = [range ?? { from: 0, to: before.doc.content.size }]
    return (mend(before, ranges)?.doc ?? before.doc).toString()
  }
  const shape = (text: string): string => text.replace(/paragraph\("(.)"\)/g, '$1')

  test('get the cells that rows lack, heads where a row is all heads', () => {
    const broken = table([cell('a', {}, 'tableHeader')], [cell('b'), cell('c')])
    expect(shape(mended([broken]))).toBe(
      'doc(table(tableRow(tableHeader(a), tableHeader(paragraph)), ' +
        'tableRow(tableCell(b), tableCell(c))))',
    )
  })

  test('whoever writes in a cell completes only their own row', () => {
    const broken = table([cell('a')], [cell('b'), cell('c')], [cell('d')])
    // The caret is in "d".
    const at = state([broken]).doc.content.size - 5
    expect(shape(mended([broken], { from: at, to: at }))).toBe(
      'doc(table(tableRow(tableCell(a)), tableRow(tableCell(b), tableCell(c)), ' +
        'tableRow(tableCell(d), tableCell(paragraph))))',
    )
  })

  test('lose spans that reach too far, and no words', () => {
    const broken = table([cell('a', { rowspan: 3 }), cell('b')], [cell('c', { colspan: 2 })])
    const result = mended([broken])
    for (const word of 'abc') expect(result).toContain(`"${word}"`)
    const before = state([broken])
    const after = mend(before, [{ from: 0, to: before.doc.content.size }])?.doc.firstChild
    expect(after && TableMap.get(after).problems).toBeNull()
  })

  test('an empty row is filled, a width that fits no column is dropped', () => {
    const broken = table([cell('a', { colwidth: [3] })], [])
    expect(shape(mended([broken]))).toBe(
      'doc(table(tableRow(tableCell(a)), tableRow(tableCell(paragraph))))',
    )
    const before = state([broken])
    const after = mend(before, [{ from: 0, to: before.doc.content.size }])?.doc
    expect(after?.nodeAt(2)?.attrs['colwidth']).toBeNull()
  })
})

test('what lacks nothing is left alone', () => {
  const before = state([paragraph('a'), { type: 'paragraph' }, { type: 'horizontalRule' }])
  expect(mend(before, [{ from: 0, to: before.doc.content.size }])).toBeNull()
})

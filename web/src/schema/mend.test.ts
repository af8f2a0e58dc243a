/** What a merge left behind is mended by the person who types there, by adding, never by taking. */
import { getSchema } from '@tiptap/core'
import type { Node as DocumentNode } from '@tiptap/pm/model'
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { expect, test } from 'vitest'

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

test('what lacks nothing is left alone', () => {
  const before = state([paragraph('a'), { type: 'paragraph' }, { type: 'horizontalRule' }])
  expect(mend(before, [{ from: 0, to: before.doc.content.size }])).toBeNull()
})

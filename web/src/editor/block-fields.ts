/** Which attributes of which block a person may fill in, and how a filled-in value is stored. */
import type { Editor } from '@tiptap/core'

import { languageOf } from '../schema/code-block'
import { ATTRIBUTE_MAX, consentOf, dayOf, lineOf, monthOf, toneOf } from '../schema/attributes'
import { FRAME_LOOKS } from './frame-looks'
import { difference } from './splice'

export type FieldName =
  'tone' | 'person' | 'due' | 'who' | 'until' | 'method' | 'month' | 'consent' | 'language'

export type BlockField =
  /** One of a few; `none`: nothing chosen is an answer, too. */
  | { name: FieldName; kind: 'choice'; choices: readonly string[]; none: boolean }
  | { name: FieldName; kind: 'line'; max: number }
  | { name: FieldName; kind: 'day' | 'month' }

export const BLOCK_FIELDS: Readonly<Record<string, readonly BlockField[]>> = {
  taskItem: [
    { name: 'person', kind: 'line', max: ATTRIBUTE_MAX.person },
    { name: 'due', kind: 'day' },
  ],
  codeBlock: [{ name: 'language', kind: 'line', max: ATTRIBUTE_MAX.language }],
  ...Object.fromEntries(
    Object.entries(FRAME_LOOKS).flatMap(([name, { fields }]) =>
      fields === undefined ? [] : [[name, fields]],
    ),
  ),
}

/** What is typed, as it may be stored; undefined: it is not finished or not allowed. */
export function storable(name: FieldName, typed: string): string | null | undefined {
  if (typed.trim() === '') return name === 'tone' ? undefined : null
  switch (name) {
    case 'tone':
      return toneOf(typed)
    case 'consent':
      return consentOf(typed) ?? undefined
    case 'due':
    case 'until':
      return dayOf(typed) ?? undefined
    case 'month':
      return monthOf(typed) ?? undefined
    case 'language':
      return languageOf(typed)
    case 'person':
    case 'who':
    case 'method':
      return lineOf(typed, ATTRIBUTE_MAX[name])
  }
}

/** Writes an attribute of the node at this place; false if it cannot stand there. */
export function setField(editor: Editor, at: number, name: FieldName, typed: string): boolean {
  const value = storable(name, typed)
  const node = editor.state.doc.nodeAt(at)
  if (value === undefined || node === null || !(name in node.attrs)) return false
  if (node.attrs[name] !== value) {
    editor.view.dispatch(editor.state.tr.setNodeAttribute(at, name, value))
  }
  return true
}

/** Writes the words of a footnote: only what differs, so that two people may write in one. */
export function setFootnoteText(editor: Editor, at: number, typed: string, caret: number): void {
  const node = editor.state.doc.nodeAt(at)
  if (node?.type.name !== 'footnote') return
  const splice = difference(node.textContent, typed.replace(/\s*\n\s*/g, ' '), caret)
  if (splice === null) return
  const from = at + 1 + splice.at
  editor.view.dispatch(editor.state.tr.insertText(splice.insert, from, from + splice.remove))
}

/** What a person does at the editor, one random thing at a time. */
import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { undo } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'

import { BLOCK_FIELDS, setField, setFootnoteText } from '../../src/editor/block-fields'
import { deleteBlock, duplicateBlock, moveBlock } from '../../src/editor/block-moves'
import {
  applyBlock,
  BLOCKS,
  insertFootnote,
  MARKS,
  toggleMark,
  TURNS,
} from '../../src/editor/blocks'
import { FieldWriter } from '../../src/editor/fields/writer'
import { toggleTask, writeBehind } from '../../src/editor/leave-block'
import { insertPageLink } from '../../src/editor/menu'
import { cleanPastedHtml } from '../../src/editor/paste'
import * as samples from '../../src/editor/paste-samples'
import type { Random } from '../../src/editor/random-pages'
import { runTable, TABLE_ACTIONS } from '../../src/editor/table-editing'

const PAGE = '01h8xgjwbwbaq4z5v6y7t8r9q'
const WORDS = [
  'Wir hören ',
  'zu. ',
  'Familien ',
  'Straße',
  'Kita ',
  'über',
  'Akteur*innen',
  '😀',
  'a',
  'und ',
  '👩‍👧',
  '日本',
  ' ',
  '\t',
  '„so“',
  'x',
]
const KEYS = ['[ ] ', '- ', '1. ', '> ', '## ', '```', '**fett**', '==wichtig==', '---']
const PASTED: readonly string[] = Object.values<string>(samples)
const cleaned = new Map<string, string>()

export interface Person {
  doc: Y.Doc
  editor: Editor
  undo: Y.UndoManager
  fields: FieldWriter
}

function clean(html: string): string {
  const known = cleaned.get(html) ?? cleanPastedHtml(html)
  cleaned.set(html, known)
  return known
}

/** The nearest place from here on that a caret can have: never within a sign of two units. */
function place(editor: Editor, at: number): number {
  const { doc } = editor.state
  if (at <= 0 || at >= doc.content.size) return Math.min(Math.max(at, 0), doc.content.size)
  const before = doc.textBetween(at - 1, at).charCodeAt(0)
  return before >= 0xd800 && before <= 0xdbff ? at + 1 : at
}

/** From a random place, so many units. */
function range(random: Random, editor: Editor, length: number): { from: number; to: number } {
  const from = place(editor, random.below(editor.state.doc.content.size + 1))
  return { from, to: place(editor, from + random.below(length)) }
}

function select(random: Random, editor: Editor): void {
  const { doc, tr } = editor.state
  const { from, to } = range(random, editor, random.next() < 0.6 ? 1 : 14)
  editor.view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(from), doc.resolve(to))))
}

/** As the browser hands over what is typed: input rules have their turn. */
function type(editor: Editor, text: string): void {
  for (const letter of text) {
    const { from, to } = editor.state.selection
    const insert = () => editor.state.tr.insertText(letter, from, to)
    const used = editor.view.someProp('handleTextInput', (handle) =>
      handle(editor.view, from, to, letter, insert),
    )
    if (used !== true) editor.view.dispatch(insert())
  }
}

function press(editor: Editor, key: string, more: object = {}): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  editor.view.someProp('handleKeyDown', (handle) => handle(editor.view, event))
}

/** A node with details of its own. */
function details(random: Random, editor: Editor): void {
  const found: number[] = []
  editor.state.doc.descendants((node, at) => {
    if (BLOCK_FIELDS[node.type.name] !== undefined || node.type.name === 'footnote') found.push(at)
  })
  if (found.length === 0) return
  const at = random.pick(found)
  const node = editor.state.doc.nodeAt(at)
  if (node?.type.name === 'footnote') {
    const typed = random.pick(['Quelle', 'Zählung 2024', ''])
    setFootnoteText(editor, at, typed, typed.length)
    return
  }
  const fields = BLOCK_FIELDS[node?.type.name ?? ''] ?? []
  if (fields.length === 0) return
  const typed = random.pick(['2024-05-01', '2024-03', 'Jugendamt', '', 'rust', 'note', 'spoken'])
  setField(editor, at, random.pick(fields).name, typed)
}

function answer(random: Random, { fields, doc, undo: history }: Person): void {
  switch (random.below(10)) {
    case 0:
      return fields.set('status', random.pick(['idea', 'tried', null]))
    case 1:
      return fields.set('date', random.pick([`2023-11-0${1 + random.below(9)}`, null]))
    case 2:
      return fields.set('count', random.pick([1, 2.5, -70000, 0]))
    case 3:
      return fields.choose('tags', random.pick(['armut', 'kita', 'früh']), random.next() < 0.6)
    case 4:
      return fields.choose('linked', PAGE + random.pick(['a', 'b']), random.next() < 0.6)
    case 5:
      return fields.meet('criteria', 'setting', random.next() < 0.6)
    case 6: {
      const text = doc.getText('text:criteria/setting')
      return void doc.transact(() => text.insert(0, random.pick(WORDS)), fields)
    }
    case 7: {
      const item = random.pick(['a', 'b', 'c']).repeat(12)
      const known = [...doc.getMap('values').keys()].some((key) => key.startsWith(`team/${item}/`))
      if (!known) return void new FieldWriter(doc, history, () => item).addEntry('team')
      const text = doc.getText(`text:team/${item}/role`)
      if (random.next() < 0.5) {
        return void doc.transact(() => text.insert(text.length, random.pick(WORDS)), fields)
      }
      return random.next() < 0.3
        ? fields.removeEntry('team', item)
        : fields.moveEntry('team', item, random.pick([-1, 1]))
    }
    default: {
      const text = random.pick([doc.getText('title'), doc.getText('text:summary')])
      doc.transact(() => {
        const last = [...text.toJSON()].at(-1) ?? ''
        if (last !== '' && random.next() < 0.4) text.delete(text.length - last.length, last.length)
        else if (text.length < 80) text.insert(text.length, random.pick(WORDS))
      }, fields)
    }
  }
}

/** One thing. */
export function act(random: Random, person: Person): void {
  const { editor } = person
  const { state, view } = editor
  if (random.next() < 0.35) select(random, editor)
  switch (random.below(40)) {
    case 0:
      return press(editor, 'Enter')
    case 1:
      return press(editor, 'Backspace')
    case 2:
      return press(editor, random.pick(['Delete', 'Tab', 'Enter']))
    case 3:
      return press(editor, random.pick(['Tab', 'Enter']), { shiftKey: true })
    case 4:
      return toggleMark(editor, random.pick(MARKS))
    case 5:
      return void editor.commands.setMark('link', {
        href: random.pick([
          'https://example.org/ä?x=1',
          'mailto:a@example.org',
          '/seiten/x',
          'tel:+4930',
        ]),
      })
    case 6:
    case 7:
      return applyBlock(editor, random.pick(TURNS))
    case 8:
      return applyBlock(editor, random.pick(BLOCKS))
    case 9:
      return void moveBlock(editor, random.pick([-1, 1]))
    case 10:
      return void (random.next() < 0.5 ? duplicateBlock(editor) : deleteBlock(editor))
    case 11:
      return void insertFootnote(editor)
    case 12: {
      const { from, to } = state.selection
      return insertPageLink(editor, { from, to }, PAGE + random.pick(['a', 'b', 'c']))
    }
    case 13:
    case 14:
      return void undo(state)
    case 15:
      return void person.undo.redo()
    case 16:
      return void view.pasteHTML(clean(random.pick(PASTED)), new Event('paste') as ClipboardEvent)
    case 17: {
      const { from, to } = range(random, editor, 50)
      const slice = state.doc.slice(from, to)
      return view.dispatch(state.tr.replaceSelection(slice))
    }
    case 18: {
      const { from, to } = range(random, editor, 40)
      return view.dispatch(state.tr.delete(from, to))
    }
    case 19:
    case 20:
      return void runTable(editor, random.pick(TABLE_ACTIONS))
    case 21:
      return details(random, editor)
    case 22:
      return void (random.next() < 0.5 ? toggleTask(editor) : writeBehind(editor))
    case 23:
      return type(editor, random.pick(KEYS))
    case 24:
    case 25:
    case 26:
      return answer(random, person)
    default: {
      // Most of what people do: a few words on end.
      const phrase = Array.from({ length: 1 + random.below(5) }, () => random.pick(WORDS))
      return type(editor, phrase.join(''))
    }
  }
}

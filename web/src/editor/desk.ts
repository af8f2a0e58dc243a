/** Test support: people at editors, each with a document of their own. */
import type { Editor } from '@tiptap/core'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'

import { I18n } from '../i18n/i18n.svelte'
import { createUndo } from './body-binding'
import { createEditor } from './create-editor'
import type { HeadingEntry } from './headings'
import type { KeyHooks } from './keys'
import { TitleService } from './titles'
import type { Trigger } from './trigger'

const WORDS = {
  noAccess: () => 'Seite ohne Zugang',
  untitled: () => 'Ohne Titel',
  label: () => 'Text der Seite',
  hint: () => '',
  answer: () => 'Hier schreiben',
}
const i18n = new I18n('de')

export interface Desk {
  doc: Y.Doc
  editor: Editor
  undo: Y.UndoManager
  awareness: Awareness
  /** How often the editor said that it cannot follow the text. */
  foreign: () => number
  headings: () => HeadingEntry[]
  trigger: () => Trigger | null
  /** What the keys asked for, in order. */
  asked: (keyof KeyHooks)[]
}

export interface DeskOptions {
  editable?: boolean
  /** The title of every other page. */
  title?: string
}

/** jsdom has no layout; the editor only asks for it to scroll. */
export function layOut(): void {
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList
  Range.prototype.getBoundingClientRect = () => new DOMRect()
  document.elementFromPoint = () => null
}

let opened: Editor[] = []

/** For the end of each test. */
export function closeDesks(): void {
  for (const editor of opened) editor.destroy()
  opened = []
  document.body.replaceChildren()
}

/** Opens the real editor on a document. */
export function open(doc = new Y.Doc(), options: DeskOptions = {}): Desk {
  const { editable = true, title = 'Ziel' } = options
  const element = document.createElement('div')
  document.body.append(element)
  const undo = createUndo(doc)
  const awareness = new Awareness(doc)
  const asked: (keyof KeyHooks)[] = []
  const hook = (name: keyof KeyHooks) => () => void asked.push(name)
  let foreign = 0
  let headings: HeadingEntry[] = []
  let trigger: Trigger | null = null
  const editor = createEditor({
    element,
    body: doc.getXmlFragment('body'),
    undo,
    awareness,
    editable,
    titles: new TitleService((ids) => Promise.resolve(ids.map((id) => ({ id, title })))),
    words: WORDS,
    blocks: {
      words: { t: i18n.t, language: () => 'de', watch: () => () => undefined },
      onfields: hook('onfields'),
    },
    cleanHtml: (html) => html,
    trigger: { onchange: (now) => (trigger = now), onkey: () => false },
    onlink: hook('onlink'),
    ontoolbar: hook('ontoolbar'),
    onfields: hook('onfields'),
    onblock: hook('onblock'),
    onfootnote: hook('onfootnote'),
    onfind: hook('onfind'),
    onmake: hook('onmake'),
    onfootnotes: () => undefined,
    onforeign: () => (foreign += 1),
    onheadings: (found) => (headings = found),
    onchange: () => undefined,
  })
  opened.push(editor)
  return {
    doc,
    editor,
    undo,
    awareness,
    foreign: () => foreign,
    headings: () => headings,
    trigger: () => trigger,
    asked,
  }
}

/** Brings two documents to the same state. */
export function exchange(one: { doc: Y.Doc }, two: { doc: Y.Doc }): void {
  const first = Y.encodeStateAsUpdate(one.doc, Y.encodeStateVector(two.doc))
  const second = Y.encodeStateAsUpdate(two.doc, Y.encodeStateVector(one.doc))
  Y.applyUpdate(two.doc, first, 'remote')
  Y.applyUpdate(one.doc, second, 'remote')
}

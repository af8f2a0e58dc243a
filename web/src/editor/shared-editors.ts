/** For tests: editors of shared documents, as pages have them; gone after each test. */
import { Editor } from '@tiptap/core'
import { afterEach } from 'vitest'
import type * as Y from 'yjs'

import { pageSchemaExtensions } from '../schema'
import { createUndo, SharedBody } from './body-binding'

let opened: Editor[] = []
afterEach(() => {
  for (const editor of opened) editor.destroy()
  opened = []
})

/** An editor of the document's body, with focus and caret as in a window. */
export function openShared(doc: Y.Doc): Editor {
  const element = document.createElement('div')
  document.body.append(element)
  const shared = SharedBody.configure({
    body: doc.getXmlFragment('body'),
    undo: createUndo(doc),
    onforeign: () => undefined,
  })
  const extensions = [...pageSchemaExtensions(), shared]
  const editor = new Editor({ element, injectCSS: false, extensions })
  opened.push(editor)
  return editor
}

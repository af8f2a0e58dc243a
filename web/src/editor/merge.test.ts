/** Opening a page never changes it: 10,000 random merges of every node type stay as they were. */
import { getSchema } from '@tiptap/core'
import type { Transaction } from '@tiptap/pm/state'
import { EditorState } from '@tiptap/pm/state'
import { EditorView } from '@tiptap/pm/view'
import { ProsemirrorBinding, ySyncPlugin, ySyncPluginKey } from '@tiptap/y-tiptap'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'

import pageSchema from '../../../data/schema/page.json'
import { pageSchemaExtensions } from '../schema'
import { randomMerge } from './random-pages'

const schema = getSchema(pageSchemaExtensions())

/** The binding's view of an editor, without a browser's layout: ten thousand are opened. */
class BareView {
  state = EditorState.create({ schema })
  dispatch(tr: Transaction): void {
    this.state = this.state.apply(tr)
  }
  hasFocus(): boolean {
    return false
  }
}

function encoded(doc: Y.Doc): string {
  return Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
}

function names(doc: Y.Doc): string[] {
  const found: string[] = []
  const walk = (fragment: Y.XmlFragment) => {
    for (const child of fragment.toArray()) {
      if (child instanceof Y.XmlElement) {
        found.push(child.nodeName)
        walk(child)
      }
    }
  }
  walk(doc.getXmlFragment('body'))
  return found
}

function openBare(doc: Y.Doc): void {
  const view = new BareView()
  const binding = new ProsemirrorBinding(doc.getXmlFragment('body'))
  binding.initView(view)
  binding._forceRerender()
  // What every later transaction does, a moved caret for example.
  binding._prosemirrorChanged(view.state.doc)
  binding.destroy()
}

describe('opening a merged page leaves the document unchanged', () => {
  test('in 10,000 random merges', { timeout: 600_000 }, () => {
    const seen = new Set<string>()
    const changed: number[] = []
    for (let seed = 1; seed <= 10_000; seed += 1) {
      const doc = randomMerge(seed)
      const before = encoded(doc)
      for (const name of names(doc)) seen.add(name)
      openBare(doc)
      if (encoded(doc) !== before) changed.push(seed)
    }
    expect(changed).toEqual([])
    expect([...seen].sort()).toEqual(Object.keys(pageSchema.nodes).sort())
  })

  test('in a real editor view, with a caret moved afterwards', () => {
    for (let seed = 20_001; seed <= 20_150; seed += 1) {
      const doc = randomMerge(seed)
      const before = encoded(doc)
      const plugins = [ySyncPlugin(doc.getXmlFragment('body'))]
      const view = new EditorView(document.createElement('div'), {
        state: EditorState.create({ schema, plugins }),
      })
      view.dispatch(view.state.tr.setMeta('caret', true))
      expect(ySyncPluginKey.getState(view.state).binding).toBeDefined()
      view.destroy()
      expect(encoded(doc), `seed ${seed}`).toBe(before)
    }
  })

  test('a node that the schema does not know would be deleted, which is why there is a guard', () => {
    const doc = new Y.Doc()
    doc.getXmlFragment('body').push([new Y.XmlElement('future')])
    const view = new EditorView(document.createElement('div'), {
      state: EditorState.create({ schema, plugins: [ySyncPlugin(doc.getXmlFragment('body'))] }),
    })
    view.destroy()
    expect(doc.getXmlFragment('body').length).toBe(0)
  })
})

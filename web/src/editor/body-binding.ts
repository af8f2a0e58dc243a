/**
 * Ties the editor to the shared text of the page (y-tiptap), with four precautions of our own:
 * undo takes back only own changes, title and text together; a text block begins with a shared text
 * inside, so that two people who start typing in the same empty paragraph write into the same one;
 * text that this version does not know never reaches the binding, which would delete it; and the
 * first rendering leaves nothing selected.
 */
import { Extension, getSchema } from '@tiptap/core'
import type { Schema } from '@tiptap/pm/model'
import { AllSelection, Selection, type Plugin, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { ProsemirrorBinding } from '@tiptap/y-tiptap'
import { defaultDeleteFilter, ySyncPlugin, ySyncPluginKey, yUndoPlugin } from '@tiptap/y-tiptap'
import * as Y from 'yjs'

import { pageSchemaExtensions, schemaVersion } from '../schema'
import { FieldWriter } from './fields/writer'
import { TextBinding } from './text-binding'

export interface SharedBodyOptions {
  body: Y.XmlFragment
  undo: Y.UndoManager
  /** Text of a newer version has arrived; the editor no longer follows the document. */
  onforeign: () => void
}

/** One history for title, fields and text; it knows only what this person changed. */
export function createUndo(doc: Y.Doc): Y.UndoManager {
  // The whole document: an entry of a list brings roots that are not there yet.
  return new Y.UndoManager(doc, {
    trackedOrigins: new Set<unknown>([ySyncPluginKey, TextBinding, FieldWriter]),
    deleteFilter: (item) => defaultDeleteFilter(item, new Set(['paragraph'])),
    // Within a whole document a transaction without a change would count, too, and end what can be
    // done again.
    captureTransaction: (transaction) =>
      transaction.changed.size > 0 && transaction.meta.get('addToHistory') !== false,
  })
}

/** Whether a transaction is a change of the person at this editor, not one from elsewhere. */
export function isOwnChange(transaction: Transaction): boolean {
  const meta = transaction.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined
  return meta?.isChangeOrigin !== true
}

/** Whether the text holds a node or mark that the schema does not know. */
export function hasForeignContent(body: Y.XmlFragment, schema: Schema): boolean {
  for (const child of body.toArray()) {
    if (child instanceof Y.XmlText) {
      for (const part of child.toDelta() as { insert: unknown; attributes?: object }[]) {
        if (typeof part.insert !== 'string') return true
        for (const name of Object.keys(part.attributes ?? {})) {
          if (schema.marks[name.replace(/--[a-zA-Z0-9+/=]{8}$/, '')] === undefined) return true
        }
      }
    } else if (child instanceof Y.XmlElement) {
      if (schema.nodes[child.nodeName] === undefined) return true
      if (hasForeignContent(child, schema)) return true
    } else {
      return true
    }
  }
  return false
}

/** Whether the page needs a newer application than this one: it may be read, not opened to edit. */
export function isFromNewerVersion(doc: Y.Doc): boolean {
  const version: unknown = doc.getMap('meta').get('schema')
  if (typeof version === 'number' && version > schemaVersion) return true
  return hasForeignContent(doc.getXmlFragment('body'), getSchema(pageSchemaExtensions()))
}

/** Gives everything that holds text and was created in this transaction a shared text of its own. */
function seedTexts(transaction: Y.Transaction, schema: Schema): void {
  const { doc, beforeState } = transaction
  const structs = doc.store.clients.get(doc.clientID) ?? []
  const known = beforeState.get(doc.clientID) ?? 0
  const fresh: Y.XmlElement[] = []
  for (let index = structs.length - 1; index >= 0; index -= 1) {
    const struct = structs[index]
    if (struct === undefined || struct.id.clock < known) break
    if (!(struct instanceof Y.Item) || struct.deleted) continue
    const type: unknown = struct.content instanceof Y.ContentType ? struct.content.type : null
    if (type instanceof Y.XmlElement && type.length === 0) fresh.push(type)
  }
  for (const element of fresh) {
    if (schema.nodes[element.nodeName]?.inlineContent === true) element.insert(0, [new Y.XmlText()])
  }
}

/** Adds `seedTexts` to what the binding writes, within the same transaction. */
function seedWhatIsWritten(view: EditorView): void {
  const state = ySyncPluginKey.getState(view.state) as { binding: ProsemirrorBinding }
  const binding = state.binding
  const write = binding._prosemirrorChanged.bind(binding)
  binding._prosemirrorChanged = (doc) => {
    binding.doc.transact((transaction: Y.Transaction) => {
      write(doc)
      seedTexts(transaction, view.state.schema)
    }, ySyncPluginKey)
  }
}

/**
 * The first rendering fills an empty editor and leaves everything selected, as nothing was chosen in
 * it before. A key pressed then, or a change from elsewhere that shows the selection, would put the
 * whole page at risk: the caret belongs at the start.
 */
function selectNothing(view: EditorView): void {
  const { tr, selection } = view.state
  if (!(selection instanceof AllSelection)) return
  view.dispatch(tr.setSelection(Selection.atStart(tr.doc)).setMeta('addToHistory', false))
}

/** Stops following the document before the binding sees what the schema does not know. */
function guard(view: EditorView, options: SharedBodyOptions): () => void {
  const { body, onforeign } = options
  const doc = body.doc
  if (doc === null) return () => undefined
  const look = (transaction: Y.Transaction): void => {
    if (transaction.origin === ySyncPluginKey) return
    const types = [...transaction.changed.keys()] as unknown[]
    const foreign = types.some((type) => {
      if (type instanceof Y.XmlText) {
        const parent = type.parent
        return parent instanceof Y.XmlFragment && hasForeignContent(parent, view.state.schema)
      }
      return type instanceof Y.XmlFragment && hasForeignContent(type, view.state.schema)
    })
    if (!foreign) return
    const state = ySyncPluginKey.getState(view.state) as { binding: ProsemirrorBinding }
    state.binding.destroy()
    state.binding._prosemirrorChanged = () => undefined
    onforeign()
  }
  doc.on('beforeObserverCalls', look)
  return () => doc.off('beforeObserverCalls', look)
}

export const SharedBody = Extension.create<SharedBodyOptions>({
  name: 'sharedBody',
  priority: 1000,
  addProseMirrorPlugins() {
    const options = this.options
    const sync = ySyncPlugin(options.body) as Plugin
    const start = sync.spec.view
    sync.spec.view = (view) => {
      const { binding } = ySyncPluginKey.getState(view.state) as {
        binding: { beforeTransactionSelection: unknown }
      }
      // The first rendering has no caret to restore; with this set it does not look for one.
      binding.beforeTransactionSelection = {}
      const inner = start?.call(sync, view) ?? {}
      binding.beforeTransactionSelection = null
      selectNothing(view)
      const stop = guard(view, options)
      seedWhatIsWritten(view)
      return {
        ...inner,
        destroy() {
          stop()
          inner.destroy?.()
        },
      }
    }
    return [sync, yUndoPlugin({ undoManager: options.undo as never }) as Plugin]
  },
  addKeyboardShortcuts() {
    const undo = (): boolean => {
      this.options.undo.undo()
      return true
    }
    const redo = (): boolean => {
      this.options.undo.redo()
      return true
    }
    return { 'Mod-z': undo, 'Mod-y': redo, 'Mod-Shift-z': redo }
  },
})

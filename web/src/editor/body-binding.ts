/**
 * Ties the editor to the shared text of the page (y-tiptap), with five precautions of our own:
 * undo takes back only own changes, title and text together, and leaves no caret behind for the next
 * change from elsewhere; a text block begins with a shared text
 * inside, so that two people who start typing in the same empty paragraph write into the same one;
 * text that this version does not know never reaches the binding, which would delete it; and the
 * first rendering leaves nothing selected.
 */
import { Extension } from '@tiptap/core'
import type { Schema } from '@tiptap/pm/model'
import { AllSelection, Selection, type Plugin, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { ProsemirrorBinding } from '@tiptap/y-tiptap'
import { defaultDeleteFilter, ySyncPlugin, ySyncPluginKey, yUndoPlugin } from '@tiptap/y-tiptap'
import * as Y from 'yjs'

import { FieldWriter } from './fields/writer'
import { hasForeignContent } from './foreign'
import { TextBinding } from './text-binding'

export interface SharedBodyOptions {
  body: Y.XmlFragment
  undo: Y.UndoManager
  /** The text is or became one that this version cannot edit; the editor does not follow it. */
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

/** Where the caret was before a change from elsewhere, as the binding keeps it. */
interface KeptSelection {
  anchor: Y.RelativePosition | null
  head: Y.RelativePosition | null
  /** Its distances from the start; the binding guesses by them and by the looks of blocks. */
  absAnchor?: number | null
  absHead?: number | null
}

/** Whether the text that a place stands in is still there. */
function isThere(place: Y.RelativePosition | null, doc: Y.Doc): boolean {
  const found = place && Y.createAbsolutePositionFromRelativePosition(place, doc)
  // The page's body itself is in nothing else.
  return found !== null && found.type._item?.deleted !== true
}

/**
 * The binding takes the caret's block for another one as soon as its text is another, and then looks
 * for a block like the old one. Where only one is like it, such as a heading of its level, the caret
 * would keep its distance from the start while somebody writes before it. The place in the shared text
 * knows better, unless that text is gone.
 */
function trustPlaces(binding: ProsemirrorBinding): void {
  const holder = binding as unknown as { beforeTransactionSelection: KeptSelection | null }
  let kept = holder.beforeTransactionSelection
  Object.defineProperty(holder, 'beforeTransactionSelection', {
    get: () => {
      if (!kept?.anchor || !kept.head) return kept
      const { anchor, head, absAnchor, absHead } = kept
      return {
        ...kept,
        absAnchor: isThere(anchor, binding.doc) ? null : absAnchor,
        absHead: isThere(head, binding.doc) ? null : absHead,
      }
    },
    set: (selection: KeptSelection | null) => {
      kept = selection
    },
  })
}

/** Stops following the document before the binding sees what the schema does not take. */
function guard(view: EditorView, options: SharedBodyOptions): () => void {
  const { body, onforeign } = options
  const doc = body.doc
  if (doc === null) return () => undefined
  const look = (transaction: Y.Transaction): void => {
    if (transaction.origin === ySyncPluginKey) return
    const foreign = ([...transaction.changed.keys()] as unknown[]).some(
      (type) =>
        (type instanceof Y.XmlText || type instanceof Y.XmlFragment) && hasForeignContent(type),
    )
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
    if (hasForeignContent(options.body)) {
      // Nothing is drawn and nothing written.
      sync.spec.view = () => {
        options.onforeign()
        return {}
      }
      return [sync]
    }
    const start = sync.spec.view
    sync.spec.view = (view) => {
      const { binding } = ySyncPluginKey.getState(view.state) as { binding: ProsemirrorBinding }
      // The first rendering has no caret to restore; with this set it does not look for one.
      Object.assign(binding, { beforeTransactionSelection: {} })
      const inner = start?.call(sync, view) ?? {}
      Object.assign(binding, { beforeTransactionSelection: null })
      trustPlaces(binding)
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
    const undo = yUndoPlugin({ undoManager: options.undo as never }) as Plugin
    // Its own view hands the binding, after each undo, the caret from before the change that was undone:
    // the next change from elsewhere puts it there, and is never drawn if the text has become shorter. The
    // next key would then take it away from everybody.
    undo.spec.view = () => ({ destroy: () => options.undo.destroy() })
    return [sync, undo]
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

/**
 * The carets and selections of the others in the text, and the own one for them. They are
 * decoration: hidden from screen readers, coloured by the person's class, named for two seconds
 * after they move. The awareness field is `cursor`, as y-tiptap writes and reads it.
 */
import { Extension } from '@tiptap/core'
import type { EditorState } from '@tiptap/pm/state'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { ProsemirrorBinding } from '@tiptap/y-tiptap'
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'

import { caretElement, caretLook, NAMED_FOR, type CaretLook } from './caret'

/** The own caret is told at most this often, in milliseconds. */
const TOLD_EVERY = 80

export const remoteCaretsKey = new PluginKey<DecorationSet>('remoteCarets')

interface Binding {
  doc: Y.Doc
  type: Y.XmlFragment
  binding: ProsemirrorBinding
}
interface StoredCursor {
  anchor: unknown
  head: unknown
}

function bindingOf(state: EditorState): Binding | null {
  const sync = ySyncPluginKey.getState(state) as Partial<Binding> | undefined
  return sync?.binding && sync.doc && sync.type ? (sync as Binding) : null
}

function positionOf(raw: unknown, { doc, type, binding }: Binding): number | null {
  try {
    const relative = Y.createRelativePositionFromJSON(raw)
    return relativePositionToAbsolutePosition(doc, type, relative, binding.mapping)
  } catch {
    // Anything may stand in a foreign state; what is no position is no caret.
    return null
  }
}

/** Where a client's caret stands in the text now; null if it is elsewhere. */
export function caretPosition(
  state: EditorState,
  awareness: Awareness,
  client: number,
): number | null {
  const sync = bindingOf(state)
  const cursor = awareness.getStates().get(client)?.['cursor'] as StoredCursor | null | undefined
  if (sync === null || !cursor) return null
  const head = positionOf(cursor.head, sync)
  return head === null ? null : Math.min(head, state.doc.content.size)
}

class Carets {
  /** Until when each client's name is shown, and the caret that was last seen. */
  readonly #named = new Map<number, { cursor: string; until: number }>()
  readonly #awareness: Awareness

  constructor(awareness: Awareness) {
    this.#awareness = awareness
  }

  decorations(state: EditorState): DecorationSet {
    const sync = bindingOf(state)
    if (sync === null || sync.binding.mapping.size === 0) return DecorationSet.empty
    const now = performance.now()
    const found: Decoration[] = []
    for (const [client, raw] of this.#awareness.getStates()) {
      const cursor = raw['cursor'] as StoredCursor | null | undefined
      if (client === sync.doc.clientID || !cursor) continue
      const look = caretLook(raw['user'])
      const anchor = positionOf(cursor.anchor, sync)
      const head = positionOf(cursor.head, sync)
      if (look === null || anchor === null || head === null) continue
      const named = this.#isNamed(client, JSON.stringify(cursor), now)
      found.push(...draw(state, look, client, anchor, head, named))
    }
    return DecorationSet.create(state.doc, found)
  }

  /** Milliseconds until the next name is to be hidden; null if none is shown. */
  nextHiding(): number | null {
    const now = performance.now()
    const waits = [...this.#named.values()].map(({ until }) => until - now).filter((w) => w > 0)
    return waits.length === 0 ? null : Math.min(...waits)
  }

  #isNamed(client: number, cursor: string, now: number): boolean {
    const last = this.#named.get(client)
    if (last?.cursor === cursor) return last.until > now
    this.#named.set(client, { cursor, until: now + NAMED_FOR })
    return true
  }
}

function draw(
  state: EditorState,
  look: CaretLook,
  client: number,
  anchor: number,
  head: number,
  named: boolean,
): Decoration[] {
  const size = state.doc.content.size
  const at = Math.min(head, size)
  const from = Math.min(anchor, head, size)
  const to = Math.min(Math.max(anchor, head), size)
  const $at = state.doc.resolve(at)
  const atEnd = $at.parent.isTextblock && $at.parentOffset === $at.parent.content.size
  const atStart = $at.nodeBefore?.isText !== true
  const place = { named, atStart, atEnd }
  const caret = Decoration.widget(at, () => caretElement(look, client, place), {
    key: `caret-${client}-${look.hue}-${look.name}-${named}-${atStart}-${atEnd}`,
    side: 10,
    ignoreSelection: true,
    marks: [],
  })
  if (from === to) return [caret]
  return [caret, Decoration.inline(from, to, { class: `sel person person-${look.hue}` })]
}

/** Tells the others where the own caret is, while the editor has the focus. */
class OwnCaret {
  readonly #awareness: Awareness
  #timer: ReturnType<typeof setTimeout> | null = null
  #told: string | null = null

  constructor(awareness: Awareness) {
    this.#awareness = awareness
  }

  /** Soon, and not more often than others can follow. */
  tell(view: EditorView): void {
    if (this.#timer !== null) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#tellNow(view)
    }, TOLD_EVERY)
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#awareness.getLocalState() !== null) this.#set(null)
  }

  #tellNow(view: EditorView): void {
    const sync = view.isDestroyed ? null : bindingOf(view.state)
    if (sync === null) return
    if (!view.hasFocus() || !view.editable) {
      this.#set(null)
      return
    }
    const { anchor, head } = view.state.selection
    const relative = (place: number): unknown =>
      Y.relativePositionToJSON(
        absolutePositionToRelativePosition(place, sync.type, sync.binding.mapping),
      )
    this.#set({ anchor: relative(anchor), head: relative(head) })
  }

  #set(cursor: StoredCursor | null): void {
    const told = JSON.stringify(cursor)
    if (told === this.#told) return
    this.#told = told
    this.#awareness.setLocalStateField('cursor', cursor)
  }
}

/**
 * The browser tells of a moved caret with the next frame. What others change or where they go, drawn
 * before that, would put the caret back to where it was known to be: so the browser is asked first.
 */
class MovedCaret {
  view: EditorView | null = null
  readonly #doc: Y.Doc

  /** Made before the text is bound to the document, which remembers the caret at the same moment. */
  constructor(doc: Y.Doc) {
    this.#doc = doc
    doc.on('beforeAllTransactions', this.hear)
  }

  readonly hear = (): void => {
    if (this.view?.hasFocus() === true) document.dispatchEvent(new Event('selectionchange'))
  }

  stop(): void {
    this.#doc.off('beforeAllTransactions', this.hear)
  }
}

export const RemoteCarets = Extension.create<{ awareness: Awareness }>({
  name: 'remoteCarets',
  addProseMirrorPlugins() {
    const awareness = this.options.awareness
    const carets = new Carets(awareness)
    const moved = new MovedCaret(awareness.doc)
    return [
      new Plugin<DecorationSet>({
        key: remoteCaretsKey,
        state: {
          init: (_, state) => carets.decorations(state),
          apply(tr, drawn, _before, state) {
            const sync = tr.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined
            if (tr.getMeta(remoteCaretsKey) === true || sync?.isChangeOrigin === true) {
              return carets.decorations(state)
            }
            return tr.docChanged ? drawn.map(tr.mapping, tr.doc) : drawn
          },
        },
        props: { decorations: (state) => remoteCaretsKey.getState(state) },
        view: (view) => watch(view, awareness, carets, moved),
      }),
    ]
  },
})

function watch(view: EditorView, awareness: Awareness, carets: Carets, moved: MovedCaret) {
  moved.view = view
  const own = new OwnCaret(awareness)
  let redraw: ReturnType<typeof setTimeout> | null = null
  const drawIn = (delay: number): void => {
    if (redraw !== null) clearTimeout(redraw)
    redraw = setTimeout(() => {
      redraw = null
      if (view.isDestroyed) return
      moved.hear()
      // Without the second mark y-tiptap would end the running undo step after each remote change,
      // and undo would take back single letters while others type.
      const tr = view.state.tr.setMeta(remoteCaretsKey, true)
      view.dispatch(tr.setMeta(ySyncPluginKey, { addToHistory: true }))
      const wait = carets.nextHiding()
      if (wait !== null) drawIn(wait + 20)
    }, delay)
  }
  // States arrive in bursts; they are drawn once per turn.
  const onchange = (): void => drawIn(0)
  const onfocus = (): void => own.tell(view)
  awareness.on('change', onchange)
  view.dom.addEventListener('focusin', onfocus)
  view.dom.addEventListener('focusout', onfocus)
  drawIn(0)
  return {
    update: () => own.tell(view),
    destroy() {
      if (redraw !== null) clearTimeout(redraw)
      own.stop()
      moved.stop()
      awareness.off('change', onchange)
      view.dom.removeEventListener('focusin', onfocus)
      view.dom.removeEventListener('focusout', onfocus)
    },
  }
}

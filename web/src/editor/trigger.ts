/**
 * What opens a menu while somebody types: `[[` for a page, `/` for a block, and after a space for what
 * stands among words, such as a footnote. The letters stay in the
 * text until something is chosen; the rules are plain functions over the text before the caret.
 */
import type { EditorState } from '@tiptap/pm/state'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

export interface Trigger {
  kind: 'page' | 'block' | 'inline'
  /** What was typed after the sign. */
  query: string
  /** Places in the document: the sign's start and the caret. */
  from: number
  to: number
}

/** Longest query that still looks like a search for a title. */
const QUERY_MAX = 80

/** Finds an open sign in the text before the caret; `from` is an offset in that text. */
export function findTrigger(before: string): Pick<Trigger, 'kind' | 'query' | 'from'> | null {
  const page = before.lastIndexOf('[[')
  if (page >= 0) {
    const query = before.slice(page + 2)
    if (!query.includes(']') && !/^\s/.test(query) && query.length <= QUERY_MAX) {
      return { kind: 'page', query, from: page }
    }
  }
  // At the start of a block or after a space: elsewhere it is punctuation ("und/oder").
  const slash = /(?:^|\s)\/([\p{L}\d]*)$/u.exec(before)
  if (slash === null) return null
  const query = slash[1] ?? ''
  const from = before.length - query.length - 1
  return { kind: from === 0 ? 'block' : 'inline', query, from }
}

/** The open sign at the caret; null where there is none. */
export function triggerAt(state: EditorState): Trigger | null {
  const { $from, empty } = state.selection
  if (!empty || !$from.parent.isTextblock) return null
  // Where no page may be linked, as in a block of code, signs are just letters.
  const { pageLink } = state.schema.nodes
  if (pageLink === undefined || $from.parent.type.contentMatch.matchType(pageLink) === null) {
    return null
  }
  if ($from.marks().some((mark) => mark.type.name === 'code')) return null
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc')
  const found = findTrigger(before)
  if (found === null) return null
  return { ...found, from: $from.start() + found.from, to: $from.pos }
}

const triggerKey = new PluginKey<{ closedAt: number | null }>('trigger')

export interface TriggerHooks {
  /** The open sign changed; null: none. */
  onchange: (trigger: Trigger | null) => void
  /** A key while a menu is open; true if the menu used it. */
  onkey: (event: KeyboardEvent) => boolean
}

/** Closes the menu for this sign; the letters stay. */
export function dismissTrigger(view: EditorView): void {
  const trigger = triggerAt(view.state)
  view.dispatch(view.state.tr.setMeta(triggerKey, trigger?.from ?? null))
}

export function triggerPlugin(hooks: TriggerHooks): Plugin {
  let open: Trigger | null = null
  return new Plugin<{ closedAt: number | null }>({
    key: triggerKey,
    state: {
      init: () => ({ closedAt: null }),
      apply(tr, { closedAt }) {
        const dismissed = tr.getMeta(triggerKey) as number | null | undefined
        if (dismissed !== undefined) return { closedAt: dismissed }
        return { closedAt: closedAt === null ? null : tr.mapping.map(closedAt, -1) }
      },
    },
    props: {
      handleKeyDown: (_view, event) => open !== null && !event.isComposing && hooks.onkey(event),
      handleDOMEvents: {
        blur: () => {
          open = null
          hooks.onchange(null)
          return false
        },
      },
    },
    view: () => ({
      update(view, before) {
        if (view.state.doc.eq(before.doc) && view.state.selection.eq(before.selection)) {
          if (triggerKey.getState(view.state) === triggerKey.getState(before)) return
        }
        const found = view.editable && view.hasFocus() ? triggerAt(view.state) : null
        const closed = found !== null && triggerKey.getState(view.state)?.closedAt === found.from
        open = closed ? null : found
        hooks.onchange(open)
      },
      destroy: () => hooks.onchange(null),
    }),
  })
}

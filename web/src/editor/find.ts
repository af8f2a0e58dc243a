/** Finding and replacing in the text: which places fit, which one is looked at, how they are shown. */
import type { Editor } from '@tiptap/core'
import type { Node as DocumentNode } from '@tiptap/pm/model'
import type { EditorState } from '@tiptap/pm/state'
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

export interface Query {
  text: string
  /** Capital and small letters differ. */
  exact: boolean
}

export interface Match {
  from: number
  to: number
}

interface FindState {
  query: Query | null
  matches: readonly Match[]
  /** Index of the one that is looked at; -1: none. */
  active: number
  shown: DecorationSet
}

/** So many are marked; a page with more is searched for something too short. */
const MATCHES_MAX = 2000
const NOTHING: FindState = { query: null, matches: [], active: -1, shown: DecorationSet.empty }

const key = new PluginKey<FindState>('find')

/** Small letters, one for one, so that places in the folded text are places in the text. */
function folded(text: string): string {
  const small = text.toLowerCase()
  return small.length === text.length ? small : text
}

/** All places, first to last, that do not overlap; a match lies within one block. */
export function findMatches(doc: DocumentNode, { text, exact }: Query): Match[] {
  const found: Match[] = []
  const sought = exact ? text : folded(text)
  if (sought === '') return found
  doc.descendants((node, at) => {
    if (!node.isTextblock || found.length >= MATCHES_MAX) return found.length < MATCHES_MAX
    // What is no text takes as many signs as places, so that no match runs across it.
    let line = ''
    node.forEach((child) => (line += child.isText ? child.text : '\ufffc'.repeat(child.nodeSize)))
    const searched = exact ? line : folded(line)
    for (let from = searched.indexOf(sought); from >= 0 && found.length < MATCHES_MAX;) {
      found.push({ from: at + 1 + from, to: at + 1 + from + sought.length })
      from = searched.indexOf(sought, from + sought.length)
    }
    return false
  })
  return found
}

function show(doc: DocumentNode, matches: readonly Match[], active: number): DecorationSet {
  return DecorationSet.create(
    doc,
    matches.map(({ from, to }, index) =>
      Decoration.inline(from, to, { class: index === active ? 'found now' : 'found' }),
    ),
  )
}

function look(doc: DocumentNode, query: Query | null, near: number): FindState {
  if (query === null || query.text === '') return { ...NOTHING, query }
  const matches = findMatches(doc, query)
  const next = matches.findIndex(({ from }) => from >= near)
  const active = matches.length === 0 ? -1 : Math.max(0, next)
  return { query, matches, active, shown: show(doc, matches, active) }
}

type FindMeta = { query: Query | null } | { active: number }

export function findPlugin(): Plugin {
  return new Plugin<FindState>({
    key,
    state: {
      init: () => NOTHING,
      apply(tr, before) {
        const meta = tr.getMeta(key) as FindMeta | undefined
        if (meta !== undefined && 'query' in meta) {
          return look(tr.doc, meta.query, tr.selection.from)
        }
        if (meta !== undefined) {
          return {
            ...before,
            active: meta.active,
            shown: show(tr.doc, before.matches, meta.active),
          }
        }
        if (!tr.docChanged || before.query === null) return before
        return look(tr.doc, before.query, before.matches[before.active]?.from ?? 0)
      },
    },
    props: { decorations: (state) => key.getState(state)?.shown },
  })
}

/** Which place of how many is looked at: `{ number: 0, count: 0 }` where nothing fits. */
export function foundIn(state: EditorState): { number: number; count: number } {
  const found = key.getState(state) ?? NOTHING
  return { number: found.active + 1, count: found.matches.length }
}

/** Begins to search, or with null ends it. */
export function search(editor: Editor, query: Query | null): void {
  editor.view.dispatch(editor.state.tr.setMeta(key, { query }))
  if (query !== null) reveal(editor)
}

/** To the next (1) or the one before (-1), around the ends. */
export function stepFound(editor: Editor, direction: 1 | -1): void {
  const found = key.getState(editor.state) ?? NOTHING
  const count = found.matches.length
  if (count === 0) return
  const active = (found.active + direction + count) % count
  editor.view.dispatch(editor.state.tr.setMeta(key, { active }))
  reveal(editor)
}

/** Shows the place that is looked at; the focus stays where it is. */
function reveal(editor: Editor): void {
  const found = key.getState(editor.state) ?? NOTHING
  const match = found.matches[found.active]
  if (match === undefined) return
  const { state, view } = editor
  view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, match.from, match.to)))
  const { node } = view.domAtPos(match.from)
  const element = node instanceof Element ? node : node.parentElement
  element?.scrollIntoView({ block: 'center' })
}

/** A step of its own for undo: what was typed just before is not taken back with it. */
interface Steps {
  stopCapturing: () => void
}

/** Replaces the place that is looked at and goes to the next; false if there is none. */
export function replaceFound(editor: Editor, by: string, undo: Steps): boolean {
  const found = key.getState(editor.state) ?? NOTHING
  const match = found.matches[found.active]
  if (match === undefined || !editor.isEditable) return false
  undo.stopCapturing()
  const tr = editor.state.tr.insertText(by, match.from, match.to)
  // Onwards from behind the new words, which may contain what is sought.
  tr.setSelection(TextSelection.create(tr.doc, match.from + by.length))
  tr.setMeta(key, { query: found.query })
  editor.view.dispatch(tr)
  undo.stopCapturing()
  reveal(editor)
  return true
}

/** Replaces all places in one step; returns how many there were. */
export function replaceAllFound(editor: Editor, by: string, undo: Steps): number {
  const { matches } = key.getState(editor.state) ?? NOTHING
  if (matches.length === 0 || !editor.isEditable) return 0
  undo.stopCapturing()
  const tr = editor.state.tr
  for (const { from, to } of [...matches].reverse()) tr.insertText(by, from, to)
  editor.view.dispatch(tr)
  undo.stopCapturing()
  return matches.length
}

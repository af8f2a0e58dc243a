/** The text of a page, as far as comments need it: what is selected, where passages are, going there. */
import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'

import { commentMarks, setCommentMarks, type MarkedPassage } from './comment-marks'
import { passageAt, type Passage } from './comment-places'

export type { MarkedPassage } from './comment-marks'
export type { Passage } from './comment-places'

export class TextComments {
  readonly #editor: Editor

  constructor(editor: Editor) {
    this.#editor = editor
  }

  get #isGone(): boolean {
    return this.#editor.isDestroyed
  }

  /** Tells after every change of text or selection; returns what ends that. */
  watch(listener: () => void): () => void {
    this.#editor.on('transaction', listener)
    return () => this.#editor.off('transaction', listener)
  }

  /** Marks these passages, one of them as looked at. */
  show(passages: readonly MarkedPassage[], active: string | null): void {
    setCommentMarks(this.#editor, { passages, active })
  }

  /** Which thread is looked at. */
  activate(active: string | null): void {
    if (!this.#isGone && commentMarks(this.#editor.state).active !== active) {
      setCommentMarks(this.#editor, { active })
    }
  }

  /** Offers to comment on what is selected. */
  offer(compose: (() => void) | null): void {
    setCommentMarks(this.#editor, { compose })
  }

  /** The threads that have a place, in the order of the text. */
  order(): string[] {
    if (this.#isGone) return []
    const places = [...commentMarks(this.#editor.state).places]
    return places.sort(([, a], [, b]) => a.from - b.from || a.to - b.to).map(([id]) => id)
  }

  /** How far below the top of the window a thread's passage begins; null where it has no place. */
  top(id: string): number | null {
    const place = this.#isGone ? undefined : commentMarks(this.#editor.state).places.get(id)
    return place === undefined ? null : this.#editor.view.coordsAtPos(place.from).top
  }

  /** Where the text ends in the window. */
  bottom(): number {
    return this.#isGone ? 0 : this.#editor.view.dom.getBoundingClientRect().bottom
  }

  /** What is selected; null if that is nothing with words. */
  selected(): Passage | null {
    if (this.#isGone) return null
    const { from, to, empty } = this.#editor.state.selection
    return empty ? null : passageAt(this.#editor.state, { from, to })
  }

  /** Where the selection ends in the window. */
  selectedAt(): { left: number; bottom: number } | null {
    if (this.#isGone || this.#editor.state.selection.empty) return null
    const { left, bottom } = this.#editor.view.coordsAtPos(this.#editor.state.selection.to)
    return { left, bottom }
  }

  get isEditable(): boolean {
    return !this.#isGone && this.#editor.isEditable
  }

  /** Whether an element belongs to the text. */
  contains(element: EventTarget | null): boolean {
    return element instanceof Node && !this.#isGone && this.#editor.view.dom.contains(element)
  }

  /** The thread whose mark the caret stands in, or before. */
  atCaret(): string | null {
    if (this.#isGone) return null
    const { head } = this.#editor.state.selection
    const places = [...commentMarks(this.#editor.state).places]
    return places.find(([, { from, to }]) => from <= head && head <= to)?.[0] ?? null
  }

  /**
   * The mark after the caret (1) or before it (-1), around the ends; null if there is none. `from` is
   * where one is, for those who have no caret.
   */
  beside(direction: 1 | -1, from: string | null): string | null {
    const order = this.order()
    const current = from === null ? -1 : order.indexOf(from)
    if (current >= 0) return order.at((current + direction) % order.length) ?? null
    const { head } = this.#editor.state.selection
    const { places } = commentMarks(this.#editor.state)
    const start = (id: string): number => places.get(id)?.from ?? 0
    const found =
      direction === 1
        ? order.find((id) => start(id) > head)
        : order.findLast((id) => start(id) < head)
    return found ?? order.at(direction === 1 ? 0 : -1) ?? null
  }

  /** Shows a passage, with the caret at its beginning. */
  go(id: string): void {
    const place = this.#isGone ? undefined : commentMarks(this.#editor.state).places.get(id)
    if (place === undefined) {
      this.focus()
      return
    }
    const { state, view } = this.#editor
    view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, place.from)))
    this.focus()
    const mark = view.dom.querySelector(`[data-thread="${CSS.escape(id)}"]`)
    mark?.scrollIntoView({ block: 'center' })
  }

  /** Gives the text its focus back. */
  focus(): void {
    if (this.#isGone) return
    const { view } = this.#editor
    if (view.editable) {
      view.focus()
      return
    }
    // Whoever only reads has no field there, but a place to come back to.
    view.dom.tabIndex = -1
    view.dom.focus({ preventScroll: true })
  }
}

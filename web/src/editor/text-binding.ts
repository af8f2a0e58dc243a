/**
 * Binds a plain text field to a shared text: what is typed becomes a minimal insertion and
 * deletion, what others type appears without moving the caret.
 *
 * While an input method composes, the field belongs to it: changes of others wait until the
 * composition ends, and what is composed is translated to where it belongs in the changed text.
 */
import type * as Y from 'yjs'

import { cut, difference, movedBy } from './splice'

export interface TextBindingOptions {
  field: HTMLTextAreaElement | HTMLInputElement
  text: Y.Text
  /** Whether the text may have several lines. */
  lines?: boolean
  /** Longest text in UTF-16 units; more is not typed. */
  max: number
  undo: () => void
  redo: () => void
  /** After every change of what the field shows. */
  onvalue?: (value: string) => void
  /** After the caret moved, was set or left; null without focus. In UTF-16 units of the text. */
  oncaret?: (place: { anchor: number; head: number } | null) => void
}

/** The binding is the origin of its transactions, so undo tracks this class. */
export class TextBinding {
  readonly #options: TextBindingOptions
  /** What the field showed when it was last read or written. */
  #shown = ''
  #composing = false
  /**
   * For each place in the field its place in the shared text; null while both are equal. Only
   * during a composition do they differ.
   */
  #places: number[] | null = null
  readonly #detach: (() => void)[] = []

  constructor(options: TextBindingOptions) {
    this.#options = options
    const { field, text } = options
    const observer = (event: Y.YTextEvent, transaction: Y.Transaction): void => {
      if (transaction.origin !== this) this.#remote(event)
    }
    text.observe(observer)
    this.#detach.push(() => text.unobserve(observer))
    this.#on(field, 'input', () => this.#read())
    this.#on(field, 'beforeinput', (event) => this.#before(event as InputEvent))
    this.#on(field, 'keydown', (event) => this.#key(event as KeyboardEvent))
    this.#on(field, 'compositionstart', () => {
      this.#read()
      this.#composing = true
      this.#places = Array.from({ length: this.#shown.length + 1 }, (_, place) => place)
    })
    this.#on(field, 'compositionend', () => {
      this.#read()
      this.#composing = false
      this.#places = null
      this.#write(text.toString(), null)
    })
    this.#on(field, 'focus', () => this.#caret())
    this.#on(field, 'blur', () => options.oncaret?.(null))
    this.#on(field.ownerDocument, 'selectionchange', () => this.#caret())
    this.#shown = field.value
    this.#write(text.toString(), null)
  }

  /** Lets go of the field and the text. */
  destroy(): void {
    for (const detach of this.#detach) detach()
  }

  #on(target: EventTarget, type: string, listener: (event: Event) => void): void {
    target.addEventListener(type, listener)
    this.#detach.push(() => target.removeEventListener(type, listener))
  }

  /** The browser's own history knows nothing of the others; ours undoes only own changes. */
  #before(event: InputEvent): void {
    if (event.inputType === 'historyUndo') {
      event.preventDefault()
      this.#options.undo()
    } else if (event.inputType === 'historyRedo') {
      event.preventDefault()
      this.#options.redo()
    } else if (event.inputType === 'insertLineBreak' || event.inputType === 'insertParagraph') {
      if (this.#options.lines !== true) event.preventDefault()
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || !(event.ctrlKey || event.metaKey)) return
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    event.preventDefault()
    if (key === 'y' || event.shiftKey) this.#options.redo()
    else this.#options.undo()
  }

  /** Takes what the person typed into the shared text. */
  #read(): void {
    const { field, text } = this.#options
    const value = field.value
    const change = difference(this.#shown, value, field.selectionEnd ?? value.length)
    if (change === null) return
    const typed =
      this.#options.lines === true
        ? change.insert.replace(/\r\n?|[\u2028\u2029]/g, '\n')
        : change.insert.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
    const from = this.#place(change.at)
    const to = this.#place(change.at + change.remove)
    const room = this.#options.max - (text.length - (to - from))
    const insert = cut(typed, room)
    text.doc?.transact(() => {
      if (to > from) text.delete(from, to - from)
      if (insert !== '') text.insert(from, insert)
    }, this)
    this.#edited(change.at, change.remove, change.insert.length, from, insert.length, to - from)
    this.#shown = value
    if (!this.#composing && insert !== change.insert) {
      this.#write(text.toString(), change.at + insert.length)
    } else {
      this.#options.onvalue?.(value)
      this.#caret()
    }
  }

  #place(place: number): number {
    return this.#places === null ? place : (this.#places[place] ?? this.#options.text.length)
  }

  /** Keeps the table of places in step with an own change. */
  #edited(
    at: number,
    removed: number,
    inserted: number,
    from: number,
    added: number,
    gone: number,
  ): void {
    const places = this.#places
    if (places === null) return
    const shift = added - gone
    const after = places.slice(at + removed + 1).map((place) => place + shift)
    const within = Array.from({ length: inserted + 1 }, (_, i) => from + Math.min(i, added))
    this.#places = [...places.slice(0, at), ...within, ...after]
  }

  /** Shows what others (or undo) changed, or remembers it until the composition ends. */
  #remote(event: Y.YTextEvent): void {
    const delta = event.delta
    if (this.#places !== null) {
      this.#places = this.#places.map((place) => movedBy(delta, place))
      return
    }
    const { field } = this.#options
    const start = movedBy(delta, field.selectionStart ?? 0)
    const end = movedBy(delta, field.selectionEnd ?? 0)
    const backward = field.selectionDirection === 'backward'
    this.#write(this.#options.text.toString(), start, end, backward)
  }

  #write(value: string, start: number | null, end = start, backward = false): void {
    const { field } = this.#options
    if (field.value !== value) {
      field.value = value
      if (start !== null && this.#focused) {
        field.setSelectionRange(start, end, backward ? 'backward' : 'forward')
      }
    }
    this.#shown = field.value
    this.#options.onvalue?.(this.#shown)
    this.#caret()
  }

  get #focused(): boolean {
    const { field } = this.#options
    return field.ownerDocument.activeElement === field
  }

  #caret(): void {
    const { field, oncaret } = this.#options
    if (oncaret === undefined || !this.#focused) return
    const start = this.#place(field.selectionStart ?? 0)
    const end = this.#place(field.selectionEnd ?? 0)
    const backward = field.selectionDirection === 'backward'
    oncaret(backward ? { anchor: end, head: start } : { anchor: start, head: end })
  }
}

/** Changes answers in a live document; each change is one step to undo. */
import type * as Y from 'yjs'

import { documentAnswers, type Scalar } from './answers'
import { between } from './order'

/** The longest place of an entry that the server takes. */
const MAX_ORDER = 64
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

/** The item of a new entry: 60 random bits. */
export function randomItem(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join('')
}

/** The writer is the origin of its transactions, so undo tracks this class. */
export class FieldWriter {
  readonly #doc: Y.Doc
  readonly #undo: Y.UndoManager
  readonly #values: Y.Map<unknown>
  readonly #item: () => string

  constructor(doc: Y.Doc, undo: Y.UndoManager, item: () => string = randomItem) {
    this.#doc = doc
    this.#undo = undo
    this.#values = doc.getMap('values')
    this.#item = item
  }

  /** The shared text of a path. */
  text(path: string): Y.Text {
    return this.#doc.getText(`text:${path}`)
  }

  undo(): void {
    this.#undo.undo()
  }

  redo(): void {
    this.#undo.redo()
  }

  /** Gives a path one value; null takes it away. */
  set(path: string, value: Scalar | null): void {
    if ((this.#values.get(path) ?? null) === value) return
    this.#step(() => {
      if (value === null) this.#values.delete(path)
      else this.#values.set(path, value)
    })
  }

  /** Puts a choice into a set or takes it out. */
  choose(path: string, choice: string, chosen: boolean): void {
    const key = `${path}=${choice}`
    if (this.#values.has(key) === chosen) return
    this.#step(() => {
      if (chosen) this.#values.set(key, true)
      else this.#values.delete(key)
    })
  }

  /** Says that a criterion is met or not; without it, its words go too. */
  meet(name: string, choice: string, met: boolean): void {
    if (met) {
      this.choose(name, choice, true)
      return
    }
    this.#step(() => {
      this.#values.delete(`${name}=${choice}`)
      this.#empty(`${name}/${choice}`)
    })
  }

  /** Adds an entry at the end and gives its item. */
  addEntry(name: string): string {
    const item = this.#item()
    const last = documentAnswers(this.#doc).items(name).at(-1)
    const place = between(last === undefined ? null : this.#order(name, last), null)
    this.#step(() => this.#values.set(`${name}/${item}/order`, place.slice(0, MAX_ORDER)))
    return item
  }

  /** Takes an entry away with everything in it. */
  removeEntry(name: string, item: string): void {
    const below = `${name}/${item}/`
    this.#step(() => {
      for (const key of [...this.#values.keys()]) {
        if (key.startsWith(below)) this.#values.delete(key)
      }
      for (const root of [...this.#doc.share.keys()]) {
        if (root.startsWith(`text:${below}`)) this.#empty(root.slice('text:'.length))
      }
    })
  }

  /** Moves an entry one place up (-1) or down (1). */
  moveEntry(name: string, item: string, by: -1 | 1): void {
    const items = documentAnswers(this.#doc).items(name)
    const others = items.filter((other) => other !== item)
    const at = items.indexOf(item) + by
    if (at < 0 || at > others.length) return
    const order = (index: number): string | null => {
      const other = others[index]
      return other === undefined ? null : this.#order(name, other)
    }
    const place = between(order(at - 1), order(at))
    if (place.length > MAX_ORDER) return
    this.#step(() => this.#values.set(`${name}/${item}/order`, place))
  }

  #order(name: string, item: string): string | null {
    const order = this.#values.get(`${name}/${item}/order`)
    return typeof order === 'string' ? order : null
  }

  #empty(path: string): void {
    const text = this.text(path)
    if (text.length > 0) text.delete(0, text.length)
  }

  #step(change: () => void): void {
    this.#undo.stopCapturing()
    this.#doc.transact(change, this)
    this.#undo.stopCapturing()
  }
}

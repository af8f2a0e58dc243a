/**
 * Random histories of documents of our schema, made with Yjs: trees, texts, marks, attributes, moved
 * blocks, fields, undo, documents with and without garbage collection, merged in several orders.
 */
import * as Y from 'yjs'

import { edit, Random, randomPage } from '../../src/editor/random-pages'
import { reading } from './reading'
import { SORT, textEntry, type Entry } from './stream'

const WORDS = ['Kita', ' ', '😀', 'ß', 'Wir hören zu. ']
const KEYS = ['status', 'count', 'tags=armut', 'tags=kita']

interface Made {
  bytes: Uint8Array
  /** The clocks that whoever made it knew before. */
  before: Map<number, number>
}

class Peer {
  readonly doc: Y.Doc
  readonly undo: Y.UndoManager
  #known: Map<number, number>
  #seen = 0

  constructor(random: Random, id: number, base: Uint8Array, made: Made[]) {
    this.doc = new Y.Doc({ gc: random.next() < 0.7 })
    this.doc.clientID = id
    Y.applyUpdate(this.doc, base, 'remote')
    this.#known = clocks(this.doc)
    this.#seen = made.length
    this.undo = new Y.UndoManager(this.doc, { captureTimeout: 0, trackedOrigins: new Set([this]) })
    this.doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin !== 'remote') made.push({ bytes, before: this.#known })
      this.#known = clocks(this.doc)
    })
  }

  /** Takes the next few of all that was made. */
  take(made: readonly Made[], count: number): void {
    const upto = Math.min(made.length, this.#seen + count)
    for (let next = this.#seen; next < upto; next += 1) {
      Y.applyUpdate(this.doc, made[next]?.bytes ?? new Uint8Array(), 'remote')
    }
    this.#seen = upto
  }

  hasAll(made: readonly Made[]): boolean {
    return this.#seen === made.length
  }

  act(random: Random): void {
    switch (random.below(12)) {
      case 0:
        return void this.undo.undo()
      case 1:
        return void this.undo.redo()
      case 2:
        return this.doc.transact(() => move(random, this.doc.getXmlFragment('body')), this)
      case 3:
        return this.doc.transact(() => field(random, this.doc), this)
      case 4:
      case 5:
        return this.doc.transact(() => title(random, this.doc), this)
      default:
        return this.doc.transact(() => {
          for (let count = 1 + random.below(3); count > 0; count -= 1) edit(random, this.doc)
        }, this)
    }
  }
}

function clocks(doc: Y.Doc): Map<number, number> {
  return Y.decodeStateVector(Y.encodeStateVector(doc))
}

/** A copy somewhere else, without the one here. */
function move(random: Random, body: Y.XmlFragment): void {
  if (body.length < 2) return
  const from = random.below(body.length)
  const block = body.get(from)
  if (!(block instanceof Y.XmlElement)) return
  const copy = block.clone()
  body.delete(from, 1)
  body.insert(random.below(body.length + 1), [copy])
}

function field(random: Random, doc: Y.Doc): void {
  const values = doc.getMap('values')
  const key = random.pick(KEYS)
  if (random.next() < 0.3) values.delete(key)
  else if (key === 'status') values.set(key, random.pick(['idea', 'tried']))
  else if (key === 'count') values.set(key, random.pick([1, 2.5, -70000, 0]))
  else values.set(key, true)
}

function title(random: Random, doc: Y.Doc): void {
  const text = doc.getText(random.pick(['title', 'text:summary']))
  if (text.length > 0 && random.next() < 0.4) text.delete(random.below(text.length), 1)
  else text.insert(random.below(text.length + 1), random.pick(WORDS))
}

/** The same updates in another order that keeps what each builds on before it. */
function reordered(random: Random, made: readonly Made[]): Made[] {
  const rest = [...made]
  const have = new Map<number, number>()
  const ordered: Made[] = []
  while (rest.length > 0) {
    const ready = rest.filter(({ before }) =>
      [...before].every(([client, clock]) => (have.get(client) ?? 0) >= clock),
    )
    const next = random.pick(ready)
    rest.splice(rest.indexOf(next), 1)
    ordered.push(next)
    for (const [client, clock] of ends(next.bytes)) {
      have.set(client, Math.max(have.get(client) ?? 0, clock))
    }
  }
  return ordered
}

/** Where the content of an update ends, by client. */
function ends(update: Uint8Array): Map<number, number> {
  return Y.parseUpdateMeta(update).to
}

/** Neighbours of the order put together into one update now and then. */
function merged(random: Random, made: readonly Made[]): Uint8Array[] {
  const updates: Uint8Array[] = []
  for (let at = 0; at < made.length;) {
    const count = 1 + random.below(4)
    updates.push(Y.mergeUpdates(made.slice(at, at + count).map(({ bytes }) => bytes)))
    at += count
  }
  return updates
}

/** One history in two orders, some also put together, and what it says in the end. */
export function recordHistory(seed: number): Entry[] {
  const random = new Random(seed)
  const made: Made[] = []
  const base = Y.encodeStateAsUpdate(randomPage(random, 1))
  made.push({ bytes: base, before: new Map() })
  const peers = Array.from(
    { length: 2 + random.below(3) },
    (_, index) => new Peer(random, 2 + index, base, made),
  )
  for (let step = 10 + random.below(50); step > 0; step -= 1) {
    const peer = random.pick(peers)
    if (random.next() < 0.65) peer.act(random)
    else peer.take(made, 1 + random.below(8))
  }
  while (!peers.every((peer) => peer.hasAll(made))) {
    for (const peer of peers) peer.take(made, made.length)
  }
  const readings = new Set(peers.map((peer) => reading(peer.doc)))
  const person = (bytes: Uint8Array): Entry => ({ sort: SORT.person, bytes })
  if (readings.size !== 1) {
    // An edit within a sign of two units, which no editor makes: Yjs mends it on one side only, so
    // there is nothing to compare.
    process.stderr.write(`history ${seed}: Yjs does not agree with itself\n`)
    return [textEntry(SORT.page, String(seed)), ...made.map(({ bytes }) => person(bytes))]
  }
  const says = textEntry(SORT.reading, [...readings][0] ?? '')
  const other = reordered(random, made)
  const order = JSON.stringify(other.map((update) => made.indexOf(update)))
  const entries = [
    textEntry(SORT.page, String(seed)),
    ...made.map(({ bytes }) => person(bytes)),
    says,
    textEntry(SORT.again, order),
    says,
  ]
  if (seed % 4 > 0) return entries
  return [...entries, textEntry(SORT.again, '[]'), ...merged(random, other).map(person), says]
}

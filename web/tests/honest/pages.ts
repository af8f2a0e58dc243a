/**
 * Pages that several people write at the same time, in the product's editor: typing, marks, blocks,
 * tables, pasting, fields, undo; with several tabs, work without a connection, reloads, a server that
 * starts again and one that goes back to a backup. Everything that reaches the server is recorded in
 * its order.
 */
import * as Y from 'yjs'

import { open as openDesk, type Desk } from '../../src/editor/desk'
import { FieldWriter } from '../../src/editor/fields/writer'
import { Random } from '../../src/editor/random-pages'
import { act, type Person } from './acts'
import { pass } from './dom'
import { reading } from './reading'
import { SORT, textEntry, type Entry } from './stream'

const TABS = 3
/** So many things happen on a page. */
const STEPS = 500

class Server {
  doc = new Y.Doc()
  tabs: Tab[] = []
  readonly entries: Entry[]
  #backup: Uint8Array | null = null
  readonly #random: Random

  constructor(random: Random, seed: number) {
    this.#random = random
    this.entries = [textEntry(SORT.page, String(seed))]
    this.edit((doc) => {
      doc.getMap('meta').set('kind', 'approach')
      doc.getMap('meta').set('schema', 1)
      doc.getText('title').insert(0, 'Elterncafé')
    })
  }

  edit(change: (doc: Y.Doc) => void): void {
    // The server makes each change as a client of its own.
    this.doc.clientID = this.#random.below(2 ** 32)
    const made: Uint8Array[] = []
    const keep = (update: Uint8Array): void => void made.push(update)
    this.doc.on('update', keep)
    this.doc.transact(() => change(this.doc))
    this.doc.off('update', keep)
    for (const bytes of made) {
      this.entries.push({ sort: SORT.server, bytes })
      for (const tab of this.tabs) tab.inbox.push(bytes)
    }
  }

  receive(bytes: Uint8Array, from: Tab): void {
    this.entries.push({ sort: SORT.person, bytes })
    Y.applyUpdate(this.doc, bytes, 'remote')
    for (const tab of this.tabs) if (tab !== from) tab.inbox.push(bytes)
  }

  backUp(): void {
    this.#backup = Y.encodeStateAsUpdate(this.doc)
  }

  /** Goes back to the backup; everybody brings what it lacks. */
  restore(): void {
    if (this.#backup === null) return
    this.entries.push({ sort: SORT.restored, bytes: this.#backup })
    this.doc = new Y.Doc()
    Y.applyUpdate(this.doc, this.#backup, 'remote')
    for (const tab of this.tabs) tab.goOffline()
    for (const tab of this.tabs) tab.goOnline()
  }

  restart(): void {
    this.entries.push({ sort: SORT.restarted, bytes: new Uint8Array() })
  }
}

/** One tab: the page's editor on a document of its own, and what is on its way. */
class Tab {
  inbox: Uint8Array[] = []
  outbox: Uint8Array[] = []
  online = true
  readonly #server: Server
  readonly #random: Random
  #desk!: Desk
  person!: Person

  constructor(server: Server, random: Random) {
    this.#server = server
    this.#random = random
    this.#open(Y.encodeStateAsUpdate(server.doc))
    server.tabs.push(this)
  }

  get doc(): Y.Doc {
    return this.#desk.doc
  }

  #open(state: Uint8Array): void {
    const doc = new Y.Doc()
    doc.clientID = this.#random.below(2 ** 32)
    Y.applyUpdate(doc, state, 'remote')
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'remote') this.outbox.push(update)
    })
    this.#desk = openDesk(doc)
    const { editor, undo } = this.#desk
    this.person = { doc, editor, undo, fields: new FieldWriter(doc, undo, () => 'a'.repeat(12)) }
  }

  close(): void {
    this.#desk.editor.destroy()
    this.#desk.undo.destroy()
    this.#desk.awareness.destroy()
    document.body.replaceChildren(...[...document.body.children].filter((at) => at.hasChildNodes()))
  }

  /** The page is opened again; what was not sent stands in the browser's storage. */
  reload(): void {
    const stored = Y.encodeStateAsUpdate(this.doc)
    this.close()
    this.outbox = []
    this.inbox = []
    this.#open(stored)
    this.online = false
    this.goOnline()
  }

  goOffline(): void {
    this.online = false
  }

  /** What a provider does: an answer with all that the server lacks, and the server's answer. */
  goOnline(): void {
    if (this.online) return
    this.online = true
    this.outbox = []
    this.inbox = []
    const { doc } = this.#server
    this.#server.receive(Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(doc)), this)
    const answer = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(this.doc))
    Y.applyUpdate(this.doc, answer, 'remote')
  }

  act(): void {
    try {
      act(this.#random, this.person)
    } catch (failure) {
      // A step that does not apply here is no edit at all.
      const { name } = failure as Error
      if (!(failure instanceof RangeError) && name !== 'TransformError') throw failure
    }
  }

  send(): void {
    if (!this.online) return
    const sent = this.outbox.splice(0, 1 + this.#random.below(12))
    for (const update of sent) this.#server.receive(update, this)
  }

  take(): void {
    if (!this.online) return
    const taken = this.inbox.splice(0, 1 + this.#random.below(12))
    // One drawing for all that has come meanwhile.
    this.doc.transact(() => {
      for (const update of taken) Y.applyUpdate(this.doc, update, 'remote')
    }, 'remote')
  }
}

/** Everything that reached the server of one page, and what the page says in the end. */
export function recordPage(seed: number): Entry[] {
  const random = new Random(seed)
  const server = new Server(random, seed)
  const tabs = Array.from({ length: TABS }, () => new Tab(server, random))
  for (let step = 0; step < STEPS; step += 1) {
    pass(random.below(400))
    const tab = random.pick(tabs)
    const dice = random.next()
    if (dice < 0.5) tab.act()
    else if (dice < 0.76) tab.send()
    else if (dice < 0.94) tab.take()
    else if (dice < 0.955) tab.goOffline()
    else if (dice < 0.982) tab.goOnline()
    else if (dice < 0.986) tab.reload()
    else if (dice < 0.99) server.edit((doc) => doc.getText('title').insert(0, 'S'))
    else if (dice < 0.994) server.restart()
    else if (dice < 0.998) server.backUp()
    else server.restore()
  }
  settle(tabs)
  const readings = new Set(tabs.map((tab) => reading(tab.doc)))
  for (const tab of tabs) tab.close()
  if (readings.size === 1) server.entries.push(textEntry(SORT.reading, [...readings][0] ?? ''))
  // Undo can write a struct between one and the same neighbour (Yjs 13.6.33), which editors then put
  // in different places: what the page says cannot be compared.
  else process.stderr.write(`page ${seed}: the editors do not agree\n`)
  return server.entries
}

/** Until nobody has anything to say any more: what an editor tidies up is a change, too. */
function settle(tabs: readonly Tab[]): void {
  for (const tab of tabs) tab.goOffline()
  for (const tab of tabs) tab.goOnline()
  while (tabs.some((tab) => tab.inbox.length + tab.outbox.length > 0)) {
    for (const tab of tabs) {
      while (tab.outbox.length > 0) tab.send()
      while (tab.inbox.length > 0) tab.take()
    }
  }
}

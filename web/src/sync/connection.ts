/**
 * The connection of one open page: the stock y-websocket provider with the server's extensions. It
 * counts own frames, stops sending when the server refuses or takes the right to write, and reports
 * what the status machine makes of it.
 */
import type * as decoding from 'lib0/decoding'
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

import {
  ACCESS,
  COMMENTS,
  countedKind,
  KEPT,
  readAccess,
  readRefused,
  readSaved,
  readStorage,
  REFUSED,
  SAVED,
  STORAGE,
  updateFrame,
} from './frames'
import type { Person } from './presence'
import type { SyncEvent, SyncState, SyncStatus } from './status'
import {
  announce,
  ANNOUNCE_AFTER,
  initialAnnouncement,
  initialState,
  maySend,
  nextChange,
  statusAt,
  step,
} from './status'

/** Time, given from outside so that tests own it. */
export interface Clock {
  /** Milliseconds, only ever growing. */
  now(): number
  /** Calls back once after `delay` milliseconds; returns what cancels it. */
  after(delay: number, callback: () => void): () => void
}

export const browserClock: Clock = {
  now: () => performance.now(),
  after(delay, callback) {
    const timer = setTimeout(callback, delay)
    return () => clearTimeout(timer)
  },
}

export interface ConnectionOptions {
  /** Address of the pages' sockets, such as `wss://denkraum.example/ws/pages`. */
  server: string
  page: string
  doc: Y.Doc
  person: Person
  /** False: this person only reads; nothing that changes the page is ever sent. */
  mayEdit: boolean
  clock?: Clock
  WebSocket?: typeof WebSocket
  /** Whenever what the page bar shows changes. */
  onstatus(status: SyncStatus): void
  /** A status that has lasted and is worth saying to a screen reader. */
  onannounce?(kind: SyncStatus['kind']): void
  /** The right to write was given or taken. */
  onaccess?(mayEdit: boolean): void
  /** The document holds what the server has; after each connection. */
  onsynced?(): void
  /** There is a connection again after a long time; what others wrote meanwhile comes next. */
  onreturn?(): void
  /** Text of this person was lost to somebody else's change of its block; the server keeps it. */
  onkept?(): void
  /** The comments of the page are others now. */
  oncomments?(): void
}

/** An absence is long, and worth telling what happened in it, after so many milliseconds. */
export const LONG_ABSENCE = 60_000

/** A socket class whose sending can be watched and stopped. */
function watchedSocket(
  Base: typeof WebSocket,
  pass: (frame: Uint8Array) => boolean,
): typeof WebSocket {
  return class extends Base {
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      if (data instanceof Uint8Array && !pass(data)) return
      super.send(data as Parameters<WebSocket['send']>[0])
    }
  }
}

export class PageConnection {
  readonly awareness: Awareness
  readonly #options: ConnectionOptions
  readonly #clock: Clock
  readonly #provider: WebsocketProvider
  #state: SyncState
  #announcement
  #shown: string | null = null
  #cancel: (() => void) | null = null
  /** A change was made that this connection was not allowed to carry. */
  #heldBack = false
  #savedClock = 0

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#clock = options.clock ?? browserClock
    const now = this.#clock.now()
    this.#announcement = initialAnnouncement(now)
    this.#state = initialState(now)
    if (!options.mayEdit) {
      this.#state = step(this.#state, { type: 'access', access: 'read', reason: 'role' }, now)
    }
    this.awareness = new Awareness(options.doc)
    this.awareness.setLocalState({ user: { ...options.person }, cursor: null, field: null })
    // Before the provider's own listener: a change is known before the frame that carries it.
    options.doc.on('update', this.#changed)
    this.#provider = new WebsocketProvider(options.server, options.page, options.doc, {
      connect: false,
      awareness: this.awareness,
      params: { ext: 'saved,refused,access,kept,comments,storage' },
      disableBc: true,
      WebSocketPolyfill: watchedSocket(options.WebSocket ?? globalThis.WebSocket, this.#pass),
    })
    this.#listen()
  }

  /** Opens the connection; it opens itself again until it is closed for good. */
  open(): void {
    this.#provider.connect()
    this.#report()
  }

  /** Ends the connection. The document stays as it is. */
  close(): void {
    this.#cancel?.()
    this.#options.doc.off('update', this.#changed)
    this.awareness.setLocalState(null)
    this.#provider.destroy()
    this.awareness.destroy()
  }

  /** Tries again at once, for a person who does not want to wait. */
  retry(): void {
    this.#provider.disconnect()
    this.#provider.connect()
  }

  /**
   * Sends an update as it is. What it brings into something deleted is gone from the document once it
   * is applied there, and would not arrive.
   */
  send(update: Uint8Array): void {
    const { ws } = this.#provider
    if (ws?.readyState === WebSocket.OPEN) ws.send(updateFrame(update))
  }

  get status(): SyncStatus {
    return statusAt(this.#state, this.#clock.now())
  }

  /** Whether there are changes of this person that the server is not known to have. */
  get unsaved(): boolean {
    return this.#state.unsavedSince !== null
  }

  get doc(): Y.Doc {
    return this.#options.doc
  }

  /** The clock of the document's own client when everything it wrote was last saved. */
  get savedClock(): number {
    return this.#savedClock
  }

  #listen(): void {
    const provider = this.#provider
    provider.on('status', ({ status }) => {
      if (status !== 'connected') return
      const { connection, everSynced, lostAt } = this.#state
      const wasAway = everSynced && connection === 'none'
      if (wasAway && this.#clock.now() - lostAt >= LONG_ABSENCE) this.#options.onreturn?.()
      this.#step({ type: 'open' })
    })
    provider.on('connection-close', (event) => {
      this.#step({ type: 'close', code: event?.code ?? null })
    })
    provider.on('sync', (synced) => {
      if (!synced) return
      this.#step({ type: 'synced' })
      this.#options.onsynced?.()
    })
    const handlers = provider.messageHandlers as ((
      encoder: unknown,
      decoder: decoding.Decoder,
    ) => void)[]
    handlers[SAVED] = (_, decoder) => this.#step({ type: 'saved', count: readSaved(decoder) })
    handlers[REFUSED] = (_, decoder) => this.#step({ type: 'refused', ...readRefused(decoder) })
    handlers[STORAGE] = (_, decoder) => this.#step({ type: 'storage', ...readStorage(decoder) })
    handlers[KEPT] = () => this.#options.onkept?.()
    handlers[COMMENTS] = () => this.#options.oncomments?.()
    handlers[ACCESS] = (_, decoder) => this.#step({ type: 'access', ...readAccess(decoder) })
  }

  readonly #changed = (_update: Uint8Array, origin: unknown): void => {
    if (origin !== this.#provider) this.#step({ type: 'changed' })
  }

  /** Asked for every frame that is about to be sent. */
  readonly #pass = (frame: Uint8Array): boolean => {
    const kind = countedKind(frame)
    if (kind === null) return true
    if (!maySend(this.#state)) {
      this.#heldBack = true
      return false
    }
    this.#step({ type: 'sent', frame: kind })
    return true
  }

  #step(event: SyncEvent): void {
    const before = this.#state
    this.#state = step(before, event, this.#clock.now())
    if (before.unsavedSince !== null && !this.unsaved) {
      const { doc } = this.#options
      this.#savedClock = Y.getState(doc.store, doc.clientID)
    }
    if (maySend(before) !== maySend(this.#state)) {
      this.#options.onaccess?.(maySend(this.#state))
      // What was held back goes with the answer of a fresh connection.
      if (maySend(this.#state) && this.#heldBack) {
        this.#heldBack = false
        this.#clock.after(0, () => this.retry())
      }
    }
    if (this.#state.closed !== null && before.closed === null) this.#provider.disconnect()
    this.#report()
  }

  #report(): void {
    const now = this.#clock.now()
    const status = statusAt(this.#state, now)
    const shown = JSON.stringify(status)
    if (shown !== this.#shown) {
      this.#shown = shown
      this.#options.onstatus(status)
    }
    const said = this.#announcement.announced
    this.#announcement = announce(this.#announcement, status, now)
    if (this.#announcement.announced !== said) {
      this.#options.onannounce?.(this.#announcement.announced)
    }
    this.#plan(now)
  }

  #plan(now: number): void {
    this.#cancel?.()
    const waits: number[] = []
    const change = nextChange(this.#state, now)
    if (change !== null) waits.push(change)
    if (this.#announcement.shown !== this.#announcement.announced) {
      waits.push(Math.max(1, this.#announcement.since + ANNOUNCE_AFTER - now))
    }
    this.#cancel =
      waits.length === 0 ? null : this.#clock.after(Math.min(...waits), () => this.#report())
  }
}

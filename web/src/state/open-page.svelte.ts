/** One page that is open: what the server says about it, its live document and its connection. */
import * as Y from 'yjs'

import type { Api } from '../api/client'
import type { Outcome, Problem } from '../api/outcome'
import type { Me, MoveTarget, Page } from '../api/types'
import { PageConnection } from '../sync/connection'
import { cloneOf, differences, type Difference } from '../sync/difference'
import { deviceStore, type KeptReason, type WorkStore } from '../sync/kept-work'
import { presentPeople, type PresentPerson } from '../sync/presence'
import type { SyncStatus } from '../sync/status'
import type { NewPageWish } from './commands.svelte'
import { Latest } from './debounce'
import { loadableOf, loading, type Loadable } from './loadable'
import { UnsentWork, type Offer } from './unsent-work.svelte'

export type { Catalogue, Page, RelatedPage } from '../api/types'
export type { PresentPerson } from '../sync/presence'
export type { SyncStatus } from '../sync/status'
export type OpenDocument = Pick<PageConnection, 'awareness'> & { doc: Y.Doc }

/** So long after a change without a connection the text is kept on the device, in milliseconds. */
const keptAfter = 1_000
/** A page that was left waits so long for what is on its way to be saved, in milliseconds. */
const leftAfter = 10_000
/** Coming again with a fresh document does not help after these closings: there is none to be had. */
const NO_PAGE = [4403, 4404]
const SIGNED_OUT = 4401

/** Whether what is written stays on this device until further notice. */
const waits = ({ kind }: SyncStatus): boolean =>
  ['offline', 'late', 'full', 'failed'].includes(kind)
/** Whether what was written is being sent. */
const isOnItsWay = ({ kind }: SyncStatus): boolean => kind === 'writing' || kind === 'saving'

export class OpenPage {
  readonly #api: Api
  readonly #me: Me
  readonly id: string
  #page = $state.raw<Loadable<Page>>(loading)
  #document = $state.raw<OpenDocument | null>(null)
  #connection: PageConnection | null = null
  #status = $state.raw<SyncStatus>({ kind: 'connecting' })
  #announced = $state<SyncStatus['kind'] | null>(null)
  #people = $state.raw<readonly PresentPerson[]>([])
  #kept = $state(0)
  #commented = $state(0)
  /** How many threads of comments are open; null while that is not known. */
  openThreads = $state<number | null>(null)
  #mayEdit = $state(false)
  #stopped = false
  readonly #unsent: UnsentWork
  readonly #keepLater = new Latest()
  readonly #leaveLater = new Latest()
  /** What others changed in a long absence. */
  #missed = $state.raw<readonly Difference[]>([])
  /** Why the last text was put aside. */
  #cause = $state.raw<SyncStatus | null>(null)
  readonly #networkChanged = (): void => this.retry()

  constructor(api: Api, me: Me, id: string, works: WorkStore = deviceStore) {
    this.#api = api
    this.#me = me
    this.id = id
    this.#unsent = new UnsentWork(id, me.person.id, works)
  }

  /** The page for reading: there at once, before the live document. */
  get page(): Loadable<Page> {
    return this.#page
  }
  /** The live document, once it holds what the server has; null until then. */
  get document(): OpenDocument | null {
    return this.#document
  }
  get status(): SyncStatus {
    return this.#status
  }
  /** The last state that lasted long enough to be told to a screen reader; null: none yet. */
  get announced(): SyncStatus['kind'] | null {
    return this.#announced
  }
  get people(): readonly PresentPerson[] {
    return this.#people
  }
  /** Whether the person may change the page now. */
  get mayEdit(): boolean {
    return this.#mayEdit
  }
  /** Whether something this person wrote is not known to be on the server. */
  get unsaved(): boolean {
    return this.#connection?.unsaved ?? false
  }

  /** How often the server has told that it keeps text which somebody else's change took away. */
  get kept(): number {
    return this.#kept
  }

  /** Grows whenever there may be other comments: after each message and each connection. */
  get commented(): number {
    return this.#commented
  }

  /** Text of this person that the server did not take; null: there is none. */
  get offer(): Offer | null {
    return this.#unsent.offer
  }
  /** What happened when text was put aside in this window; null: it was put aside before. */
  get cause(): SyncStatus | null {
    return this.#cause
  }

  /** What others changed while this window had no connection for long, until it was seen. */
  get missed(): readonly Difference[] {
    return this.#missed
  }

  /** What others changed meanwhile was seen. */
  sawMissed(): void {
    this.#missed = []
  }

  /** Loads the page for reading and opens the live document. */
  async open(): Promise<void> {
    const outcome = await this.#api.page(this.id)
    if (this.#stopped) return
    this.#page = loadableOf(outcome, this.#page)
    if (outcome.kind === 'ok' && this.#connection === null) this.#connect(outcome.value)
    if (outcome.kind === 'problem' && outcome.problem.kind === 'not-found') {
      await this.#unsent.bringBackAlone()
    }
  }

  /** Takes the text that was not taken into the page once more. */
  takeOver(): void {
    if (this.#document !== null) this.#unsent.accept(this.#document.doc)
  }

  /** Throws away the text that was not taken. */
  discard = (): Promise<void> => this.#unsent.discard()

  /** The text that was not taken, to copy. */
  offeredText = (): string => this.#unsent.text()

  /** Makes a new page of the text that was not taken; gives it, or the problem. */
  async saveAsNew(wish: NewPageWish): Promise<Outcome<Page>> {
    const outcome = await this.#api.createPage({ ...wish, markdown: '' })
    if (outcome.kind === 'ok') {
      const { id, title } = outcome.value
      await this.#unsent.moveTo(id, title, this.#document?.doc ?? null)
    }
    return outcome
  }

  /** Reads what is shown beside the text again: backlinks, visibility, when it was changed. */
  async refresh(): Promise<void> {
    const outcome = await this.#api.page(this.id)
    if (!this.#stopped && outcome.kind === 'ok')
      this.#page = { kind: 'ready', value: outcome.value }
  }

  /** Takes the page out of use; gives the problem where that did not work. */
  archive = (): Promise<Problem | null> => this.#keep(this.#api.archivePage(this.id))

  /** Brings the archived page back; gives the problem where that did not work. */
  restore = (): Promise<Problem | null> => this.#keep(this.#api.restorePage(this.id))

  /** Moves the page to another space; gives the problem where that did not work. */
  move = (to: MoveTarget): Promise<Problem | null> => this.#keep(this.#api.movePage(this.id, to))

  async #keep(call: Promise<Outcome<Page>>): Promise<Problem | null> {
    const outcome = await call
    if (outcome.kind === 'problem') return outcome.problem
    if (!this.#stopped) this.#page = { kind: 'ready', value: outcome.value }
    return null
  }

  /** Whether the server last said over the connection that the page is archived. */
  #toldArchived: boolean | null = null

  /** Reads the page again when the connection tells that it was archived, or is back. */
  #followArchive(status: SyncStatus): void {
    if (status.kind !== 'reading' && status.kind !== 'saved') return
    const archived = status.kind === 'reading' && status.reason === 'archived'
    const isNews = this.#toldArchived !== archived
    this.#toldArchived = archived
    const page = this.#page
    if (isNews && page.kind === 'ready' && page.value.archived !== archived) void this.refresh()
  }

  /** Keeps on the device what the server does not have. */
  #keepWork(reason: KeptReason): Promise<void> {
    const connection = this.#connection
    if (connection === null || this.#page.kind !== 'ready') return Promise.resolve()
    const { savedClock, doc } = connection
    const title = doc.getText('title').toString() || this.#page.value.title
    return this.#unsent.keep({ doc, savedClock, title }, reason)
  }

  /** Follows what a status means for text that is not on the server. */
  #followWork(status: SyncStatus): void {
    if (status.kind === 'saved') {
      this.#keepLater.cancel()
      this.#unsent.saved()
    }
    if (this.#stopped) {
      // The connection is in the middle of telling this.
      if (!isOnItsWay(status)) queueMicrotask(() => this.#leave())
      return
    }
    if (!this.unsaved) return
    if (waits(status)) this.#keepSoon()
    else if (status.kind === 'closed' && status.code === SIGNED_OUT) void this.#keepWork('away')
    else if (['refused', 'reading', 'closed'].includes(status.kind)) {
      // The connection is in the middle of telling this.
      queueMicrotask(() => {
        if (this.unsaved) void this.#putAside(status)
      })
    }
  }

  #keepSoon(): void {
    this.#keepLater.ask(keptAfter, () => this.#keepWork('away'))
  }

  /** Keeps the text that the server will not take, and goes on with what the server has. */
  async #putAside(cause: SyncStatus): Promise<void> {
    this.#keepLater.cancel()
    this.#cause = cause
    const kept = this.#keepWork('refused')
    this.#disconnect()
    await kept
    if (this.#stopped) return
    if (cause.kind === 'closed' && NO_PAGE.includes(cause.code)) {
      this.#page = { kind: 'failed', problem: { kind: 'not-found' } }
      await this.#unsent.bringBackAlone()
    } else await this.open()
  }

  /** Tries to connect at once. */
  retry(): void {
    this.#connection?.retry()
  }

  /** Leaves the page. What is on its way to the server still arrives there. */
  close(): void {
    this.#stopped = true
    if (this.unsaved && isOnItsWay(this.#status)) {
      this.#connection?.awareness.setLocalState(null)
      this.#leaveLater.ask(leftAfter, () => Promise.resolve(this.#leave()))
    } else this.#leave()
  }

  /** Whoever leaves without a connection, or is signed out, finds the text again. */
  #leave(): void {
    if (this.unsaved) void this.#keepWork('away')
    this.#disconnect()
  }

  readonly #leaving = (): void => {
    if (this.unsaved) void this.#keepWork('away')
  }

  #disconnect(): void {
    this.#keepLater.cancel()
    this.#leaveLater.cancel()
    removeEventListener('online', this.#networkChanged)
    removeEventListener('offline', this.#networkChanged)
    removeEventListener('pagehide', this.#leaving)
    const connection = this.#connection
    this.#connection = null
    this.#document = null
    this.#status = { kind: 'connecting' }
    connection?.close()
    connection?.doc.destroy()
  }

  #connect(page: Page): void {
    const doc = new Y.Doc()
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    this.#mayEdit = page.can.edit
    /** The document as it stood at the end of a long absence. */
    let before: Y.Doc | null = null
    const connection: PageConnection = new PageConnection({
      server: `${scheme}://${location.host}/ws/pages`,
      page: this.id,
      doc,
      person: this.#me.person,
      mayEdit: page.can.edit,
      onstatus: (status) => {
        if (this.#connection !== connection) return
        this.#status = status
        this.#followArchive(status)
        this.#followWork(status)
      },
      onannounce: (kind) => {
        this.#announced = kind
      },
      onaccess: (mayEdit) => {
        if (this.#stopped) return
        this.#mayEdit = mayEdit
        // A role or the place has changed, and with it what may be done here.
        void this.refresh()
      },
      onreturn: () => {
        before = cloneOf(doc)
      },
      onkept: () => {
        this.#kept += 1
      },
      oncomments: () => {
        this.#commented += 1
      },
      onsynced: () => {
        // What was said while there was no connection was not told.
        this.#commented += 1
        if (before !== null) this.#missed = differences(before, doc)
        before = null
        if (this.#document !== null) return
        this.#document = { doc, awareness: connection.awareness }
        const send = (update: Uint8Array): void => connection.send(update)
        void this.#unsent.bringBack(doc, page.can.edit, send).then(() => {
          // It held nothing that the server did not have.
          if (this.#connection === connection && !connection.unsaved) this.#unsent.saved()
        })
      },
    })
    doc.on('update', () => {
      if (waits(this.#status) && this.unsaved) this.#keepSoon()
    })
    // Not at once: the own caret may leave in the middle of an update of the screen.
    connection.awareness.on('change', () =>
      queueMicrotask(() => {
        if (this.#stopped) return
        this.#people = presentPeople(connection.awareness, this.#me.person.id)
      }),
    )
    this.#connection = connection
    connection.open()
    // The browser often knows before the socket does: what is shown follows at once.
    addEventListener('online', this.#networkChanged)
    addEventListener('offline', this.#networkChanged)
    addEventListener('pagehide', this.#leaving)
  }
}

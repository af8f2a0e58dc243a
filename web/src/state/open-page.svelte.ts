/** One page that is open: what the server says about it, its live document and its connection. */
import * as Y from 'yjs'

import type { Api } from '../api/client'
import type { Outcome, Problem } from '../api/outcome'
import type { Me, MoveTarget, Page } from '../api/types'
import { PageConnection } from '../sync/connection'
import { presentPeople, type PresentPerson } from '../sync/presence'
import type { SyncStatus } from '../sync/status'
import { loadableOf, loading, type Loadable } from './loadable'

export type { Catalogue, Page, RelatedPage } from '../api/types'
export type { PresentPerson } from '../sync/presence'
export type { SyncStatus } from '../sync/status'
export type OpenDocument = Pick<PageConnection, 'awareness'> & { doc: Y.Doc }

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
  #mayEdit = $state(false)
  #stopped = false
  readonly #networkChanged = (): void => this.retry()

  constructor(api: Api, me: Me, id: string) {
    this.#api = api
    this.#me = me
    this.id = id
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

  /** Loads the page for reading and opens the live document. */
  async open(): Promise<void> {
    const outcome = await this.#api.page(this.id)
    if (this.#stopped) return
    this.#page = loadableOf(outcome, this.#page)
    if (outcome.kind === 'ok' && this.#connection === null) this.#connect(outcome.value)
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

  /** Tries to connect at once. */
  retry(): void {
    this.#connection?.retry()
  }

  close(): void {
    this.#stopped = true
    removeEventListener('online', this.#networkChanged)
    removeEventListener('offline', this.#networkChanged)
    this.#connection?.close()
    this.#connection = null
    this.#document?.doc.destroy()
    this.#document = null
  }

  #connect(page: Page): void {
    const doc = new Y.Doc()
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    this.#mayEdit = page.can.edit
    const connection: PageConnection = new PageConnection({
      server: `${scheme}://${location.host}/ws/pages`,
      page: this.id,
      doc,
      person: this.#me.person,
      mayEdit: page.can.edit,
      onstatus: (status) => {
        this.#status = status
        this.#followArchive(status)
      },
      onannounce: (kind) => {
        this.#announced = kind
      },
      onaccess: (mayEdit) => {
        this.#mayEdit = mayEdit
        // A role or the place has changed, and with it what may be done here.
        void this.refresh()
      },
      onsynced: () => {
        this.#document ??= { doc, awareness: connection.awareness }
      },
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
  }
}

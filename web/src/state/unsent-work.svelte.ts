/**
 * What a person wrote on one page that the server does not have: it is kept on the device, merged by
 * itself when only the connection was missing, and offered as a difference when it was refused.
 */
import * as Y from 'yjs'

import { cloneOf, copyOf, differences, ownBlocks, type Difference } from '../sync/difference'
import { deviceStore, type KeptReason, type KeptWork, type WorkStore } from '../sync/kept-work'

export type { Difference } from '../sync/difference'

/** A document as it stands when its work is kept. */
export interface OwnState {
  doc: Y.Doc
  /** The clock of this document's client when everything was last saved. */
  savedClock: number
  title: string
}

/** Work that waits for a decision. */
export interface Offer {
  /** When the newest of it was kept, in milliseconds since 1970. */
  at: number
  differences: readonly Difference[]
}

/** A page of which this device keeps text. */
export interface KeptPage {
  id: string
  title: string
}

/** The pages of which this device keeps text that the server does not have. */
export async function keptPages(
  person: string,
  works: WorkStore = deviceStore,
): Promise<KeptPage[]> {
  const kept = await works.of(person)
  return [...new Map(kept.map(({ page, title }) => [page, { id: page, title }])).values()]
}

/** The origin of transactions that bring kept work back. */
const KEPT = Symbol('kept work')

export class UnsentWork {
  readonly #works: WorkStore
  readonly #page: string
  readonly #person: string
  readonly #now: () => number
  /** What waits for a decision. */
  #offered: readonly KeptWork[] = []
  /** What was merged and is forgotten once it is saved. */
  #merged: readonly KeptWork[] = []
  /** What this window keeps until there is a connection again. */
  #own: KeptWork | null = null
  #offer = $state.raw<Offer | null>(null)

  constructor(
    page: string,
    person: string,
    works: WorkStore = deviceStore,
    now: () => number = Date.now,
  ) {
    this.#page = page
    this.#person = person
    this.#works = works
    this.#now = now
  }

  get offer(): Offer | null {
    return this.#offer
  }

  /** Keeps the state of the document on this device. */
  async keep({ doc, savedClock, title }: OwnState, reason: KeptReason): Promise<void> {
    const work: KeptWork = {
      page: this.#page,
      person: this.#person,
      client: doc.clientID,
      at: this.#now(),
      reason,
      title,
      update: Y.encodeStateAsUpdate(doc),
      blocks: ownBlocks(doc, savedClock),
    }
    if (reason === 'away') {
      this.#own = work
      await this.#works.keep(work)
      return
    }
    // It holds what was merged before; that must not be merged by itself into the next document.
    const merged = this.#merged
    this.#own = null
    this.#merged = []
    await this.#works.keep(work)
    await this.#forget(merged)
  }

  /** Everything that was written is saved: what was kept meanwhile is no longer needed. */
  saved(): void {
    const done = this.#own === null ? this.#merged : [...this.#merged, this.#own]
    this.#merged = []
    this.#own = null
    void this.#forget(done)
  }

  /**
   * Brings back what was kept of this page, now that `doc` holds what the server has. What only
   * waited for a connection is merged if the page may be written, and sent before that: what stands
   * in a block that others deleted meanwhile is only in the update as it was kept. The rest is
   * offered.
   */
  async bringBack(
    doc: Y.Doc,
    mayEdit: boolean,
    send: (update: Uint8Array) => void = () => undefined,
  ): Promise<void> {
    const all = await this.#kept()
    const known = Y.encodeStateVector(doc)
    const merged = mayEdit
      ? all.filter((work) => {
          if (work.reason !== 'away') return false
          const news = newsOf(work.update, known)
          if (news !== null) send(news)
          return news !== null && merge(doc, work.update)
        })
      : []
    this.#merged = [...this.#merged, ...merged]
    this.#show(
      all.filter((work) => !merged.includes(work)),
      doc,
    )
  }

  /** Offers what was kept although the page cannot be had: all of it is new. */
  async bringBackAlone(): Promise<void> {
    this.#show(await this.#kept(), null)
  }

  /** What is kept of this page. */
  async #kept(): Promise<readonly KeptWork[]> {
    const kept = await this.#works.of(this.#person)
    return kept.filter(({ page }) => page === this.#page)
  }

  /** Takes what is offered into the page; it is sent like anything written here. */
  accept(doc: Y.Doc): void {
    const merged = this.#offered.filter((work) => merge(doc, work.update))
    this.#merged = [...this.#merged, ...merged]
    this.#offered = this.#offered.filter((work) => !merged.includes(work))
    this.#offer = null
  }

  /** Throws away what is offered. */
  async discard(): Promise<void> {
    const gone = this.#offered
    this.#offered = []
    this.#offer = null
    await this.#forget(gone)
  }

  /** What is offered, as text to copy. */
  text(): string {
    const found = this.#offer?.differences ?? []
    return found.flatMap(({ after }) => (after === '' ? [] : [after])).join('\n\n')
  }

  /**
   * Makes what is offered the beginning of another, empty page, which takes it up when it is opened.
   * `doc` is the page as the server has it; null where it cannot be had.
   */
  async moveTo(page: string, title: string, doc: Y.Doc | null): Promise<void> {
    const start = this.#begin(doc)
    await this.#works.keep({
      page,
      person: this.#person,
      client: start.clientID,
      at: this.#now(),
      reason: 'away',
      title,
      update: Y.encodeStateAsUpdate(start),
      blocks: [],
    })
    await this.discard()
  }

  /** The differing blocks as they are, and everything else that differs as paragraphs before them. */
  #begin(doc: Y.Doc | null): Y.Doc {
    const mine = documentOf(this.#offered, doc)
    const found = this.#offer?.differences ?? []
    const start = copyOf(
      mine,
      found.flatMap(({ block }) => block ?? []),
    )
    const words = found.filter(({ block, after }) => block === undefined && after !== '')
    const paragraphs = words.map(({ after }) => {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText(after)])
      return paragraph
    })
    start.getXmlFragment('body').insert(0, paragraphs)
    return start
  }

  #show(works: readonly KeptWork[], doc: Y.Doc | null): void {
    this.#offered = works
    const newest = works.at(-1)
    if (newest === undefined) {
      this.#offer = null
      return
    }
    const mine = documentOf(works, doc)
    const found = doc === null ? onlyOwn(mine, works) : differences(doc, mine)
    this.#offer = found.length === 0 ? null : { at: newest.at, differences: found }
    if (found.length === 0) void this.discard()
  }

  async #forget(works: readonly KeptWork[]): Promise<void> {
    await Promise.all(works.map((work) => this.#works.forget(work)))
  }
}

/** A document of its own with what `doc` holds and the works on top. */
function documentOf(works: readonly KeptWork[], doc: Y.Doc | null): Y.Doc {
  const made = doc === null ? new Y.Doc() : cloneOf(doc)
  for (const { update } of works) merge(made, update)
  return made
}

/** What of an update somebody with this state lacks; null if it cannot be read. */
function newsOf(update: Uint8Array, known: Uint8Array): Uint8Array | null {
  try {
    return Y.diffUpdate(update, known)
  } catch {
    return null
  }
}

/** Whether it could be read: what a device kept may be damaged. */
function merge(doc: Y.Doc, update: Uint8Array): boolean {
  try {
    Y.applyUpdate(doc, update, KEPT)
    return true
  } catch {
    return false
  }
}

/** The own blocks, and all of the text where it is not known which are own; title and fields are. */
function onlyOwn(mine: Y.Doc, works: readonly KeptWork[]): Difference[] {
  const [one, ...others] = works
  const own = others.length === 0 ? (one?.blocks ?? []) : []
  return differences(new Y.Doc(), mine).filter(
    ({ block }) => block === undefined || own.length === 0 || own.includes(block),
  )
}

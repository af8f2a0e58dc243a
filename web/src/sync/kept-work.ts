/**
 * Work that the server does not have, kept on this device: when it was refused, when the right to
 * write is gone, or when one leaves a page without a connection.
 *
 * What is kept is the whole state of the document as a Yjs update, so that merging it twice, or into
 * a page that went on, is harmless. Each open page keeps its own, so that two tabs never overwrite
 * each other's.
 */
import { createStore, del, entries, set, type UseStore } from 'idb-keyval'

/** Why the server does not have it: it could not be reached, or it would not take it. */
export type KeptReason = 'away' | 'refused'

export interface KeptWork {
  page: string
  /** Whose it is: nobody else is offered it. */
  person: string
  /** The client id of the document that it comes from. */
  client: number
  /** Milliseconds since 1970. */
  at: number
  reason: KeptReason
  /** What the page was called. */
  title: string
  update: Uint8Array
  /** Which blocks of the text hold own unsent letters, counted from 0. */
  blocks: readonly number[]
}

/** Where work is kept. Its calls do not fail. */
export interface WorkStore {
  keep(work: KeptWork): Promise<void>
  forget(work: Pick<KeptWork, 'person' | 'page' | 'client'>): Promise<void>
  /** All that a person has kept here, the oldest first. */
  of(person: string): Promise<KeptWork[]>
}

const key = ({ person, page, client }: Pick<KeptWork, 'person' | 'page' | 'client'>): string =>
  `${person}/${page}/${client}`

/** A store that ends with the window. */
export function passingWorkStore(): WorkStore {
  const works = new Map<string, KeptWork>()
  return {
    keep: (work) => Promise.resolve(void works.set(key(work), work)),
    forget: (work) => Promise.resolve(void works.delete(key(work))),
    of: (person) =>
      Promise.resolve(
        [...works.values()].filter((work) => work.person === person).sort((a, b) => a.at - b.at),
      ),
  }
}

/**
 * The store of the browser (IndexedDB). What it will not take, because it has no room or no such place,
 * is kept for as long as the window is open.
 */
export function storeIn(open: () => UseStore): WorkStore {
  const window = passingWorkStore()
  let opened: UseStore | null = null
  const device = (): UseStore => (opened ??= open())
  return {
    async keep(work) {
      try {
        await set(key(work), work, device())
      } catch {
        await window.keep(work)
      }
    },
    async forget(work) {
      await window.forget(work)
      // What stays there is offered again, which loses nothing.
      await del(key(work), device()).catch(() => undefined)
    },
    async of(person) {
      const there = await entries<string, KeptWork>(device()).catch(() => [])
      const own = there.map(([, work]) => work).filter((work) => work.person === person)
      return [...own, ...(await window.of(person))].sort((a, b) => a.at - b.at)
    },
  }
}

/** The one store of this window. */
export const deviceStore = storeIn(() => createStore('denkraum-kept-work', 'works'))

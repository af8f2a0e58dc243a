/**
 * Work that the server does not have, kept on this device: when it was refused, when the right to
 * write is gone, or when one leaves a page without a connection.
 *
 * What is kept is the whole state of the document as a Yjs update, so that merging it twice, or into
 * a page that went on, is harmless. Each open page keeps its own, so that two tabs never overwrite
 * each other's.
 */
import { createStore, del, entries, set } from 'idb-keyval'

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

/** Where work is kept. Its calls may fail: a browser may have no such place, or no room in it. */
export interface WorkStore {
  keep(work: KeptWork): Promise<void>
  forget(work: Pick<KeptWork, 'person' | 'page' | 'client'>): Promise<void>
  /** All that a person has kept here, the oldest first. */
  of(person: string): Promise<KeptWork[]>
}

const key = ({ person, page, client }: Pick<KeptWork, 'person' | 'page' | 'client'>): string =>
  `${person}/${page}/${client}`

/** The store of the browser (IndexedDB), opened when it is first asked. */
export function browserWorkStore(): WorkStore {
  let opened: ReturnType<typeof createStore> | null = null
  const store = (): ReturnType<typeof createStore> =>
    (opened ??= createStore('denkraum-kept-work', 'works'))
  return {
    keep: (work) => set(key(work), work, store()),
    forget: (work) => del(key(work), store()),
    async of(person) {
      const all = (await entries<string, KeptWork>(store())).map(([, work]) => work)
      return all.filter((work) => work.person === person).sort((a, b) => a.at - b.at)
    },
  }
}

/** A store that ends with the window, for tests and where the browser offers none. */
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

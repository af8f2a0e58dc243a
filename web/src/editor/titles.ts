/**
 * The live titles of linked pages. Many links ask at once; one request answers them all, and what
 * is known is kept for a while and asked again when somebody shows it later.
 */

export interface PageTitle {
  /** Null: no such page, or one that this reader may not open. */
  title: string | null
  kind?: string
}

/** Where editor and reading view look titles up. */
export interface Titles {
  /** Calls back with what is known, at once and whenever it changes; returns what ends it. */
  watch(page: string, onchange: (title: PageTitle | undefined) => void): () => void
  /** Takes a title that is known from elsewhere, such as a suggestion that was chosen. */
  learn(page: string, title: PageTitle): void
}

export type LookUp = (ids: readonly string[]) => Promise<readonly ({ id: string } & PageTitle)[]>

/** At most so many ids are asked for in one request. */
const BATCH = 50

export class TitleService implements Titles {
  readonly #lookUp: LookUp
  readonly #known = new Map<string, PageTitle>()
  readonly #watchers = new Map<string, Set<(title: PageTitle | undefined) => void>>()
  readonly #wanted = new Set<string>()
  #planned = false

  constructor(lookUp: LookUp) {
    this.#lookUp = lookUp
  }

  watch(page: string, onchange: (title: PageTitle | undefined) => void): () => void {
    const watchers = this.#watchers.get(page) ?? new Set()
    this.#watchers.set(page, watchers)
    watchers.add(onchange)
    onchange(this.#known.get(page))
    this.#want(page)
    return () => {
      watchers.delete(onchange)
      if (watchers.size === 0) this.#watchers.delete(page)
    }
  }

  learn(page: string, title: PageTitle): void {
    const before = this.#known.get(page)
    if (before?.title === title.title && before.kind === title.kind) return
    this.#known.set(page, title)
    for (const watcher of this.#watchers.get(page) ?? []) watcher(title)
  }

  /** Asks again for everything that is being shown, after a rename or a return. */
  refresh(): void {
    for (const page of this.#watchers.keys()) this.#want(page)
  }

  #want(page: string): void {
    this.#wanted.add(page)
    if (this.#planned) return
    this.#planned = true
    queueMicrotask(() => void this.#ask())
  }

  async #ask(): Promise<void> {
    this.#planned = false
    const wanted = [...this.#wanted]
    this.#wanted.clear()
    for (let start = 0; start < wanted.length; start += BATCH) {
      const ids = wanted.slice(start, start + BATCH)
      try {
        for (const { id, ...title } of await this.#lookUp(ids)) this.learn(id, title)
      } catch {
        // Without an answer the links keep what they show; the next look asks again.
      }
    }
  }
}

/**
 * What is being written in the fields of comments: kept on the device with each letter, by person and
 * page, until the server has it or its author throws it away.
 */

/** The passage that a comment is begun on. */
export interface DraftPassage {
  start: string
  end: string
  quote: string
}

export interface Draft {
  /** The id that it will have, so that sending it twice says it once. */
  id: string
  text: string
  /** Only of a comment that begins a thread. */
  passage?: DraftPassage
}

/** What a draft belongs to: a new thread, an answer in one, other words for a comment. */
export type DraftKey = 'new' | `reply:${string}` | `change:${string}`
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

/** A new id as the server takes it: a ULID in lower case. */
export function commentId(now = Date.now()): string {
  let time = ''
  for (let rest = now, place = 0; place < 10; place += 1) {
    time = `${LETTERS[rest % 32]}${time}`
    rest = Math.floor(rest / 32)
  }
  const random = crypto.getRandomValues(new Uint8Array(16))
  return time + [...random].map((byte) => LETTERS[byte % 32]).join('')
}

function isDraft(value: unknown): value is Draft {
  const { id, text } = (value ?? {}) as Partial<Record<string, unknown>>
  return typeof id === 'string' && typeof text === 'string'
}

export class CommentDrafts {
  readonly #name: string
  readonly #store: Store
  #drafts = $state.raw<Readonly<Record<string, Draft>>>({})

  constructor(person: string, page: string, store: Store = localStorage) {
    this.#name = `denkraum.comments.${person}.${page}`
    this.#store = store
    this.#drafts = this.#read()
  }

  of(key: DraftKey): Draft | null {
    return this.#drafts[key] ?? null
  }

  /** Keeps what is written now. */
  keep(key: DraftKey, draft: Draft): void {
    this.#write({ ...this.#drafts, [key]: draft })
  }

  /** Lets go of it: the server has it, or nobody wants it. */
  drop(key: DraftKey): void {
    const rest = Object.entries(this.#drafts).filter(([name]) => name !== key)
    this.#write(Object.fromEntries(rest))
  }

  #read(): Record<string, Draft> {
    try {
      const stored: unknown = JSON.parse(this.#store.getItem(this.#name) ?? '{}')
      const entries = Object.entries(stored as object).filter(([, draft]) => isDraft(draft))
      return Object.fromEntries(entries) as Record<string, Draft>
    } catch {
      // What cannot be read was not written here.
      return {}
    }
  }

  #write(drafts: Record<string, Draft>): void {
    this.#drafts = drafts
    try {
      if (Object.keys(drafts).length === 0) this.#store.removeItem(this.#name)
      else this.#store.setItem(this.#name, JSON.stringify(drafts))
    } catch {
      // Without storage the text lives as long as the page is open.
    }
  }
}

/** The files of a page: read when it is opened, sent one after the other. */
import type { AttachmentCalls } from '../api/attachment-calls'
import type { Problem } from '../api/outcome'
import type { Attachment } from '../api/types'

export { attachmentCalls, attachmentHref } from '../api/attachment-calls'
export type { Attachment } from '../api/types'

/** A file on its way, or one that did not get there. */
export interface Upload {
  key: number
  file: File
  state:
    | { kind: 'waiting' }
    /** `share` is from 0 to 1; all of it is sent before the server has it on its disk. */
    | { kind: 'sending'; share: number }
    | { kind: 'too-large'; max: number }
    | { kind: 'failed'; problem: Problem }
}

export class Attachments {
  readonly #calls: AttachmentCalls
  readonly #page: string
  #items = $state.raw<readonly Attachment[] | null>(null)
  #mayEdit = $state(false)
  #max = Infinity
  #problem = $state.raw<Problem | null>(null)
  #uploads = $state.raw<readonly Upload[]>([])
  #next = 0
  #sending = false

  constructor(calls: AttachmentCalls, page: string) {
    this.#calls = calls
    this.#page = page
  }

  /** Oldest first; null before the first answer. */
  get items(): readonly Attachment[] | null {
    return this.#items
  }
  /** Whether this person may attach and remove. */
  get mayEdit(): boolean {
    return this.#mayEdit
  }
  /** Why they are not there. */
  get problem(): Problem | null {
    return this.#problem
  }
  /** What is on its way, and what did not get there. */
  get uploads(): readonly Upload[] {
    return this.#uploads
  }
  /** Whether something is lost if one leaves now. */
  get sending(): boolean {
    return this.#uploads.some(({ state }) => state.kind === 'waiting' || state.kind === 'sending')
  }

  async load(): Promise<void> {
    const outcome = await this.#calls.list(this.#page)
    if (outcome.kind === 'problem') {
      this.#problem = this.#items === null ? outcome.problem : null
      return
    }
    this.#problem = null
    this.#items = outcome.value.items
    this.#mayEdit = outcome.value.can.edit
    this.#max = outcome.value.max_bytes
  }

  /** Attaches files, one after the other; gives the names of those that are saved. */
  async add(files: readonly File[]): Promise<string[]> {
    const fresh = files.map((file): Upload => {
      this.#next += 1
      const max = this.#max
      const state: Upload['state'] =
        file.size > max ? { kind: 'too-large', max } : { kind: 'waiting' }
      return { key: this.#next, file, state }
    })
    this.#uploads = [...this.#uploads, ...fresh]
    return this.#sendAll()
  }

  /** Tries again with a file that did not get there. */
  async retry(key: number): Promise<string[]> {
    this.#set(key, { kind: 'waiting' })
    return this.#sendAll()
  }

  /** Lets go of a file that did not get there. */
  dismiss(key: number): void {
    this.#uploads = this.#uploads.filter((upload) => upload.key !== key)
  }

  async remove(file: string): Promise<Problem | null> {
    const outcome = await this.#calls.remove(this.#page, file)
    // What somebody else removed meanwhile is gone as well.
    if (outcome.kind === 'problem' && outcome.problem.kind !== 'not-found') return outcome.problem
    this.#items = this.#items?.filter(({ id }) => id !== file) ?? null
    return null
  }

  async #sendAll(): Promise<string[]> {
    if (this.#sending) return []
    this.#sending = true
    const saved: string[] = []
    for (;;) {
      const next = this.#uploads.find(({ state }) => state.kind === 'waiting')
      if (next === undefined) break
      const { key, file } = next
      this.#set(key, { kind: 'sending', share: 0 })
      const outcome = await this.#calls.add(this.#page, file, (share) =>
        this.#set(key, { kind: 'sending', share }),
      )
      if (outcome.kind === 'problem') {
        this.#set(key, { kind: 'failed', problem: outcome.problem })
      } else {
        this.dismiss(key)
        this.#items = [...(this.#items ?? []), outcome.value]
        saved.push(outcome.value.name)
      }
    }
    this.#sending = false
    return saved
  }

  #set(key: number, state: Upload['state']): void {
    this.#uploads = this.#uploads.map((upload) =>
      upload.key === key ? { ...upload, state } : upload,
    )
  }
}

/** Bringing pages in: choosing files, looking at what would come, bringing it. */
import type { Api } from '../api/client'
import { importCalls, type ImportCalls } from '../api/import-calls'
import type { Problem } from '../api/outcome'
import type { ImportReport } from '../api/types'
import { storedZip, type ZipEntry } from './stored-zip'

export type { ImportReport } from '../api/types'

/** A chosen file with its place in the chosen folder. */
export interface ChosenFile {
  path: string
  file: File
}

export type ImportStatus =
  | { kind: 'choosing' }
  | { kind: 'looking' }
  | { kind: 'preview'; report: ImportReport }
  | { kind: 'bringing'; report: ImportReport }
  | { kind: 'done'; report: ImportReport }
  | { kind: 'failed'; problem: Problem }

export interface ImportChoice {
  /** The space of pages that name none; empty: they are refused. */
  space: string
  replace: boolean
}

export class ImportState {
  readonly #calls: ImportCalls
  #status = $state.raw<ImportStatus>({ kind: 'choosing' })
  #files = $state.raw<readonly ChosenFile[]>([])
  #choice = $state.raw<ImportChoice>({ space: '', replace: false })
  /** What is sent: the same bytes for the look and for the import. */
  #body: Blob | null = null
  /** Counts looks, so that a late answer to an older one is dropped. */
  #look = 0

  constructor(calls: ImportCalls, space: string) {
    this.#calls = calls
    this.#choice = { space, replace: false }
  }

  get status(): ImportStatus {
    return this.#status
  }
  get files(): readonly ChosenFile[] {
    return this.#files
  }
  get choice(): ImportChoice {
    return this.#choice
  }

  /** Takes files and asks the server what they would bring. */
  async choose(files: readonly ChosenFile[]): Promise<void> {
    if (files.length === 0) return
    this.#files = files
    this.#body = null
    await this.look()
  }

  /** Chooses differently and looks again. */
  async change(choice: Partial<ImportChoice>): Promise<void> {
    this.#choice = { ...this.#choice, ...choice }
    if (this.#files.length > 0) await this.look()
  }

  /** Asks what would come; also to try again. */
  async look(): Promise<void> {
    const look = (this.#look += 1)
    this.#status = { kind: 'looking' }
    try {
      this.#body ??= await packed(this.#files)
    } catch {
      // A file that was moved or forbidden since it was chosen.
      if (look === this.#look) {
        this.#status = { kind: 'failed', problem: { kind: 'failed', status: 0 } }
      }
      return
    }
    const outcome = await this.#calls.importPages(this.#body, { ...this.#choice, preview: true })
    if (look !== this.#look) return
    this.#status =
      outcome.kind === 'ok'
        ? { kind: 'preview', report: outcome.value }
        : { kind: 'failed', problem: outcome.problem }
  }

  /** Brings in what the preview showed. */
  async bring(): Promise<void> {
    const { status } = this
    if (status.kind !== 'preview' || this.#body === null) return
    this.#status = { kind: 'bringing', report: status.report }
    const outcome = await this.#calls.importPages(this.#body, { ...this.#choice, preview: false })
    this.#status =
      outcome.kind === 'ok'
        ? { kind: 'done', report: outcome.value }
        : { kind: 'failed', problem: outcome.problem }
  }

  /** Begins anew. */
  reset(): void {
    this.#look += 1
    this.#files = []
    this.#body = null
    this.#status = { kind: 'choosing' }
  }
}

/** An import to begin with: no file and no space is chosen. */
export const newImport = (api: Api): ImportState => new ImportState(importCalls(api), '')

/** One archive or file of lines goes as it is; anything else together, as an archive. */
async function packed(files: readonly ChosenFile[]): Promise<Blob> {
  const [only] = files
  if (files.length === 1 && only !== undefined && /\.(zip|jsonl|ndjson)$/i.test(only.path)) {
    return only.file
  }
  const entries = files.map(async ({ path, file }): Promise<ZipEntry> => ({
    path,
    bytes: new Uint8Array(await file.arrayBuffer()),
  }))
  return storedZip(await Promise.all(entries))
}

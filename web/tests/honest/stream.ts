/**
 * A recording as bytes: for each entry its sort, its length (lib0's variable length) and its bytes.
 * The program in `tests/honest` of the repository reads it.
 */
import { once } from 'node:events'

export const SORT = {
  /** A new page or history follows; its seed as text. */
  page: 1,
  /** An update that the server makes itself. */
  server: 2,
  /** An update or an answer of a person's editor. */
  person: 3,
  /** What the page says at the end; see `reading`. */
  reading: 4,
  /**
   * The same history once more, with the same end: in the order of these numbers, if there are any
   * (JSON, from 0), then with the updates that follow.
   */
  again: 5,
  /** From the program: the document as yrs encodes it, of the page before. */
  state: 6,
  /** The server goes on with an older state of the page: a backup was restored. */
  restored: 7,
  /** The server starts again, and knows what it stored. */
  restarted: 8,
} as const

export type Sort = (typeof SORT)[keyof typeof SORT]
export interface Entry {
  sort: Sort
  bytes: Uint8Array
}

export function encodeEntry({ sort, bytes }: Entry): Uint8Array {
  const head: number[] = [sort]
  let length = bytes.length
  while (length >= 0x80) {
    head.push((length & 0x7f) | 0x80)
    length = Math.floor(length / 128)
  }
  head.push(length)
  const out = new Uint8Array(head.length + bytes.length)
  out.set(head)
  out.set(bytes, head.length)
  return out
}

export const textEntry = (sort: Sort, text: string): Entry => ({
  sort,
  bytes: new TextEncoder().encode(text),
})

/** Writes to a pipe, waiting while it is full. */
export async function write(out: NodeJS.WritableStream, entries: readonly Entry[]): Promise<void> {
  const bytes = Buffer.concat(entries.map(encodeEntry))
  if (!out.write(bytes)) await once(out as never, 'drain')
}

/** Reads what another program writes. */
export async function* read(input: AsyncIterable<Buffer>): AsyncGenerator<Entry> {
  let rest = Buffer.alloc(0)
  for await (const chunk of input) {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      let at = 1
      let length = 0
      let factor = 1
      let complete = false
      while (at < rest.length) {
        const byte = rest[at] ?? 0
        length += (byte & 0x7f) * factor
        factor *= 128
        at += 1
        if (byte < 0x80) {
          complete = true
          break
        }
      }
      if (!complete || rest.length < at + length) break
      yield { sort: rest[0] as Sort, bytes: new Uint8Array(rest.subarray(at, at + length)) }
      rest = rest.subarray(at + length)
    }
  }
}

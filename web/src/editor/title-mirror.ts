/** Splits a title at the carets of others, for the mirror behind the title's field. */
import type { CaretLook } from './caret'

export interface MirrorCaret extends CaretLook {
  client: number
  /** Place in UTF-16 units; null: somewhere in the title. */
  at: number | null
  /** Whether the name is shown: the caret has just moved. */
  named: boolean
}

export type MirrorPart =
  { kind: 'text'; text: string } | { kind: 'caret'; caret: MirrorCaret; atEnd: boolean }

/** Text and carets in reading order. A caret without a place, or beyond the end, stands at the end. */
export function mirrorParts(value: string, carets: readonly MirrorCaret[]): MirrorPart[] {
  const placeOf = ({ at }: MirrorCaret): number =>
    at === null || !Number.isInteger(at) || at < 0 ? value.length : Math.min(at, value.length)
  const parts: MirrorPart[] = []
  let done = 0
  for (const caret of [...carets].sort((a, b) => placeOf(a) - placeOf(b))) {
    const place = placeOf(caret)
    if (place > done) parts.push({ kind: 'text', text: value.slice(done, place) })
    parts.push({ kind: 'caret', caret, atEnd: place === value.length })
    done = place
  }
  if (done < value.length) parts.push({ kind: 'text', text: value.slice(done) })
  return parts
}

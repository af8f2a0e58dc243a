/**
 * Small changes of plain text, in UTF-16 units as the browser and Yjs both count: the difference
 * between two texts, and where a place ends up when somebody else changes the text.
 */

/** Replace `remove` units at `at` by `insert`. */
export interface Splice {
  at: number
  remove: number
  insert: string
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

/**
 * The smallest single splice from `before` to `after`, or null if they are equal. `caret` is where
 * the caret stands in `after`; among equal splices the one that ends there is the one that was
 * meant. A surrogate pair is never torn.
 */
export function difference(before: string, after: string, caret: number): Splice | null {
  if (before === after) return null
  const shorter = Math.min(before.length, after.length)
  // The text after the caret is what stayed; looking from the end first finds the place of typing.
  let end = 0
  const endLimit = Math.min(shorter, Math.max(0, after.length - caret))
  while (end < endLimit && sameFromEnd(before, after, end)) end += 1
  let start = 0
  while (start < shorter - end && before.charCodeAt(start) === after.charCodeAt(start)) start += 1
  while (end < shorter - start && sameFromEnd(before, after, end)) end += 1
  if (start > 0 && isHigh(before.charCodeAt(start - 1))) start -= 1
  if (end > 0 && isLow(before.charCodeAt(before.length - end))) {
    if (isHigh(before.charCodeAt(before.length - end - 1))) end -= 1
  }
  return {
    at: start,
    remove: before.length - start - end,
    insert: after.slice(start, after.length - end),
  }
}

function sameFromEnd(before: string, after: string, end: number): boolean {
  return before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
}

/** One part of a Yjs text event. */
export interface DeltaPart {
  retain?: number | undefined
  delete?: number | undefined
  insert?: unknown
}

/** Where a place stands after a change by somebody else. Text inserted at the place goes after it. */
export function movedBy(delta: readonly DeltaPart[], place: number): number {
  let at = 0
  let moved = place
  for (const part of delta) {
    if (part.retain !== undefined) at += part.retain
    else if (typeof part.insert === 'string') {
      if (at < moved) moved += part.insert.length
      at += part.insert.length
    } else if (part.delete !== undefined) {
      moved -= Math.max(0, Math.min(part.delete, moved - at))
    }
  }
  return moved
}

/** At most `max` units of a text, never half a surrogate pair. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text
  const end = isHigh(text.charCodeAt(max - 1)) ? max - 1 : max
  return text.slice(0, Math.max(0, end))
}

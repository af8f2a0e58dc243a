/**
 * Places of entries among others: texts of `a` to `z` that sort as the entries stand and never end
 * with `a`, so that there is room between any two.
 */

const FIRST = 'a'.charCodeAt(0)
const LETTERS = 26
const letter = (digit: number): string => String.fromCharCode(FIRST + digit)
const digit = (text: string, at: number): number | null =>
  at < text.length ? text.charCodeAt(at) - FIRST : null

/** A place after `before` and ahead of `after`; null is the beginning, or the end. */
export function between(before: string | null, after: string | null): string {
  if (after === null || (before !== null && before >= after)) return behind(before)
  const low = before ?? ''
  let place = ''
  let bounded = true
  for (let at = 0; ; at += 1) {
    const from = digit(low, at) ?? 0
    const to = bounded ? (digit(after, at) ?? LETTERS) : LETTERS
    if (to - from > 1) return place + letter(Math.floor((from + to) / 2))
    place += letter(from)
    if (to > from) bounded = false
  }
}

/** A place at the end: short, so that long lists grow slowly. */
function behind(before: string | null): string {
  const text = before ?? ''
  let at = 0
  while (text[at] === 'z') at += 1
  const raised = digit(text, at)
  return raised === null ? `${text}n` : text.slice(0, at) + letter(raised + 1)
}

/** Where threads stand beside the text: at their passages, pushed down where they would overlap. */

export interface Wanted {
  id: string
  /** Where its passage begins. */
  top: number
  height: number
}

/**
 * The top of each thread, none above `from`, `gap` apart. The one that is looked at stands exactly at
 * its passage as far as that is possible; those before it move up, those after it move down.
 */
export function layOutThreads(
  wanted: readonly Wanted[],
  { from, gap, active }: { from: number; gap: number; active: string | null },
): Map<string, number> {
  const sorted = [...wanted].sort((a, b) => a.top - b.top)
  const tops = new Map<string, number>()
  let free = from
  for (const { id, top, height } of sorted) {
    const at = Math.max(top, free)
    tops.set(id, at)
    free = at + height + gap
  }
  // Upwards from the one that is looked at: as far as there is room above.
  const index = sorted.findIndex(({ id }) => id === active)
  const before = sorted.slice(0, index + 1)
  const room = before.reduce((sum, { height }) => sum + height + gap, 0) - gap
  const looked = sorted[index]
  if (looked === undefined) return tops
  let bottom = Math.max(looked.top + looked.height, from + room)
  for (const { id, height } of before.reverse()) {
    const top = Math.min(tops.get(id) ?? 0, bottom - height)
    tops.set(id, top)
    bottom = top - gap
  }
  free = (tops.get(looked.id) ?? 0) + looked.height + gap
  for (const { id, top, height } of sorted.slice(index + 1)) {
    const at = Math.max(top, free)
    tops.set(id, at)
    free = at + height + gap
  }
  return tops
}

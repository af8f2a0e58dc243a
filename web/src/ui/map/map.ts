/** A district as the map and the list beside it show it. */
export interface MapPlace {
  id: string
  href: string
  name: string
  /** A fact about it, as list and map say it alike; empty where there is none. */
  fact: string
  mine: boolean
  /** Outline in the units of the map; missing where the data has none. */
  area: { path: string; center: { x: number; y: number } } | undefined
  /** Emblem path beside the name. */
  shape: string | undefined
}

/** A long name in the lines it is shown in: broken after its hyphens, kept whole otherwise. */
export function labelLines(name: string): string[] {
  if (name.length <= 14) return [name]
  const parts = name.split(/(?<=-)/)
  return parts.length < 2 ? [name] : [parts[0] ?? '', parts.slice(1).join('')]
}

/** How far a district's agreement is, as the map draws it. */
export type MapLook = 'solid' | 'hatched' | 'plain'

/** A district as the map and the list beside it show it. */
export interface MapPlace {
  id: string
  href: string
  name: string
  /** The state of its agreement in a word, as list and map say it alike. */
  fact: string
  look: MapLook
  /** The step of the strategy it works on, as a number and in words; null where none is known. */
  step: { number: number; text: string } | null
  mine: boolean
  /** Outline in the units of the map; missing where the data has none. */
  area: { path: string; center: { x: number; y: number } } | undefined
  /** Emblem path beside the name. */
  shape: string | undefined
}

/** What a look on the map means. */
export interface MapLegend {
  look: MapLook
  label: string
}

/** A long name in the lines it is shown in: broken after its hyphens, kept whole otherwise. */
export function labelLines(name: string): string[] {
  if (name.length <= 14) return [name]
  const parts = name.split(/(?<=-)/)
  return parts.length < 2 ? [name] : [parts[0] ?? '', parts.slice(1).join('')]
}

/** Everything that a place says, for those who do not see the map. */
export function spokenPlace(place: MapPlace, mine: string): string {
  const parts = [place.mine ? mine : '', place.fact, place.step?.text ?? '']
  return `${place.name}: ${parts.filter((part) => part !== '').join(', ')}`
}

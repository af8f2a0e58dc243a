/** Who else is in which field, and telling the others where oneself is. */
import type { Awareness } from 'y-protocols/awareness'

/** The root under which a field is told to the others. */
export const rootOf = (name: string): string => `values:${name}`

export interface Neighbour {
  client: number
  name: string
  initials: string
  /** 1 to 6: the colour class `person-N`. */
  hue: number
}

/** The others by the root that they are in. */
export function neighbours(awareness: Awareness): ReadonlyMap<string, readonly Neighbour[]> {
  const found = new Map<string, Neighbour[]>()
  for (const [client, state] of awareness.getStates()) {
    const place = state['field'] as { root?: unknown } | null | undefined
    const user = state['user'] as { name?: unknown; initials?: unknown; hue?: unknown } | undefined
    if (client === awareness.clientID || typeof place?.root !== 'string') continue
    if (typeof user?.name !== 'string' || user.name === '') continue
    const { name, initials, hue } = user
    const known = typeof hue === 'number' && Number.isInteger(hue) && hue >= 1 && hue <= 6
    const neighbour = {
      client,
      name: name.slice(0, 80),
      initials: typeof initials === 'string' ? initials.slice(0, 3) : name.slice(0, 1),
      hue: known ? hue : 1,
    }
    found.set(place.root, [...(found.get(place.root) ?? []), neighbour])
  }
  return found
}

/** Tells the others that the focus is in this field, or in none. */
export function tellField(awareness: Awareness, root: string | null): void {
  const state = awareness.getLocalState()
  if (state === null) return
  const now = (state['field'] as { root?: unknown } | null | undefined)?.root ?? null
  if (now !== root) awareness.setLocalStateField('field', root === null ? null : { root })
}

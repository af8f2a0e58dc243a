/** Who else is on the page, read from the awareness states that the server vouches for. */
import type { Awareness } from 'y-protocols/awareness'

/** A person on the page. Name, initials and hue come from the account, not from the browser. */
export interface Person {
  id: string
  name: string
  initials: string
  /** 1 to 6: the colour class `person-N`. */
  hue: number
}

/** A person who is there, and where: the text, the title, a field, or nowhere in particular. */
export interface PresentPerson extends Person {
  /** Awareness client of the caret to jump to. */
  client: number
  place: 'body' | 'title' | 'field' | null
  /** The name of the field. */
  field: string | null
}

/** How a field is told to the others: its name behind this. */
const FIELD_ROOT = 'values:'

/** The place of a caret in a plain text root such as the title, in UTF-16 units; or a field. */
export interface FieldPlace {
  root: string
  anchor?: number
  head?: number
}

/** What an awareness state of this application holds. */
export interface AwarenessState {
  user?: Partial<Person>
  cursor?: { anchor: unknown; head: unknown } | null
  field?: FieldPlace | null
}

/** The person of a state, with everything that is missing or odd replaced by something to show. */
export function personOf(state: AwarenessState | undefined, fallback: string): Person | null {
  const user = state?.user
  if (user === undefined || typeof user !== 'object') return null
  const name = typeof user.name === 'string' && user.name !== '' ? user.name.slice(0, 80) : fallback
  return {
    id: typeof user.id === 'string' ? user.id : '',
    name,
    initials: typeof user.initials === 'string' ? user.initials.slice(0, 3) : name.slice(0, 1),
    hue: typeof user.hue === 'number' && user.hue >= 1 && user.hue <= 6 ? Math.floor(user.hue) : 1,
  }
}

/** Everyone else, each person once (where they last were), in the order of their names. */
export function presentPeople(awareness: Awareness, ownId: string): PresentPerson[] {
  const people = new Map<string, PresentPerson>()
  for (const [client, raw] of awareness.getStates()) {
    const state = raw as AwarenessState
    const person = client === awareness.clientID ? null : personOf(state, '?')
    if (person === null || person.id === ownId) continue
    const root: unknown = state.field?.root
    const field =
      typeof root === 'string' && root.startsWith(FIELD_ROOT) ? root.slice(FIELD_ROOT.length) : null
    const inField = field === null ? 'title' : 'field'
    const place = state.cursor ? 'body' : state.field ? inField : null
    const known = people.get(person.id || String(client))
    if (known !== undefined && (known.place !== null || place === null)) continue
    people.set(person.id || String(client), { ...person, client, place, field })
  }
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name, 'de'))
}

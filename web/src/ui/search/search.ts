/** What the search screen shows; put together by routes/search. */
import type { Part } from '../highlight'
import type { KindLook } from '../kind'

export interface HitView {
  id: string
  href: string
  title: readonly Part[]
  kind: KindLook
  place: string
  snippet: readonly Part[]
  /** The section of the passage, with the way to it. */
  section: { text: string; href: string } | undefined
  /** When it changed. */
  when: string
  /** Answers that its kind shows in lists. */
  facts: readonly string[]
  badge: string | undefined
  /** Somebody else changed it since the saved search was last looked at. */
  isNew: boolean
}

export interface FacetView {
  id: string
  label: string
  choices: readonly FacetChoice[]
}

export interface FacetChoice {
  value: string
  label: string
  count: number
  chosen: boolean
}

/** Another search that may bring more. */
export interface OfferView {
  text: string
  href: string
}

export interface SavedView {
  id: string
  name: string
  href: string
  /** How many pages in it are new. */
  fresh: number
}

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
  /** Where it was found and when it changed. */
  where: string
  badge: string | undefined
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

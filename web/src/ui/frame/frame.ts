/** What the frame shows; put together by routes/frame. */
import type { KindLook } from '../kind'

export interface PlaceLink {
  id: string
  href: string
  name: string
  /** Emblem path; without one the sign of the shared space is shown. */
  shape: string | undefined
}

export interface FrameLinks {
  start: string
  drafts: string
  search: string
  spaces: string
}

export type Where = 'start' | 'drafts' | 'search' | 'spaces' | { space: string } | 'elsewhere'

export interface WhoView {
  name: string
  label: string
  initials: string
  hue: number
}

export interface KindChoice extends KindLook {
  id: string
  description: string
  /** The headings that a new page of the kind starts with. */
  questions: readonly string[]
}

/** The panels that buttons of the frame open. */
export const newMenuId = 'new-menu'
export const accountId = 'account-panel'

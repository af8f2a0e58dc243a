/** A thread of comments as it is drawn. */

/** One thing that somebody said. */
export interface SaidView {
  id: string
  name: string
  initials: string
  /** The author's hue, 1 to 6. */
  hue: number
  /** From which role and where. */
  label: string
  moment: string
  edited: boolean
  /** Null: it was taken back. */
  text: string | null
  can: { edit: boolean; remove: boolean }
}

export interface ThreadView {
  id: string
  quote: string
  /** Whether its passage still stands in the text. */
  hasPlace: boolean
  said: readonly SaidView[]
  /** Since when it is settled, in words; null: it is open. */
  settled: string | null
}

/** How a kind of page looks: its word, its icon and its hue. */
export interface KindLook {
  label: string
  /** The outline of its icon: the data of a path on a grid of 24 by 24. */
  icon: string
  /** In degrees; the plain kind has no colour of its own. */
  hue: number | null
}

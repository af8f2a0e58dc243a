/** How a kind of page looks: its word, its icon and its hue. */
export interface KindLook {
  label: string
  /** A Lucide icon by name. */
  icon: string
  /** A colour token without its prefix: "approach" stands for --hue-approach. */
  hue: string
}

/** The plain kind has no colour of its own. */
export const isPlain = (hue: string): boolean => hue === 'page'
export const hueValue = (hue: string): string => `var(--hue-${hue}, 345)`

/** A page as lists show it. */
import type { KindLook } from './kind'

export interface EntryView {
  id: string
  href: string
  title: string
  kind: KindLook
  place: string
  excerpt: string
  /** Answers that its kind shows in lists. */
  facts: readonly string[]
  /** Who wrote it, already joined. */
  by: string
  /** When it changed, as people say it. */
  when: string
  /** The exact moment, for `<time>`. */
  moment: string
  /** A word beside the kind, such as "Entwurf". */
  badge: string | undefined
  /** Whether that word says that the page is new to the reader. */
  fresh?: boolean
}

/** The hits that were shown when somebody went on to one of them, for the way back. */
import type { Shown } from './search.svelte'

export interface KeptHits {
  shown: Shown
  /** How far the page was scrolled. */
  scroll: number
  /** What was new in a saved search when it was opened. */
  news: News | undefined
}

/** What others changed since a saved search was last looked at. */
export interface News {
  since: string
  count: number
}

/** So many searches are remembered. */
const most = 5

/** What is remembered of a session ends with it. */
const sessions = new WeakMap<object, Map<string, KeptHits>>()

function keptOf(session: object): Map<string, KeptHits> {
  const kept = sessions.get(session) ?? new Map<string, KeptHits>()
  sessions.set(session, kept)
  return kept
}

/** Remembers what the search with this address shows. */
export function keepHits(session: object, href: string, hits: KeptHits): void {
  const kept = keptOf(session)
  kept.delete(href)
  kept.set(href, hits)
  for (const oldest of [...kept.keys()].slice(0, -most)) kept.delete(oldest)
}

/** What the search with this address showed. */
export function keptHits(session: object, href: string): KeptHits | undefined {
  return keptOf(session).get(href)
}

/** Something that is fetched: not here yet, here, or not to be had. */
import type { Outcome, Problem } from '../api/outcome'

export type { Problem } from '../api/outcome'

export type Loadable<T> =
  { kind: 'loading' } | { kind: 'ready'; value: T } | { kind: 'failed'; problem: Problem }

export const loading = { kind: 'loading' } as const

/** What a screen shows for an outcome; a call that was taken back leaves the screen as it is. */
export function loadableOf<T>(outcome: Outcome<T>, before: Loadable<T>): Loadable<T> {
  if (outcome.kind === 'ok') return { kind: 'ready', value: outcome.value }
  if (outcome.problem.kind === 'aborted') return before
  return { kind: 'failed', problem: outcome.problem }
}

/** Texts used by many parts: numbers with their noun, errors, plain actions. */
const pages = (count: number): string => (count === 1 ? '1 page' : `${count} pages`)

export const formats = {
  'count.pages': (v: { count: number }) => pages(v.count),
  'action.retry': 'Try again',
  'action.close': 'Close',
  'action.cancel': 'Cancel',
  'action.more': 'Show more pages',
  'state.loading': 'Loading',
  'error.unreachable':
    'Denkraum cannot be reached right now. What is saved stays saved. Check your connection.',
  'error.failed':
    'That did not work on the server. What is saved stays saved. Try again in a moment.',
  'error.forbidden': 'You are not allowed to do that. Ask the coordination of the district.',
  'error.not-found': 'This does not exist, or it is not visible to you.',
  'error.signed-out': 'You are no longer signed in.',
  'error.refused': 'That was not accepted.',
  'entry.draft': 'Draft',
  'entry.archived': 'archived',
  'entry.untitled': 'Untitled',
}

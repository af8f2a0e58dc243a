/** The start screen. */
const greetings = { morning: 'Good morning', day: 'Good day', evening: 'Good evening' }
const pages = (count: number): string => (count === 1 ? 'one page' : `${count} pages`)

/** Small numbers are words in a heading. */
const small = 'two three four five six seven eight nine ten eleven twelve'.split(' ')
const inWords = (count: number): string => small[count - 2] ?? String(count)
const atFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const start = {
  'start.title': 'Home',
  'start.greeting': (v: { part: 'morning' | 'day' | 'evening'; name: string }) =>
    `${greetings[v.part]}, ${v.name}`,
  'start.lead': 'What have the districts written lately?',
  'start.lead.news': (v: { count: number; when: string }) =>
    `Since your last visit (${v.when}), ${pages(v.count)} ${v.count === 1 ? 'was' : 'were'} added or continued.`,
  'start.lead.nothing': (v: { when: string }) =>
    `Nothing has changed since your last visit (${v.when}).`,
  'start.news': 'New since your last visit',
  'start.news.made': 'new',
  'start.news.changed': 'changed',
  'start.news.seen': 'Mark all as seen',
  'start.news.marked': 'Done. Only what comes from now on is new.',
  'start.recent': 'Recently changed',
  'start.recent.empty': 'Nobody has written anything yet.',
  'start.recent.empty.create': 'Create the first page',
  'start.recent.all': 'See all changes',
  'start.question.title': 'To think on',
  'start.question': 'What have you tried lately that could help other districts?',
  'start.question.answer': 'Tell about it',
  'start.dates': 'Next dates',
  'start.dates.empty': 'No date is coming up at the moment.',
  'start.dates.create': 'Announce a date',
  'start.mine.all': (v: { name: string }) => `See ${v.name}`,
  'list.changes': 'All changes',
  'list.drafts.lead': 'Only whoever writes them sees these pages.',
  'list.drafts.empty': 'You have no draft.',
  'start.map': (v: { count: number }) =>
    `${atFirst(inWords(v.count))} districts, ${inWords(v.count)} ways`,
  'start.map.hint': 'The number is the step of the strategy that the district works on.',
  'start.map.label': 'Map of the districts with the state of their agreements',
  'start.map.licence': 'licence',
  'start.map.list': 'State of the agreements',
  'start.map.mine': 'Your district',
  'start.map.step': (v: { step: number; of: number }) => `step ${v.step} of ${v.of}`,
  'start.map.step-legend': 'Step of the strategy',
  'start.map.none': 'nothing written yet',
}

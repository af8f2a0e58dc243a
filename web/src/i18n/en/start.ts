/** The start screen. */
const greetings = { morning: 'Good morning', day: 'Good day', evening: 'Good evening' }

export const start = {
  'start.title': 'Home',
  'start.greeting': (v: { part: 'morning' | 'day' | 'evening'; name: string }) =>
    `${greetings[v.part]}, ${v.name}`,
  'start.lead': 'What have the districts written lately?',
  'start.recent': 'Recently changed',
  'start.recent.empty': 'Nobody has written anything yet.',
  'start.recent.empty.create': 'Create the first page',
  'start.recent.all': 'See all spaces',
  'start.mine': 'Your district',
  'start.mine.empty': 'There are no pages in this district yet.',
  'start.mine.all': (v: { name: string }) => `See ${v.name}`,
  'start.mine.create': 'Create page',
  'start.question.title': 'To think on',
  'start.question': 'What have you tried lately that could help other districts?',
  'start.question.answer': 'Tell about it',
  'start.map': 'The districts',
  'start.map.hint': 'Each district leads to its pages.',
  'start.map.label': 'Map of the districts',
  'start.map.licence': 'licence',
  'start.map.list': 'All districts',
  'start.map.mine': 'Your district',
  'start.map.other': 'other districts',
  'start.map.changed': (v: { when: string }) => `changed ${v.when}`,
}

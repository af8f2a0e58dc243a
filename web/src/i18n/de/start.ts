/** The start screen. */
const greetings = { morning: 'Guten Morgen', day: 'Guten Tag', evening: 'Guten Abend' }

export const start = {
  'start.title': 'Start',
  'start.greeting': (v: { part: 'morning' | 'day' | 'evening'; name: string }) =>
    `${greetings[v.part]}, ${v.name}`,
  'start.lead': 'Was haben die Bezirke zuletzt aufgeschrieben?',
  'start.recent': 'Zuletzt geändert',
  'start.recent.empty': 'Noch hat niemand etwas aufgeschrieben.',
  'start.recent.empty.create': 'Erste Seite anlegen',
  'start.recent.all': 'Alle Räume ansehen',
  'start.mine': 'Ihr Bezirk',
  'start.mine.empty': 'In diesem Bezirk gibt es noch keine Seiten.',
  'start.mine.all': (v: { name: string }) => `${v.name} ansehen`,
  'start.mine.create': 'Seite anlegen',
  'start.question.title': 'Zum Weiterdenken',
  'start.question': 'Was haben Sie zuletzt erprobt, das anderen Bezirken helfen könnte?',
  'start.question.answer': 'Davon erzählen',
  'start.map': 'Die Bezirke',
  'start.map.hint': 'Jeder Bezirk führt zu seinen Seiten.',
  'start.map.label': 'Karte der Bezirke',
  'start.map.licence': 'Lizenz',
  'start.map.list': 'Alle Bezirke',
  'start.map.mine': 'Ihr Bezirk',
  'start.map.other': 'andere Bezirke',
  'start.map.changed': (v: { when: string }) => `geändert ${v.when}`,
}

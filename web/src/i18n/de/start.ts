/** The start screen. */
const greetings = { morning: 'Guten Morgen', day: 'Guten Tag', evening: 'Guten Abend' }
const pages = (count: number): string => (count === 1 ? 'eine Seite' : `${count} Seiten`)

/** Small numbers are words in a heading. */
const small = 'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'.split(' ')
const inWords = (count: number): string => small[count - 2] ?? String(count)
const atFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const start = {
  'start.title': 'Start',
  'start.greeting': (v: { part: 'morning' | 'day' | 'evening'; name: string }) =>
    `${greetings[v.part]}, ${v.name}`,
  'start.lead': 'Was haben die Bezirke zuletzt aufgeschrieben?',
  'start.lead.news': (v: { count: number; when: string }) =>
    `Seit Ihrem letzten Besuch (${v.when}) ${v.count === 1 ? 'ist' : 'sind'} ${pages(v.count)} dazugekommen oder weitergeschrieben.`,
  'start.lead.nothing': (v: { when: string }) =>
    `Seit Ihrem letzten Besuch (${v.when}) hat sich nichts geändert.`,
  'start.news': 'Neu seit Ihrem letzten Besuch',
  'start.news.made': 'neu',
  'start.news.changed': 'geändert',
  'start.news.seen': 'Alles als gesehen merken',
  'start.news.marked': 'Gemerkt. Neu ist nur, was ab jetzt dazukommt.',
  'start.recent': 'Zuletzt geändert',
  'start.recent.empty': 'Noch hat niemand etwas aufgeschrieben.',
  'start.recent.empty.create': 'Erste Seite anlegen',
  'start.recent.all': 'Alle Änderungen ansehen',
  'start.question.title': 'Zum Weiterdenken',
  'start.question': 'Was haben Sie zuletzt erprobt, das anderen Bezirken helfen könnte?',
  'start.question.answer': 'Davon erzählen',
  'start.dates': 'Nächste Termine',
  'start.dates.empty': 'Zurzeit steht kein Termin an.',
  'start.dates.create': 'Termin ankündigen',
  'start.mine.all': (v: { name: string }) => `${v.name} ansehen`,
  'list.changes': 'Alle Änderungen',
  'list.drafts.lead': 'Diese Seiten sieht nur, wer daran schreibt.',
  'list.drafts.empty': 'Sie haben keinen Entwurf.',
  'start.map': (v: { count: number }) =>
    `${atFirst(inWords(v.count))} Bezirke, ${inWords(v.count)} Wege`,
  'start.map.hint': 'Die Zahl zeigt den Schritt der Strategie, an dem der Bezirk arbeitet.',
  'start.map.label': 'Karte der Bezirke mit dem Stand der Vereinbarungen',
  'start.map.licence': 'Lizenz',
  'start.map.list': 'Stand der Vereinbarungen',
  'start.map.mine': 'Ihr Bezirk',
  'start.map.step': (v: { step: number; of: number }) => `Schritt ${v.step} von ${v.of}`,
  'start.map.step-legend': 'Schritt der Strategie',
  'start.map.none': 'noch nichts aufgeschrieben',
}

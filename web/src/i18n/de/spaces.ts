/** The page of a space and its lists. */
const number = (count: number): string => (count === 5 ? 'fünf' : String(count))
const offers = (count: number): string => (count === 1 ? '1 Angebot' : `${count} Angebote`)

export const spaces = {
  'spaces.title': 'Räume',
  'spaces.lead':
    'Jeder Bezirk hat seinen eigenen Raum. Was alle angeht, steht im gemeinsamen Raum.',
  'spaces.network': 'Für alle Bezirke',
  'spaces.districts': 'Bezirke',
  'space.district': 'Bezirk',
  'space.network': 'Gemeinsamer Raum',
  'space.back': (v: { name: string }) => `Zurück zu ${v.name}`,
  'space.create': 'Seite anlegen',
  'space.create.kind': (v: { kind: string }) => `${v.kind} anlegen`,
  'space.filter': 'Welche Seiten möchten Sie sehen?',
  'space.filter.all': 'Alle',
  'space.filter.choices': 'Eingegrenzt auf',
  'space.filter.without': ' nicht mehr eingrenzen',
  'space.recent': 'Zuletzt geändert',
  'space.all': (v: { count: number }) => `Alle ${v.count} ansehen`,
  'space.all-pages': (v: { count: number }) =>
    v.count === 1 ? 'Die eine Seite ansehen' : `Alle ${v.count} Seiten ansehen`,
  'space.empty': 'Hier gibt es noch keine Seiten.',
  'space.empty.kind': (v: { kinds: string }) => `${v.kinds}: noch nichts aufgeschrieben.`,
  'space.empty.create': 'Erste Seite anlegen',
  'space.unknown': 'Diesen Raum gibt es nicht',
  'space.answer': 'Noch ohne Antwort. Beantworten',
  'space.strategy': (v: { count: number }) => `Strategie in ${number(v.count)} Schritten`,
  'space.strategy.read': 'Strategie lesen',
  'space.strategy.write': 'Strategie lesen und schreiben',
  'space.strategy.empty': 'Dieser Bezirk hat noch keine Strategie aufgeschrieben.',
  'space.strategy.create': 'Strategie beginnen',
  'space.step': (v: { step: number }) => `Schritt ${v.step}:`,
  'space.step.open': 'noch offen',
  'space.questions': 'Leitende Fragen',
  'space.questions.answered': (v: { answered: number; count: number }) =>
    `${v.answered} von ${v.count} beantwortet`,
  'space.question.begin': 'Noch ohne Antwort. Beginnen Sie mit einem Satz.',
  'space.offers': 'Angebote und Lücken',
  'space.offers.all': 'Alle Angebote ansehen',
  'space.matrix': (v: { place: string; rows: string; columns: string }) =>
    `Angebote in ${v.place} nach ${v.rows} und ${v.columns}.`,
  'space.matrix.gaps': (v: { row: string; column: string }) =>
    `Die meisten Lücken: ${v.row} und ${v.column}.`,
  'space.matrix.no-gaps': 'Es gibt keine Lücken.',
  'space.cell': (v: { count: number; row: string; column: string }) =>
    `${offers(v.count)}: ${v.row}, ${v.column}`,
  'space.gap': 'Lücke',
  'space.not-needed': 'entfällt',
  'space.legend.one': '1 Angebot',
  'space.legend.some': '2 bis 3',
  'space.legend.many': '4 und mehr',
  'space.legend.gap': 'Lücke: noch kein Angebot beschrieben',
  'space.planned': 'geplant',
  'space.dates': 'Lernwerkstätten und Termine',
  'space.dates.empty': 'Noch keine Lernwerkstatt nennt diesen Bezirk.',
  'space.archive': 'Archiv',
  'space.archive.link': (v: { count: number }) =>
    v.count === 1 ? 'Eine Seite im Archiv' : `${v.count} Seiten im Archiv`,
  'space.archive.hint':
    'Archivierte Seiten stehen in keiner Liste und werden nicht gefunden. Öffnen Sie eine Seite, um sie zurückzuholen.',
  'space.archive.empty': 'Das Archiv ist leer.',
  'space.archived': (v: { when: string }) => `archiviert ${v.when}`,
}

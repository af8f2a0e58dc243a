/** The search screen. */
export const search = {
  'search.title': 'Suche',
  'search.form': 'Denkraum durchsuchen',
  'search.input': 'Was suchen Sie?',
  'search.clear': 'Eingabe leeren',
  'search.key.choose': 'wählen',
  'search.key.open': 'öffnen',
  'search.key.tab': 'in neuem Tab',
  'search.key.clear': 'leeren',
  'search.count': (v: { count: number }) => (v.count === 1 ? '1 Treffer' : `${v.count} Treffer`),
  'search.facets': 'Ergebnisse eingrenzen',
  'search.narrow': (v: { count: number }) =>
    v.count === 0 ? 'Eingrenzen' : `Eingrenzen (${v.count})`,
  'search.narrow.done': 'Treffer ansehen',
  'search.facet.kind': 'Seitenart',
  'search.facet.space': 'Bezirk',
  'search.facet.more': (v: { count: number }) => `${v.count} weitere zeigen`,
  'search.facet.hits': 'Treffer',
  'search.filter.remove': (v: { name: string }) => `Filter ${v.name} entfernen`,
  'search.filter.reset': 'Filter zurücksetzen',
  'search.more': (v: { count: number }) =>
    v.count === 1 ? '1 weiteren Treffer zeigen' : `${v.count} weitere Treffer zeigen`,
  'search.start.title': 'Was hat ein anderer Bezirk schon erprobt?',
  'search.start.text':
    'Suchen Sie über alle Seiten, die Sie lesen dürfen: Titel, Texte und Antworten. Schon der Anfang eines Wortes genügt.',
  'search.hint': 'Wonach suchen Sie?',
  'search.none.title': (v: { text: string }) => `Nichts gefunden zu „${v.text}“`,
  'search.none.filtered': 'Mit weniger Filtern finden Sie vielleicht mehr.',
  'search.none.text':
    'Prüfen Sie die Schreibweise, oder versuchen Sie es mit einem anderen oder kürzeren Wort.',
  'search.where.text': (v: { when: string }) => `geändert ${v.when}`,
  'search.where.heading': (v: { heading: string; when: string }) =>
    `Abschnitt „${v.heading}“, geändert ${v.when}`,
  'search.quote.open': '„',
  'search.quote.close': '“',
}

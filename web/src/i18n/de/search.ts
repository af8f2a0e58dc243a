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
  'search.facet.tag': 'Schlagwort',
  'search.facet.year': 'Jahr',
  'search.facet.author': 'Verfasst von',
  'search.facet.more': (v: { count: number }) => `${v.count} weitere zeigen`,
  'search.facet.hits': 'Treffer',
  'search.filter.remove': (v: { name: string }) => `Filter ${v.name} entfernen`,
  'search.filter.reset': 'Filter zurücksetzen',
  'search.more': (v: { next: number; rest: number }) =>
    v.next < v.rest
      ? `${v.next} von ${v.rest} weiteren Treffern zeigen`
      : v.rest === 1
        ? '1 weiteren Treffer zeigen'
        : `${v.rest} weitere Treffer zeigen`,
  'search.most': (v: { count: string }) =>
    `Das sind die ersten ${v.count} Treffer. Grenzen Sie die Suche ein, um weitere zu sehen.`,
  'search.cut': 'Von Ihrer Frage wurde nur der Anfang gelesen.',
  'search.outOfTime':
    'Die Suche wurde abgebrochen, weil sie zu lange dauerte. Es kann weitere Treffer geben; mit weniger oder längeren Wörtern geht es schneller.',
  'search.incomplete':
    'Das Verzeichnis der Suche wird gerade neu aufgebaut. Bis es fertig ist, fehlen Seiten in den Treffern.',
  'search.order': 'Sortiert nach',
  'search.order.closeness': 'Nähe zum Suchwort',
  'search.order.changed': 'Letzte Änderung',
  'search.also': (v: { words: string }) => `Auch gefunden: ${v.words}.`,
  'search.literal.only': (v: { text: string }) => `Nur „${v.text}“ suchen`,
  'search.literal.is': (v: { text: string }) =>
    `Gesucht wurde nur „${v.text}“, Buchstabe für Buchstabe.`,
  'search.literal.off': 'Auch ähnliche Wörter suchen',
  'search.offers': 'Gefunden in anderer Schreibweise:',
  'search.help': 'Genauer suchen',
  'search.help.phrase.example': '„frühe Hilfen“',
  'search.help.phrase':
    'Diese Wörter stehen nebeneinander, auch in gebeugter Form („früher Hilfen“).',
  'search.help.not.example': 'Beratung -Schulden',
  'search.help.not': 'Das Wort hinter dem Minus kommt nicht vor.',
  'search.help.title.example': 'titel:Elterncafé',
  'search.help.title': 'Das Wort steht im Titel.',
  'search.help.space.example': 'bezirk:Pankow,Mitte',
  'search.help.space':
    'Nur Seiten dieses Bezirks; mehrere mit Komma oder „oder“ dazwischen: Seiten aus einem davon.',
  'search.saved': 'Gemerkte Suchen',
  'search.saved.new': (v: { count: number }) => `${v.count} neu`,
  'search.saved.many': (v: { count: number }) => `mehr als ${v.count} neu`,
  'search.saved.forget': (v: { name: string }) => `Suche „${v.name}“ nicht mehr merken`,
  'search.saved.save': 'Suche merken',
  'search.saved.is': 'Gemerkt',
  'search.saved.all': 'Alle Seiten',
  'search.new': 'neu',
  'search.new.since': 'seit Sie diese Suche zuletzt angesehen haben',
  'search.new.first': 'Neue zuerst zeigen',
  'search.link': 'Link kopieren',
  'search.link.of': (v: { name: string }) => `Link zur Suche „${v.name}“ kopieren`,
  'search.link.copied': 'Link kopiert.',
  'search.link.failed': 'Kopieren hat nicht geklappt. Die Adresse der Suche steht oben im Browser.',
  'search.start.title': 'Was hat ein anderer Bezirk schon erprobt?',
  'search.start.text':
    'Suchen Sie über alle Seiten, die Sie lesen dürfen: Titel, Texte und Antworten. Schon der Anfang eines Wortes genügt.',
  'search.hint': 'Wonach suchen Sie?',
  'search.none.title': (v: { text: string }) => `Nichts gefunden zu „${v.text}“`,
  'search.none.blank': 'Nichts gefunden',
  'search.none.within': (v: { filters: string }) =>
    `Gesucht unter den Seiten, die Sie lesen dürfen, mit ${v.filters}.`,
  'search.none.everywhere': 'Gesucht in allen Seiten, die Sie lesen dürfen.',
  'search.none.offers': 'Vielleicht hilft:',
  'search.none.free': (v: { label: string; count: number }) =>
    `Filter „${v.label}“ aufheben: ${v.count} Treffer`,
  'search.none.text':
    'Prüfen Sie die Schreibweise, oder versuchen Sie es mit einem anderen oder kürzeren Wort.',
  'search.where.text': (v: { when: string }) => `geändert ${v.when}`,
  'search.where.attachment': (v: { name: string }) => `Anhang „${v.name}“`,
  'search.where.field': (v: { label: string }) => `Angabe „${v.label}“`,
  'search.where.heading': (v: { heading: string }) => `Abschnitt „${v.heading}“`,
  'search.quote.open': '„',
  'search.quote.close': '“',
}

/** The page: reading, writing together, what happens to the text. */
export const page = {
  'page.untitled': 'Ohne Titel',
  'page.title-label': 'Titel der Seite',
  'page.title-hint': 'Wie heißt die Seite?',
  'page.text-label': 'Text der Seite',
  'page.text-hint':
    'Womit fängt es an? Schreiben Sie hier, „[[“ verknüpft eine Seite, „/“ zeigt mehr.',
  'page.changed': (v: { moment: string }) => `geändert ${v.moment}`,
  'page.changed-by': (v: { moment: string; name: string }) => `geändert ${v.moment} von ${v.name}`,
  'page.written-by': (v: { names: string }) => `verfasst von ${v.names}`,
  'page.archived': 'Diese Seite ist im Archiv. Sie lässt sich lesen, aber nicht ändern.',
  'page.archived-at': (v: { moment: string }) => `Archiviert ${v.moment}.`,
  'page.archived-by': (v: { moment: string; name: string }) =>
    `Archiviert ${v.moment} von ${v.name}.`,
  'page.restore': 'Aus dem Archiv zurückholen',
  'page.keep': 'Seite ordnen',
  'page.move': 'In einen anderen Raum verschieben',
  'page.archive': 'Archivieren',
  'move.title': 'Wohin soll die Seite?',
  'move.to': 'Neuer Raum',
  'move.hint': 'Wer die Seite jetzt lesen kann, liest sie auch dort. Verknüpfungen bleiben.',
  'move.as-draft': (v: { from: string }) =>
    `Bisher lesen nur Menschen aus ${v.from} diese Seite. Damit sie niemand sonst sieht, wird sie im neuen Raum zum Entwurf.`,
  'move.foreign': (v: { from: string }) =>
    `Nur Menschen aus ${v.from} lesen diese Seite, und sie ist von anderen verfasst. Verschieben können sie nur die, die sie verfasst haben.`,
  'move.nowhere': (v: { from: string }) =>
    `Sie schreiben nur in ${v.from}. Die Koordination eines anderen Raums kann Ihnen dort Zugang geben.`,
  'move.do': 'Seite verschieben',
  'move.do-as-draft': 'Als Entwurf verschieben',
  'page.overview': 'Auf einen Blick',
  'page.no-answer': 'Noch ohne Antwort.',
  'page.contents': 'Auf dieser Seite',
  'page.related': 'Ähnliche Seiten',
  'page.related.to': 'Ähnlich wie',
  'page.related.page': 'die ganze Seite',
  'page.related.passage': 'die markierte Stelle',
  'page.related.none': 'Zu diesem Teil gibt es keine ähnliche Seite.',
  'page.related.none-page': 'Zu dieser Seite gibt es noch keine ähnliche.',
  'page.related.take': 'Ähnliches zur markierten Stelle',
  'page.related.count': (v: { count: number }) =>
    v.count === 1 ? 'Eine ähnliche Seite' : `${v.count} ähnliche Seiten`,
  'page.related.shared': (v: { words: string }) => `Gemeinsam: ${v.words}`,
  'page.found': (v: { count: number }) =>
    v.count === 1
      ? 'Eine Fundstelle ist hervorgehoben.'
      : `${v.count} Fundstellen sind hervorgehoben.`,
  'page.found.end': 'Hervorhebung beenden',
  'page.backlinks': 'Verlinkt von',
  'page.backlinks-none': 'Noch verweist keine Seite hierher.',
  'page.relation.mentions': 'erwähnt',
  'page.relation.emerged_from': 'entstanden aus',
  'page.relation.source_of': 'hieraus entstanden',
  'page.no-access': 'Seite ohne Zugang',
  'page.path': 'Pfad',
  'page.not-found': 'Diese Seite gibt es nicht',
  'page.not-found-text':
    'Vielleicht wurde die Adresse verkürzt, oder die Seite ist für Sie nicht sichtbar. Die Koordination des Bezirks kann Ihnen Zugang geben.',
  'page.to-start': 'Zur Startseite',

  'page.visibility': (v: { audience: string }) => `Sichtbar für: ${v.audience}`,
  'page.more': 'Weitere Aktionen',
  'page.export': 'Exportieren',
  'page.tools': 'Im Text',
  'page.export.md': 'Als Markdown herunterladen',
  'page.export.html': 'Als HTML herunterladen',
  'page.export.archive': 'Als Archiv (Zip) herunterladen',
  'page.keys': 'Tastenkürzel zeigen',

  'page.presence': 'Gerade hier',
  'page.presence-jump': 'zur Stelle im Text',
  'page.presence-names': (v: { names: string }) => `Gerade hier: ${v.names}`,
  'page.joined': (v: { name: string }) => `${v.name} ist jetzt auch hier.`,

  'sync.connecting': 'verbindet …',
  'sync.saved': 'gesichert',
  'sync.writing': 'schreibt …',
  'sync.saving': 'sichert …',
  'sync.late': 'noch nicht gesichert, auf diesem Gerät aufbewahrt',
  'sync.full': 'Speicher voll',
  'sync.full.note':
    'Der Speicher des Servers ist voll. Lesen geht weiter. Was hier geschrieben wird, bleibt auf diesem Gerät und wird gesichert, sobald wieder Platz ist.',
  'sync.failed': 'Speicher gestört',
  'sync.failed.note':
    'Der Speicher des Servers ist gestört. Lesen geht weiter. Was hier geschrieben wird, bleibt auf diesem Gerät und wird gesichert, sobald die Administration den Server neu gestartet hat.',
  'sync.back': 'Der Server sichert wieder.',
  'sync.offline': 'ohne Verbindung',
  'sync.offline-unsaved': 'ohne Verbindung, auf diesem Gerät aufbewahrt',
  'sync.reading': 'nur lesen',
  'sync.refused': 'nicht angenommen',
  'sync.closed': 'getrennt',
  'sync.retry': 'Jetzt verbinden',

  'sync.reading.role': 'Sie können diese Seite lesen.',
  'sync.reading.archived': 'Diese Seite ist im Archiv. Sie können sie lesen.',
  'sync.reading.signed-out': 'Sie sind nicht mehr angemeldet. Was Sie sehen, können Sie lesen.',
  'sync.reading.schema':
    'Diese Seite enthält Neues, das dieses Fenster noch nicht kennt. Laden Sie neu, um weiterzuschreiben.',
  'sync.reading.other': 'Sie können diese Seite gerade nur lesen.',
  'sync.reload': 'Neu laden',

  'sync.refused.note': 'Eine Änderung wurde nicht angenommen.',
  'sync.refused.size': 'Der Text ist zu groß für eine Seite.',
  'sync.refused.copied': 'Kopiert.',
  'sync.refused.copy-failed':
    'Kopieren hat nicht geklappt. Markieren Sie den Text und kopieren Sie ihn.',

  'sync.closed.4400': 'Die Verbindung wurde beendet, weil etwas Unlesbares ankam.',
  'sync.closed.4401': 'Sie sind nicht mehr angemeldet.',
  'sync.closed.4403': 'Sie haben keinen Zugang mehr zu dieser Seite.',
  'sync.closed.4404': 'Diese Seite gibt es nicht mehr.',
  'sync.closed.4413': 'Eine Änderung war zu groß, um gesendet zu werden.',
  'sync.closed.4420':
    'Es sind zu viele Fenster auf einmal offen. Schließen Sie einige und laden Sie dann neu.',
  'sync.closed.4423':
    'Der Server kann diese Seite nicht öffnen. Was gesichert war, ist noch da. Wer den Server betreut, kann sie zurückholen.',
  'sync.closed.4429':
    'Es kamen zu viele Änderungen auf einmal. Laden Sie neu, um weiterzuschreiben.',
  'sync.closed.other': 'Die Verbindung wurde vom Server beendet.',

  'unsent.title': 'Ihr Text ist noch nicht auf der Seite',
  'unsent.kept': (v: { moment: string }) =>
    `Was Sie geschrieben haben, liegt auf diesem Gerät (${v.moment}). Sie entscheiden, was damit geschieht.`,
  'unsent.elsewhere':
    'Auf diesem Gerät liegt Text von Ihnen, der noch nicht gesichert ist. Öffnen Sie die Seite, dann geht es weiter:',
  'unsent.list': 'Was anders wäre',
  'unsent.form': 'anders gestaltet',
  'unsent.in-title': 'Titel',
  'unsent.take': 'In die Seite übernehmen',
  'unsent.copy': 'Text kopieren',
  'unsent.save': 'Als neuen Entwurf sichern',
  'unsent.draft-title': (v: { title: string }) => `${v.title} (mein Text)`,
  'unsent.discard': 'Verwerfen',
  'unsent.discard-sure': 'Wirklich verwerfen',

  'lost.title': 'Ihr Text ist nicht verloren',
  'lost.why': (v: { count: number }) =>
    v.count === 1
      ? 'Diese Worte standen in einem Absatz, den jemand im selben Augenblick umgestellt hat. Nur Sie sehen sie hier.'
      : 'Diese Worte standen in Absätzen, die jemand im selben Augenblick umgestellt hat. Nur Sie sehen sie hier.',
  'lost.take': 'Wieder einfügen',
  'lost.taken': 'Wieder eingefügt, wo der Text jetzt steht.',
  'lost.taken-end': 'Die Stelle gibt es nicht mehr. Ihr Text steht jetzt am Ende der Seite.',
  'lost.gone': 'Verworfen.',
  'lost.name': (v: { text: string }) => `Ihr Text: ${v.text}`,

  'missed.count': (v: { count: number }) =>
    v.count === 1
      ? 'Während Ihrer Pause: eine Änderung.'
      : `Während Ihrer Pause: ${v.count} Änderungen.`,
  'missed.show': 'Ansehen',
  'missed.list': 'Was andere geändert haben',

  'edit.toolbar': 'Text gestalten',
  'edit.bold': 'Fett',
  'edit.italic': 'Kursiv',
  'edit.strike': 'Durchgestrichen',
  'edit.code': 'Wörtlich (Code)',
  'edit.link': 'Verknüpfen',
  'edit.heading1': 'Überschrift',
  'edit.heading2': 'Überschrift, zweite Ebene',
  'edit.heading3': 'Überschrift, dritte Ebene',
  'edit.bullets': 'Liste',
  'edit.numbers': 'Nummerierte Liste',
  'edit.quote': 'Zitat',
  'edit.rule': 'Trennlinie',
  'edit.page': 'Seite verknüpfen',
  'edit.paragraph': 'Absatz',
  'edit.undo': 'Eigene Änderung zurücknehmen',
  'edit.redo': 'Zurückgenommenes wiederholen',

  'edit.words.heading1': 'h1 titel kapitel heading',
  'edit.words.heading2': 'h2 zwischenüberschrift heading',
  'edit.words.heading3': 'h3 heading',
  'edit.words.bullets': 'aufzählung punkte list bullets',
  'edit.words.numbers': 'aufzählung zahlen numbers 1.',
  'edit.words.quote': 'stimme wörtlich quote',
  'edit.words.rule': 'linie strich hr',
  'edit.words.page': 'link verweis page [[',

  'link.address': 'Adresse',
  'link.apply': 'Verknüpfung setzen',
  'link.remove': 'Verknüpfung lösen',
  'link.wrong': 'Das ist keine Adresse. Sie beginnt zum Beispiel mit https:// oder enthält ein @.',

  'picker.pages': 'Seiten verknüpfen',
  'picker.blocks': 'Einfügen',
  'picker.create': (v: { title: string }) => `Seite „${v.title}“ anlegen`,
  'picker.create-hint': 'als Entwurf, wird gleich verknüpft',
  'picker.count': (v: { count: number }) =>
    v.count === 1 ? '1 Vorschlag' : `${v.count} Vorschläge`,
  'picker.none': 'Kein Vorschlag. Schreiben Sie weiter.',
  'picker.failed': 'Das hat nicht geklappt. Ihr Text steht noch da.',
  'picker.key-choose': 'wählen',
  'picker.key-link': 'verknüpfen',
  'picker.key-insert': 'einfügen',
  'picker.key-close': 'schließen',

  'keys.title': 'Tastenkürzel',
  'keys.everywhere': 'Überall',
  'keys.on-page': 'Auf einer Seite',
  'keys.key': 'Tasten',
  'keys.does': 'Wirkung',
  'keys.toolbar': 'Zur Werkzeugleiste',
  'keys.link': 'Verknüpfen, wenn Text markiert ist, sonst: suchen und zu einer Seite springen',
  'keys.page': 'Seite verknüpfen',
  'keys.slash': 'Mehr einfügen: am Anfang eines Absatzes oder nach einem Leerzeichen',
  'keys.indent': 'In Listen einrücken, in Tabellen zur nächsten Zelle, sonst weiter auf der Seite',
  'keys.outdent': 'In Listen ausrücken, in Tabellen zur vorigen Zelle, sonst zurück auf der Seite',
  'keys.code-block': 'Absatz in wörtlichen Text (Code) umwandeln',
  'keys.break': 'Neue Zeile im selben Absatz',
  'keys.redo-too': 'Ebenfalls: Zurückgenommenes wiederholen',
  'keys.help': 'Diese Übersicht',
  'keys.help-too':
    'Ebenfalls diese Übersicht; liegt der Schrägstrich auf der 7, nur außerhalb des Textes',
  'keys.ctrl': 'Strg',
  'keys.shift': 'Umschalt',
  'keys.markdown':
    'Auch Zeichen am Anfang eines Absatzes wirken: # Überschrift, - Liste, 1. Nummerierung, > Zitat, [ ] Aufgabe, ``` Wörtliches, --- Trennlinie. Im Text: **fett**, *kursiv*, ~~durchgestrichen~~, ==hervorgehoben==, `wörtlich`.',
}

/** Administration of the search. */
export const words = {
  'words.title': 'Suche pflegen',
  'words.lead':
    'Welche Wörter dasselbe meinen, weiß am besten, wer sie benutzt. Was Sie hier sichern, gilt von der nächsten Suche an, für alle.',
  'words.list': 'Synonyme und Abkürzungen',
  'words.hint':
    'Eine Gruppe je Zeile: „Kita = Kindertagesstätte“ findet beides. Mit „=>“ gilt es nur in einer Richtung: „Geldsorgen => Schulden“. Was hinter „#“ steht, ist eine Anmerkung.',
  'words.unread': 'Diese Zeilen ließen sich nicht lesen und gelten nicht:',
  'words.unread.line': (v: { line: number; text: string }) => `Zeile ${v.line}: ${v.text}`,
  'words.save': 'Liste sichern',
  'words.restore': 'Mitgelieferte Liste einsetzen',
  'words.saved': 'Gesichert. Die nächste Suche kennt diese Wörter.',
  'words.missed': 'Ohne Treffer gesucht',
  'words.missed.hint': 'Nur Wörter und Zahlen: Wer gesucht hat, wird nicht festgehalten.',
  'words.missed.none': 'Bisher hat jede Suche etwas gefunden.',
  'words.missed.text': 'Gesucht',
  'words.missed.count': 'Wie oft',
  'words.missed.last': 'Zuletzt',
  'words.missed.forget': 'Zählung neu beginnen',
}

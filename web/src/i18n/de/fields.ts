/** The fields of a page: questions with answers in place. */
export const fields = {
  'fields.yes': 'Ja',
  'fields.no': 'Nein',
  'fields.from': 'von',
  'fields.to': 'bis',
  'fields.step': (v: { step: number; of: number }) => `Stufe ${v.step} von ${v.of}`,
  'fields.how': 'Wie wird das erfüllt?',
  'fields.no-choice': 'ohne Angabe',
  'fields.empty.text': 'Noch ohne Antwort. Hier schreiben',
  'fields.empty.choice': 'Noch ohne Antwort. Auswählen',
  'fields.empty.date': 'Noch ohne Tag. Tag wählen',
  'fields.empty.number': 'Noch ohne Zahl. Zahl eintragen',
  'fields.empty.page': 'Noch keine Seite. Seite verknüpfen',
  'fields.empty.list': 'Noch kein Eintrag. Eintrag anlegen',
  'fields.change': 'Antwort ändern',
  'fields.clear': 'Antwort entfernen',
  'fields.here': (v: { name: string }) => `${v.name} ist hier`,
  'fields.limits': (v: { min: number | null; max: number | null }) => {
    if (v.min !== null && v.max !== null) return `Möglich sind Zahlen von ${v.min} bis ${v.max}.`
    if (v.min !== null) return `Möglich sind Zahlen ab ${v.min}.`
    return v.max === null ? 'Hier steht eine Zahl.' : `Möglich sind Zahlen bis ${v.max}.`
  },
  'fields.entry': (v: { number: number }) => `Eintrag ${v.number}`,
  'fields.add-entry': 'Eintrag anlegen',
  'fields.remove-entry': 'Eintrag entfernen',
  'fields.up': 'Eintrag nach oben',
  'fields.down': 'Eintrag nach unten',
  'fields.find-page': 'Seite suchen',
  'fields.pages': 'Gefundene Seiten',
  'fields.no-page': 'Keine Seite gefunden.',
  'fields.remove-page': 'Seite entfernen',
}

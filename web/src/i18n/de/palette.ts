/** The command palette. */
export const palette = {
  'palette.title': 'Suchen und springen',
  'palette.input': 'Wohin möchten Sie?',
  'palette.placeholder': 'Seite suchen oder Befehl eingeben',
  'palette.results': 'Vorschläge',
  'palette.recent': 'Zuletzt geändert',
  'palette.pages': 'Seiten',
  'palette.terms': 'Schlagwörter und Begriffe',
  'palette.term-hint': 'Seiten dazu ansehen',
  'palette.people': 'Menschen',
  'palette.person-hint': (v: { label: string }) =>
    v.label === '' ? 'Seiten ansehen' : `${v.label} · Seiten ansehen`,
  'palette.actions': 'Aktionen',
  'palette.create': 'Seite anlegen',
  'palette.create-named': (v: { name: string }) => `„${v.name}“ neu anlegen`,
  'palette.create-hint': 'beginnt als Entwurf',
  'palette.appearance': 'Darstellung wechseln',
  'palette.all': (v: { text: string }) => `Alle Treffer für „${v.text}“ ansehen`,
  'palette.sign-out': 'Abmelden',
  'palette.none': 'Dazu wurde nichts gefunden.',
  'palette.count': (v: { count: number }) =>
    v.count === 1 ? '1 Vorschlag' : `${v.count} Vorschläge`,
  'palette.key.choose': 'wählen',
  'palette.key.open': 'öffnen',
  'palette.key.close': 'schließen',
}

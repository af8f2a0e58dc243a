/** The lists of districts and of the pages of one space. */
export const spaces = {
  'spaces.title': 'Räume',
  'spaces.lead':
    'Jeder Bezirk hat seinen eigenen Raum. Was alle angeht, steht im gemeinsamen Raum.',
  'spaces.network': 'Für alle Bezirke',
  'spaces.districts': 'Bezirke',
  'space.district': 'Bezirk',
  'space.network': 'Gemeinsamer Raum',
  'space.create': 'Seite anlegen',
  'space.filter': 'Welche Seiten möchten Sie sehen?',
  'space.filter.all': 'Alle',
  'space.recent': 'Zuletzt geändert',
  'space.empty': 'Hier gibt es noch keine Seiten.',
  'space.empty.kind': (v: { kinds: string }) => `Noch keine ${v.kinds}.`,
  'space.empty.create': 'Erste Seite anlegen',
  'space.unknown': 'Diesen Raum gibt es nicht',
  'entry.draft': 'Entwurf',
  'entry.archived': 'archiviert',
  'entry.untitled': 'Ohne Titel',
}

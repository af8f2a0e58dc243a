/** Texts used by many parts: numbers with their noun, errors, plain actions. */
const pages = (count: number): string => (count === 1 ? '1 Seite' : `${count} Seiten`)

export const formats = {
  'count.pages': (v: { count: number }) => pages(v.count),
  'action.retry': 'Erneut versuchen',
  'action.close': 'Schließen',
  'action.cancel': 'Abbrechen',
  'action.more': 'Weitere Seiten zeigen',
  'state.loading': 'Wird geladen',
  'error.unreachable':
    'Denkraum ist gerade nicht zu erreichen. Was gesichert ist, bleibt gesichert. Prüfen Sie Ihre Verbindung.',
  'error.failed':
    'Das hat auf dem Server nicht geklappt. Was gesichert ist, bleibt gesichert. Versuchen Sie es in einem Moment noch einmal.',
  'error.forbidden': 'Dafür fehlt Ihnen die Berechtigung. Fragen Sie die Koordination des Bezirks.',
  'error.not-found': 'Das gibt es nicht, oder es ist für Sie nicht sichtbar.',
  'error.signed-out': 'Sie sind nicht mehr angemeldet.',
  'error.refused': 'Das wurde nicht angenommen.',
  'entry.draft': 'Entwurf',
  'entry.archived': 'archiviert',
  'entry.untitled': 'Ohne Titel',
}

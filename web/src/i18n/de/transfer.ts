/** Bringing pages in and taking pages away. */
const pages = (count: number): string => (count === 1 ? '1 Seite' : `${count} Seiten`)

export const transfer = {
  'import.title': 'Seiten importieren',
  'import.lead':
    'Markdown-Dateien, JSON Lines oder ein Archiv aus Denkraum. Sie sehen zuerst, was kommen würde.',
  'import.choose': 'Welche Dateien möchten Sie importieren?',
  'import.files': 'Dateien wählen',
  'import.folder': 'Ordner wählen',
  'import.drop': 'Oder ziehen Sie Dateien und Ordner hierher.',
  'import.space': 'Wem gehören Seiten ohne Angabe?',
  'import.space-none': 'Niemandem: solche Seiten bleiben weg',
  'import.replace': 'Vorhandene ersetzen',
  'import.looking': 'Die Dateien werden gelesen …',
  'import.preview': 'Das würde kommen',
  'import.report': 'Das ist gekommen',
  'import.would': (v: { created: number; replaced: number }) =>
    `${pages(v.created)} neu, ${pages(v.replaced)} ersetzt.`,
  'import.came': (v: { created: number; replaced: number }) =>
    `${pages(v.created)} angelegt, ${pages(v.replaced)} ersetzt.`,
  'import.bring': (v: { count: number }) => `${pages(v.count)} importieren`,
  'import.bringing': 'Die Seiten werden importiert …',
  'import.cancel': 'Andere Dateien wählen',
  'import.again': 'Weitere Seiten importieren',
  'import.pages': 'Seiten des Imports',
  'import.page': 'Seite',
  'import.kind': 'Seitenart',
  'import.where': 'Raum',
  'import.audience': 'Sichtbarkeit',
  'import.what': 'Was geschieht',
  'import.new': 'neu',
  'import.replaces': 'ersetzt die vorhandene',
  'import.more': (v: { count: number }) => `und ${v.count} weitere`,
  'import.line': (v: { line: number }) => `Zeile ${v.line}`,
  'import.failed': (v: { count: number }) =>
    v.count === 1 ? '1 Stelle bleibt weg' : `${v.count} Stellen bleiben weg`,
  'import.remarks': (v: { count: number }) =>
    v.count === 1 ? 'Ein Hinweis' : `${v.count} Hinweise`,

  'export.title': 'Exportieren',
  'export.all': 'Alles, was ich lesen darf',
  'export.archive': 'Alles als Archiv (Zip)',
  'export.md': 'Als Markdown (Zip)',
  'export.html': 'Als HTML (Zip)',
}

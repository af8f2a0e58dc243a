/** Files that are attached to a page. */
export const attachments = {
  'attachment.title': 'Anhänge',
  'attachment.none': 'Noch keine Anhänge.',
  'attachment.add': 'Dateien anhängen',
  'attachment.hint': 'Oder Dateien hierher ziehen. Alle, die diese Seite lesen, können sie öffnen.',
  'attachment.meta': (v: { size: string; name: string; moment: string }) =>
    `${v.size}, ${v.name}, ${v.moment}`,
  'attachment.no-text': 'Der Text lässt sich nicht durchsuchen.',
  'attachment.reading': 'Der Text wird noch gelesen.',
  'attachment.nobody': 'Unbekannt',
  'attachment.remove': 'Entfernen',
  'attachment.remove-of': (v: { name: string }) => `${v.name} entfernen`,
  'attachment.sure': (v: { name: string }) => `${v.name} wirklich entfernen?`,
  'attachment.remove-sure': 'Wirklich entfernen',
  'attachment.keep': 'Behalten',
  'attachment.removed': (v: { name: string }) => `${v.name} ist entfernt.`,
  'attachment.waiting': 'wartet',
  'attachment.sending': (v: { percent: number }) => `wird gesendet, ${v.percent} Prozent`,
  'attachment.storing': 'wird gesichert',
  'attachment.begun': (v: { count: number; name: string }) =>
    v.count === 1 ? `${v.name} wird gesendet.` : `${v.count} Dateien werden gesendet.`,
  'attachment.saved': (v: { count: number; name: string }) =>
    v.count === 1 ? `${v.name} ist gesichert.` : `${v.count} Dateien sind gesichert.`,
  'attachment.too-large': (v: { max: string }) =>
    `Diese Datei ist zu groß. Möglich sind höchstens ${v.max}.`,
  'attachment.unreachable':
    'Die Verbindung ist abgebrochen, die Datei ist nicht gesichert. Versuchen Sie es noch einmal.',
  'attachment.not-added': (v: { name: string }) => `${v.name} ist nicht angehängt.`,
  'attachment.dismiss': (v: { name: string }) => `${v.name} verwerfen`,
}

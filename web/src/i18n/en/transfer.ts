/** Bringing pages in and taking pages away. */
const pages = (count: number): string => (count === 1 ? '1 page' : `${count} pages`)

export const transfer = {
  'import.title': 'Import pages',
  'import.lead':
    'Markdown files, JSON Lines or an archive of Denkraum. You see first what would come.',
  'import.choose': 'Which files do you want to import?',
  'import.files': 'Choose files',
  'import.folder': 'Choose a folder',
  'import.drop': 'Or drag files and folders here.',
  'import.space': 'Who owns pages that do not say?',
  'import.space-none': 'Nobody: such pages stay out',
  'import.replace': 'Replace existing pages',
  'import.looking': 'Reading the files …',
  'import.preview': 'This would come',
  'import.report': 'This has come',
  'import.would': (v: { created: number; replaced: number }) =>
    `${pages(v.created)} new, ${pages(v.replaced)} replaced.`,
  'import.came': (v: { created: number; replaced: number }) =>
    `${pages(v.created)} created, ${pages(v.replaced)} replaced.`,
  'import.bring': (v: { count: number }) => `Import ${pages(v.count)}`,
  'import.bringing': 'Importing the pages …',
  'import.cancel': 'Choose other files',
  'import.again': 'Import more pages',
  'import.pages': 'Pages of the import',
  'import.page': 'Page',
  'import.kind': 'Kind',
  'import.where': 'Space',
  'import.audience': 'Visibility',
  'import.what': 'What happens',
  'import.new': 'new',
  'import.replaces': 'replaces the existing one',
  'import.more': (v: { count: number }) => `and ${v.count} more`,
  'import.line': (v: { line: number }) => `line ${v.line}`,
  'import.failed': (v: { count: number }) =>
    v.count === 1 ? 'One thing cannot come' : `${v.count} things cannot come`,
  'import.remarks': (v: { count: number }) => (v.count === 1 ? 'One note' : `${v.count} notes`),

  'export.title': 'Export',
  'export.all': 'Everything I may read',
  'export.archive': 'Everything as an archive (zip)',
  'export.md': 'As Markdown (zip)',
  'export.html': 'As HTML (zip)',
}

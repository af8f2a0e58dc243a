/** The command palette. */
export const palette = {
  'palette.title': 'Search and jump',
  'palette.input': 'Where would you like to go?',
  'palette.placeholder': 'Search for a page or type a command',
  'palette.results': 'Suggestions',
  'palette.recent': 'Recently changed',
  'palette.pages': 'Pages',
  'palette.terms': 'Tags and terms',
  'palette.term-hint': 'See pages about it',
  'palette.people': 'People',
  'palette.person-hint': (v: { label: string }) =>
    v.label === '' ? 'see pages' : `${v.label} · see pages`,
  'palette.actions': 'Actions',
  'palette.create': 'Create a page',
  'palette.create-named': (v: { name: string }) => `Create “${v.name}”`,
  'palette.create-hint': 'starts as a draft',
  'palette.appearance': 'Change appearance',
  'palette.all': (v: { text: string }) => `See all hits for “${v.text}”`,
  'palette.sign-out': 'Sign out',
  'palette.none': 'Nothing was found for that.',
  'palette.count': (v: { count: number }) =>
    v.count === 1 ? '1 suggestion' : `${v.count} suggestions`,
  'palette.key.choose': 'choose',
  'palette.key.open': 'open',
  'palette.key.close': 'close',
}

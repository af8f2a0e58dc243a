/** The search screen. */
export const search = {
  'search.title': 'Search',
  'search.form': 'Search Denkraum',
  'search.input': 'What are you looking for?',
  'search.clear': 'Clear the input',
  'search.key.choose': 'choose',
  'search.key.open': 'open',
  'search.key.tab': 'in a new tab',
  'search.key.clear': 'clear',
  'search.count': (v: { count: number }) => (v.count === 1 ? '1 hit' : `${v.count} hits`),
  'search.facets': 'Narrow the results',
  'search.narrow': (v: { count: number }) => (v.count === 0 ? 'Narrow' : `Narrow (${v.count})`),
  'search.narrow.done': 'See the hits',
  'search.facet.kind': 'Kind of page',
  'search.facet.space': 'District',
  'search.facet.more': (v: { count: number }) => `Show ${v.count} more`,
  'search.facet.hits': 'hits',
  'search.filter.remove': (v: { name: string }) => `Remove filter ${v.name}`,
  'search.filter.reset': 'Reset filters',
  'search.more': (v: { count: number }) =>
    v.count === 1 ? 'Show 1 more hit' : `Show ${v.count} more hits`,
  'search.start.title': 'What has another district already tried?',
  'search.start.text':
    'Search all pages you may read: titles, texts and answers. The beginning of a word is enough.',
  'search.none.title': (v: { text: string }) => `Nothing found for “${v.text}”`,
  'search.none.filtered': 'With fewer filters you may find more.',
  'search.none.text': 'Check the spelling, or try another or a shorter word.',
  'search.where.text': (v: { when: string }) => `changed ${v.when}`,
  'search.where.heading': (v: { heading: string; when: string }) =>
    `Section “${v.heading}”, changed ${v.when}`,
  'search.quote.open': '“',
  'search.quote.close': '”',
}

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
  'search.facet.tag': 'Tag',
  'search.facet.year': 'Year',
  'search.facet.author': 'Written by',
  'search.facet.more': (v: { count: number }) => `Show ${v.count} more`,
  'search.facet.hits': 'hits',
  'search.filter.remove': (v: { name: string }) => `Remove filter ${v.name}`,
  'search.filter.reset': 'Reset filters',
  'search.more': (v: { next: number; rest: number }) =>
    v.next < v.rest
      ? `Show ${v.next} of ${v.rest} more hits`
      : v.rest === 1
        ? 'Show 1 more hit'
        : `Show ${v.rest} more hits`,
  'search.most': (v: { count: string }) =>
    `These are the first ${v.count} hits. Narrow the search to see others.`,
  'search.cut': 'Only the beginning of your question was read.',
  'search.outOfTime':
    'The search was stopped because it took too long. There may be more results; fewer or longer words are quicker.',
  'search.incomplete':
    'The search index is being rebuilt. Until it is finished, pages are missing from the results.',
  'search.order': 'Sorted by',
  'search.order.closeness': 'Closeness to the words',
  'search.order.changed': 'Last change',
  'search.also': (v: { words: string }) => `Also found: ${v.words}.`,
  'search.literal.only': (v: { text: string }) => `Search only “${v.text}”`,
  'search.literal.is': (v: { text: string }) => `Searched only “${v.text}”, letter by letter.`,
  'search.literal.off': 'Search similar words, too',
  'search.offers': 'Found in another spelling:',
  'search.help': 'Search more exactly',
  'search.help.phrase.example': '“frühe Hilfen”',
  'search.help.phrase': 'These words stand side by side, inflected or not (“früher Hilfen”).',
  'search.help.not.example': 'Beratung -Schulden',
  'search.help.not': 'The word behind the minus does not occur.',
  'search.help.title.example': 'titel:Elterncafé',
  'search.help.title': 'The word stands in the title.',
  'search.help.space.example': 'bezirk:Pankow,Mitte',
  'search.help.space':
    'Only pages of this district; several with a comma or “or” between them: pages of any of these.',
  'search.saved': 'Saved searches',
  'search.saved.new': (v: { count: number }) => `${v.count} new`,
  'search.saved.many': (v: { count: number }) => `more than ${v.count} new`,
  'search.saved.forget': (v: { name: string }) => `Forget the search “${v.name}”`,
  'search.saved.save': 'Save this search',
  'search.saved.is': 'Saved',
  'search.saved.all': 'All pages',
  'search.new': 'new',
  'search.new.since': 'since you last looked at this search',
  'search.new.first': 'Show new ones first',
  'search.link': 'Copy link',
  'search.link.of': (v: { name: string }) => `Copy a link to the search “${v.name}”`,
  'search.link.copied': 'Link copied.',
  'search.link.failed':
    'Copying did not work. The address of the search stands in the address bar.',
  'search.start.title': 'What has another district already tried?',
  'search.start.text':
    'Search all pages you may read: titles, texts and answers. The beginning of a word is enough.',
  'search.hint': 'What are you looking for?',
  'search.none.title': (v: { text: string }) => `Nothing found for “${v.text}”`,
  'search.none.blank': 'Nothing found',
  'search.none.within': (v: { filters: string }) =>
    `Searched among the pages you may read, with ${v.filters}.`,
  'search.none.everywhere': 'Searched in all pages you may read.',
  'search.none.offers': 'This may help:',
  'search.none.free': (v: { label: string; count: number }) =>
    v.count === 1
      ? `Remove filter “${v.label}”: 1 hit`
      : `Remove filter “${v.label}”: ${v.count} hits`,
  'search.none.text': 'Check the spelling, or try another or a shorter word.',
  'search.where.text': (v: { when: string }) => `changed ${v.when}`,
  'search.where.attachment': (v: { name: string }) => `Attachment “${v.name}”`,
  'search.where.field': (v: { label: string }) => `Answer “${v.label}”`,
  'search.where.heading': (v: { heading: string }) => `Section “${v.heading}”`,
  'search.quote.open': '“',
  'search.quote.close': '”',
}

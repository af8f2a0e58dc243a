/** The page of a space and its lists. */
const number = (count: number): string => (count === 5 ? 'five' : String(count))
const offers = (count: number): string => (count === 1 ? '1 offer' : `${count} offers`)

export const spaces = {
  'spaces.title': 'Spaces',
  'spaces.lead': 'Each district has its own space. What concerns everyone is in the shared one.',
  'spaces.network': 'For all districts',
  'spaces.districts': 'Districts',
  'space.district': 'District',
  'space.network': 'Shared space',
  'space.back': (v: { name: string }) => `Back to ${v.name}`,
  'space.create': 'Create page',
  'space.create.kind': (v: { kind: string }) => `Create: ${v.kind}`,
  'space.filter': 'Which pages would you like to see?',
  'space.filter.all': 'All',
  'space.filter.choices': 'Narrowed down to',
  'space.filter.without': ' no longer narrow down',
  'space.recent': 'Recently changed',
  'space.all': (v: { count: number }) => `See all ${v.count}`,
  'space.all-pages': (v: { count: number }) =>
    v.count === 1 ? 'See the one page' : `See all ${v.count} pages`,
  'space.empty': 'There are no pages here yet.',
  'space.empty.kind': (v: { kinds: string }) => `${v.kinds}: nothing written yet.`,
  'space.empty.create': 'Create the first page',
  'space.unknown': 'There is no such space',
  'space.answer': 'Not answered yet. Answer',
  'space.strategy': (v: { count: number }) => `Strategy in ${number(v.count)} steps`,
  'space.strategy.read': 'Read the strategy',
  'space.strategy.write': 'Read and write the strategy',
  'space.strategy.empty': 'This district has not written down a strategy yet.',
  'space.strategy.create': 'Begin the strategy',
  'space.step': (v: { step: number }) => `Step ${v.step}:`,
  'space.step.open': 'not begun',
  'space.questions': 'Guiding questions',
  'space.questions.answered': (v: { answered: number; count: number }) =>
    `${v.answered} of ${v.count} answered`,
  'space.question.begin': 'Not answered yet. Begin with one sentence.',
  'space.offers': 'Offers and gaps',
  'space.offers.all': 'See all offers',
  'space.matrix': (v: { place: string; rows: string; columns: string }) =>
    `Offers in ${v.place} by ${v.rows} and ${v.columns}.`,
  'space.matrix.gaps': (v: { row: string; column: string }) =>
    `Most gaps: ${v.row} and ${v.column}.`,
  'space.matrix.no-gaps': 'There are no gaps.',
  'space.cell': (v: { count: number; row: string; column: string }) =>
    `${offers(v.count)}: ${v.row}, ${v.column}`,
  'space.gap': 'Gap',
  'space.not-needed': 'not needed',
  'space.legend.one': '1 offer',
  'space.legend.some': '2 to 3',
  'space.legend.many': '4 and more',
  'space.legend.gap': 'Gap: no offer described yet',
  'space.planned': 'planned',
  'space.dates': 'Workshops and dates',
  'space.dates.empty': 'No workshop names this district yet.',
  'space.archive': 'Archive',
  'space.archive.link': (v: { count: number }) =>
    v.count === 1 ? 'One page in the archive' : `${v.count} pages in the archive`,
  'space.archive.hint':
    'Archived pages are in no list and are not found. Open a page to bring it back.',
  'space.archive.empty': 'The archive is empty.',
  'space.archived': (v: { when: string }) => `archived ${v.when}`,
}

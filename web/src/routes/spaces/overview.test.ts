// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { I18n } from '../../i18n/i18n.svelte'
import type { SpaceOverview } from '../../state/overview.svelte'
import type { Catalogue, Session } from '../../state/session.svelte'
import type { Words } from '../present'
import { answerText } from './answers'
import { choiceFilters } from './filters'
import { factViews, focus, matrixView, questionViews, stepViews } from './overview'

const both = (text: string) => ({ de: text, en: text })
const term = (id: string) => ({ id, label: both(id.toUpperCase()) })
const field = (name: string, taxonomy?: string) => ({
  name,
  type: taxonomy === undefined ? 'text' : 'one',
  label: both(`Feld ${name}`),
  question: both(`${name}?`),
  card: false,
  ...(taxonomy === undefined ? {} : { taxonomy }),
})

const catalogue = {
  kinds: [
    {
      id: 'plan',
      label: both('Plan'),
      plural: both('Pläne'),
      fields: [
        field('who'),
        field('crew'),
        field('offices', 'offices'),
        field('pact', 'pacts'),
        field('pact_day'),
        field('first', 'states'),
        field('second', 'states'),
        field('why'),
      ],
    },
    {
      id: 'help',
      label: both('Hilfe'),
      plural: both('Hilfen'),
      fields: [field('theme', 'themes'), field('age', 'ages')],
    },
  ],
  taxonomies: {
    offices: [term('youth'), term('health')],
    pacts: [term('none'), term('signed')],
    states: [term('todo'), term('doing'), term('done')],
    themes: [term('home'), term('food'), term('office')],
    ages: [term('baby'), term('child')],
  },
  overview: {
    strategy: {
      kind: 'plan',
      contact: 'who',
      team: 'crew',
      departments: 'offices',
      focus: 'why',
      agreement: { field: 'pact', date: 'pact_day', solid: ['signed'], hatched: [] },
      steps: [
        { field: 'first', label: both('Erstens'), pages: 'first_pages', kinds: ['help'] },
        { field: 'second', label: both('Zweitens'), kinds: ['help'] },
      ],
      reached: ['done'],
      under_way: ['doing'],
      questions: ['who', 'why'],
    },
    offers: {
      kind: 'help',
      rows: 'theme',
      columns: 'age',
      not_needed: [{ row: 'office' }, { row: 'food', column: 'baby' }],
    },
    dates: [],
  },
} as unknown as Catalogue

const session = {
  catalogue,
  kind: (id: string) => catalogue.kinds.find((kind) => kind.id === id),
  space: () => undefined,
} as unknown as Session
const words: Words = {
  session,
  i18n: new I18n('de'),
  now: new Date('2023-11-07T09:00:00'),
}

function space(over: Partial<SpaceOverview>): SpaceOverview {
  return {
    strategy: null,
    counts: {},
    shelves: [],
    offers: [],
    milestones: [],
    dates: [],
    recent: [],
    archived: 0,
    can: { create: false },
    ...over,
  }
}

function withFields(fields: Record<string, unknown>, step_pages: object = {}): SpaceOverview {
  return space({ strategy: { page: {}, fields, step_pages, can_edit: true } as never })
}

describe('an answer as a text', () => {
  it('says choices by their labels and days in words', () => {
    const offices = catalogue.kinds[0]?.fields[2]
    expect(answerText(offices, ['youth', 'moon'], words)).toBe('YOUTH, moon')
    expect(answerText(undefined, '2023-07-18', words)).toBe('18. Juli')
    expect(answerText(undefined, '  Neun Personen ', words)).toBe('Neun Personen')
    expect(answerText(undefined, undefined, words)).toBe('')
  })

  it('joins the entries of a list by their parts', () => {
    const entries = [{ id: 'x1', office: 'youth', people: 2 }, { office: 'health' }]
    expect(answerText(undefined, entries, words)).toBe('youth, 2; health')
    const team = { ...field('team'), parts: [field('office', 'offices')] }
    expect(answerText(team, entries, words)).toBe('YOUTH, 2; HEALTH')
  })
})

describe('the head of a space', () => {
  it('asks its questions and answers what is answered', () => {
    const shown = withFields({
      who: 'OE QPK',
      pact: 'signed',
      pact_day: '2023-07-18',
      offices: ['youth', 'health'],
      why: 'Wege',
    })
    expect(factViews(shown, words)).toEqual([
      { name: 'who', question: 'who?', answer: 'OE QPK', entries: [], note: '' },
      { name: 'pact', question: 'pact?', answer: 'SIGNED', entries: [], note: '18. Juli' },
      { name: 'crew', question: 'crew?', answer: '', entries: [], note: 'YOUTH, HEALTH' },
    ])
    const crew = (...offices: string[]) => offices.map((office) => ({ office }))
    const team = (value: object) => factViews(withFields({ crew: value }), words)[2]?.entries
    expect(team(crew('Amt 1', 'Amt 2'))).toEqual(['Amt 1', 'Amt 2'])
    expect(team(crew('Amt 1'))).toEqual([])
    expect(focus(shown, words)).toBe('Wege')
    expect(questionViews(shown, words).map(({ answer }) => answer)).toEqual(['OE QPK', 'Wege'])
  })
})

describe('the steps', () => {
  it('say their state, also where nobody has said one, and lead to what was done', () => {
    const page = { id: '01hekn7k000000000000000001', title: 'Protokoll', kind: 'plan', space: 'x' }
    const shown = {
      ...withFields({ first: 'done' }, { first_pages: [page], why: [page] }),
      counts: { help: 2, plan: 1 },
    }
    const help = { href: '/raeume/pankow?seitenart=help', text: '2 Hilfen' }
    expect(stepViews('pankow', shown, words)).toEqual([
      {
        field: 'first',
        state: 'reached',
        word: 'DONE',
        title: 'Erstens',
        links: [{ href: '/seiten/01hekn7k000000000000000001/protokoll', text: 'Protokoll' }, help],
      },
      {
        field: 'second',
        state: 'open',
        word: 'noch offen',
        title: 'Zweitens',
        links: [help],
      },
    ])
    const doing = stepViews('pankow', withFields({ second: 'doing' }), words)
    expect(doing.map(({ state }) => state)).toEqual(['open', 'under-way'])
  })
})

describe('the table of offers', () => {
  const offer = (rows: string[], columns: string[]) => ({ id: 'x', rows, columns })

  it('counts, marks gaps and leaves out what nobody needs', () => {
    const offers = [offer(['home'], ['baby', 'child']), offer(['home'], ['child'])]
    const matrix = matrixView('pankow', 'Pankow', space({ offers }), words)
    const cells = matrix?.rows.map(({ id, cells }) => [
      id,
      ...cells.map((cell) => (cell.kind === 'offers' ? cell.count : cell.kind)),
    ])
    expect(cells).toEqual([
      ['home', 1, 2],
      ['food', 'not-needed', 'gap'],
    ])
    expect(matrix?.caption).toContain('Die meisten Lücken: FOOD und CHILD.')
    const filled = matrix?.rows[0]?.cells[1]
    expect(filled).toMatchObject({
      href: '/raeume/pankow?seitenart=help&mit=theme%3Ahome&mit=age%3Achild',
      spoken: '2 Angebote: HOME, CHILD',
    })
  })

  it('says that there are no gaps, and is not there without offers', () => {
    const offers = [offer(['home', 'food'], ['baby', 'child'])]
    const full = matrixView('pankow', 'Pankow', space({ offers }), words)
    expect(full?.caption).toContain('Es gibt keine Lücken.')
    expect(matrixView('pankow', 'Pankow', space({}), words)).toBeNull()
  })
})

describe('the filters of a list', () => {
  it('are said by their labels, and each can be taken away', () => {
    const query = new URLSearchParams('seitenart=help&mit=theme:home&mit=age:baby&mit=nonsense')
    const filters = choiceFilters('pankow', 'help', query, words)
    expect(filters.map(({ text }) => text)).toEqual(['HOME', 'BABY'])
    expect(filters[0]?.without).toBe('/raeume/pankow?seitenart=help&mit=age%3Ababy')
  })
})

import { render, screen, within } from '@testing-library/svelte'
import { beforeEach, expect, it, vi } from 'vitest'

import WithWords from '../../../tests/WithWords.svelte'
import { I18n } from '../../i18n/i18n.svelte'
import { Commands, setCommands } from '../../state/commands.svelte'
import { setApi, setAppearance, setRouter, setSession } from '../../state/contexts'
import PaletteOptions from './PaletteOptions.svelte'

const suggested = {
  items: [{ id: '01jz0000000000000000000000', title: 'Wohnen', kind: 'page', space: 'mitte' }],
  terms: [
    { facet: 'field', value: 'housing', label: 'Wohnen' },
    { facet: 'tag', value: 'Wohnen & Umzug', label: 'Wohnen & Umzug' },
  ],
  people: [{ id: '01jz0000000000000000000001', name: 'Wohlgemut', label: 'Koordination' }],
  out_of_time: false,
}

let went: string[]

/** The palette after this was typed; `changes` of what is suggested. */
async function type(text: string, changes: object = {}): Promise<void> {
  const api = {
    pages: () => Promise.resolve({ kind: 'ok', value: { items: [] } }),
    suggest: () => Promise.resolve({ kind: 'ok', value: { ...suggested, ...changes } }),
  }
  const me = { grants: [], writes_in: [], home: null }
  const catalogue = { kinds: [], spaces: [] }
  const session = { me, catalogue, kind: () => undefined, space: () => undefined }
  const setUp = (): void => {
    setApi(api as never)
    setSession(session as never)
    setRouter({ go: (href: string) => went.push(href) } as never)
    setAppearance({ current: 'system' } as never)
    setCommands(new Commands())
  }
  const props = { id: 'list', text, entry: null, onactive: vi.fn(), ondone: vi.fn() }
  render(WithWords, {
    props: { i18n: new I18n('de'), component: PaletteOptions, props, setUp } as never,
  })
  await screen.findByRole('group', { name: 'Seiten' })
}

const options = (group: string): HTMLElement[] =>
  within(screen.getByRole('group', { name: group })).getAllByRole('option')

beforeEach(() => {
  went = []
  Element.prototype.scrollIntoView = vi.fn()
})

it('offers pages, terms, people and actions, in this order', async () => {
  await type('Wohn')
  const groups = screen.getAllByRole('group').map((group) => {
    return document.getElementById(group.getAttribute('aria-labelledby') ?? '')?.textContent
  })
  expect(groups).toEqual(['Seiten', 'Schlagwörter und Begriffe', 'Menschen', 'Aktionen'])
})

it('leads from a term to the pages filed under it, and from a person to what they wrote', async () => {
  await type('Wohn')
  for (const option of options('Schlagwörter und Begriffe')) option.click()
  for (const option of options('Menschen')) option.click()
  expect(went).toEqual([
    '/suche?field=housing',
    '/suche?tag=Wohnen+%26+Umzug',
    '/suche?author=01jz0000000000000000000001',
  ])
})

it('says that there may be more where the time was up', async () => {
  await type('Wohn', { out_of_time: true })
  expect(screen.getByText(/abgebrochen, weil sie zu lange dauerte/)).toBeTruthy()
})

import { render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import WithWords from '../../../tests/WithWords.svelte'
import { I18n } from '../../i18n/i18n.svelte'
import { setApi, setSession } from '../../state/contexts'
import Related from './Related.svelte'

const sentence = 'Hebammen besuchen Familien mit Säuglingen.'
const other = {
  page: { id: '01jz0000000000000000000000', title: 'Lotsen', kind: 'offer', space: 'mitte' },
  shared: ['Hebammen', 'Familien'],
}

/** Shows the list; `found` is what the server finds for a part of the page. */
async function show(found: (to: object) => unknown[], props: object = {}) {
  const asked: object[] = []
  const related = (_: string, to: object) => {
    asked.push(to)
    return Promise.resolve({ kind: 'ok', value: { items: found(to) } })
  }
  const session = { kind: () => undefined, space: () => undefined }
  const setUp = (): void => {
    setApi({ related } as never)
    setSession(session as never)
  }
  document.body.innerHTML = `<div class="ProseMirror"><p>${sentence}</p></div>`
  const all = { page: 'x', headings: [], empty: false, ...props }
  const { component } = render(WithWords, {
    props: { i18n: new I18n('de'), component: Related, props: all, setUp } as never,
  })
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  await tick()
  const offered = (): { show: () => Promise<void> } => component.offered() as never
  return { asked, offered }
}

async function mark(): Promise<void> {
  const text = document.querySelector('.ProseMirror p')
  if (text !== null) document.getSelection()?.selectAllChildren(text)
  document.dispatchEvent(new Event('selectionchange'))
  await tick()
}

beforeEach(() => (Element.prototype.scrollIntoView = vi.fn()))
afterEach(() => document.getSelection()?.removeAllRanges())

it('says why a page is similar', async () => {
  await show(() => [other])
  expect(await screen.findByRole('link', { name: 'Lotsen' })).toBeTruthy()
  expect(screen.getByText('Gemeinsam: Hebammen, Familien')).toBeTruthy()
})

it('stands below a page without headings that has no similar page, for what is marked in it', async () => {
  const { asked } = await show((to) => ('passage' in to ? [other] : []))
  expect(screen.getByRole('heading', { name: 'Ähnliche Seiten' })).toBeTruthy()
  expect(await screen.findByText('Zu dieser Seite gibt es noch keine ähnliche.')).toBeTruthy()
  expect(screen.queryByRole('button')).toBeNull()
  await mark()
  screen.getByRole('button', { name: 'Ähnliches zur markierten Stelle' }).click()
  expect(await screen.findByRole('link', { name: 'Lotsen' })).toBeTruthy()
  expect(asked).toEqual([{}, { passage: sentence }])
  // What was taken is not offered again, and one can go back to the whole page.
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.getByRole('combobox')).toHaveProperty('value', ' passage')
})

it('is come to from the menu of the page, with what is marked', async () => {
  const { asked, offered } = await show(() => [other])
  await mark()
  await offered().show()
  expect(document.activeElement?.textContent).toBe('Ähnliche Seiten')
  expect(asked.at(-1)).toEqual({ passage: sentence })
})

it('asks for a section by its heading, each heading once', async () => {
  const { asked } = await show(() => [other], { headings: ['Lage', '', 'Lage'] })
  const choice = await screen.findByRole('combobox', { name: 'Ähnlich wie' })
  expect([...choice.querySelectorAll('option')].map((one) => one.value)).toEqual(['', 'Lage'])
  Object.assign(choice, { value: 'Lage' })
  choice.dispatchEvent(new Event('change', { bubbles: true }))
  await vi.waitFor(() => expect(asked.at(-1)).toEqual({ section: 'Lage' }))
})

it('is not there for a page without any text', async () => {
  await show(() => [], { empty: true })
  expect(screen.queryByRole('heading')).toBeNull()
})

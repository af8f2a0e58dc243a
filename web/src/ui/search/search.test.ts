import { render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { describe, expect, it, vi } from 'vitest'

import { I18n } from '../../i18n/i18n.svelte'
import WithWords from '../../../tests/WithWords.svelte'
import AlsoFound from './AlsoFound.svelte'
import CopyLink from './CopyLink.svelte'
import FilterChips from './FilterChips.svelte'
import HitList from './HitList.svelte'
import SearchBox from './SearchBox.svelte'
import SearchHelp from './SearchHelp.svelte'
import type { HitView } from './search'

const hit = (id: string, title: string): HitView => ({
  id,
  href: `/seiten/${id}`,
  title: [{ text: title, hit: true }],
  kind: { label: 'Angebot', icon: 'M0 0', hue: 195 },
  place: 'Mitte',
  snippet: [
    { text: 'Das ', hit: false },
    { text: '<b>Café</b>', hit: true },
  ],
  section: { text: 'Abschnitt „Lage“', href: `/seiten/${id}#h-lage` },
  when: 'geändert heute, 9:24',
  facts: [],
  badge: undefined,
  isNew: false,
})

function press(key: string, init: KeyboardEventInit = {}): void {
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }),
  )
}

function show(component: unknown, props: Record<string, unknown>): void {
  render(WithWords, { props: { i18n: new I18n('de'), component, props } as never })
}

describe('the list of hits', () => {
  it('is walked with the arrow keys, and up from the first one leads back', () => {
    const onleave = vi.fn()
    show(HitList, { hits: [hit('1', 'Eins'), hit('2', 'Zwei')], onleave })
    const links = [...document.querySelectorAll<HTMLAnchorElement>('h3 a')]
    links[0]?.focus()
    press('ArrowDown')
    expect(document.activeElement).toBe(links[1])
    press('ArrowDown')
    expect(document.activeElement).toBe(links[1])
    press('ArrowUp')
    expect(document.activeElement).toBe(links[0])
    expect(onleave).not.toHaveBeenCalled()
    press('ArrowUp')
    expect(onleave).toHaveBeenCalledOnce()
  })

  it('keeps the focus at its place when a hit under it goes', async () => {
    const i18n = new I18n('de')
    const [one, two, three] = [hit('1', 'Eins'), hit('2', 'Zwei'), hit('3', 'Drei')]
    const props = (hits: readonly HitView[]) => ({
      i18n,
      component: HitList,
      props: { hits, onleave: vi.fn() },
    })
    const { rerender } = render(WithWords, { props: props([one, two, three]) as never })
    const focused = () => document.activeElement?.textContent
    screen.getByRole('link', { name: 'Zwei' }).focus()
    await rerender({ props: props([one, three]) } as never)
    expect(focused()).toBe('Drei')
    await rerender({ props: props([one]) } as never)
    expect(focused()).toBe('Eins')
    // Whoever is elsewhere stays there.
    screen.getByRole('link', { name: 'Eins' }).blur()
    await rerender({ props: props([two]) } as never)
    expect(document.activeElement).toBe(document.body)
  })

  it('opens a hit in a new tab with Alt and Enter', () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null)
    show(HitList, { hits: [hit('1', 'Eins')], onleave: vi.fn() })
    document.querySelector<HTMLAnchorElement>('h3 a')?.focus()
    press('Enter', { altKey: true })
    expect(open).toHaveBeenCalledWith(expect.stringContaining('/seiten/1'), '_blank', 'noopener')
  })

  it('marks the passage and shows markup as the text it is', () => {
    show(HitList, { hits: [hit('1', 'Eins')], onleave: vi.fn() })
    const marks = [...document.querySelectorAll('mark')].map((mark) => mark.textContent)
    expect(marks).toEqual(['Eins', '<b>Café</b>'])
  })
})

describe('what is new in a saved search', () => {
  it('is marked beside the page, in words too', () => {
    const hits = [{ ...hit('1', 'Eins'), isNew: true }, hit('2', 'Zwei')]
    show(HitList, { hits, onleave: vi.fn() })
    const said = [...document.querySelectorAll('.hit')].map((one) =>
      one.querySelector('.meta')?.textContent.includes('seit Sie diese Suche'),
    )
    expect(said).toEqual([true, false])
  })
})

describe('what was found besides the letters typed', () => {
  const also = (more: object) => {
    const href = '/suche?q=kita&literal=true'
    show(AlsoFound, { text: 'Kita', words: [], offers: [], literal: false, href, ...more })
    const links = screen.getAllByRole('link').map((link) => link.textContent)
    return { links, text: document.querySelector('p')?.textContent ?? '' }
  }

  it('is named beside other spellings, and the letters alone are one click away', () => {
    const offers = [{ text: 'Kiste', href: '/suche?q=kiste' }]
    const both = also({ words: ['Eltern-Café'], offers })
    expect(both.text).toContain('Auch gefunden: Eltern-Café.')
    expect(both.links).toEqual(['Kiste', 'Nur „Kita“ suchen'])
  })

  it('leads to the letters alone where nothing else was found, too', () => {
    expect(also({}).links).toEqual(['Nur „Kita“ suchen'])
  })

  it('leads back from the letters alone', () => {
    expect(also({ literal: true }).links).toEqual(['Auch ähnliche Wörter suchen'])
  })
})

describe('the filters that are chosen', () => {
  it('are told apart where two people have the same name', () => {
    const choice = (value: string) => ({ value, label: 'Anna Kern', count: 1, chosen: true })
    const author = { id: 'author', label: 'Verfasst von', choices: [choice('a'), choice('b')] }
    const onremove = vi.fn()
    show(FilterChips, { facets: [author], onremove })
    const buttons = screen.getAllByRole('button', { name: 'Filter Anna Kern entfernen' })
    buttons[1]?.click()
    expect(onremove.mock.calls).toEqual([['author', 'b']])
  })
})

describe('the link to a search', () => {
  it('is copied with its filters, and that is said', async () => {
    const writeText = vi.fn().mockResolvedValue(undefined)
    vi.stubGlobal('navigator', { clipboard: { writeText } })
    show(CopyLink, { href: '/suche?q=kita&space=mitte' })
    screen.getByRole('button', { name: 'Link kopieren' }).click()
    await vi.waitFor(() => expect(screen.getByRole('status').textContent).toBe('Link kopiert.'))
    expect(writeText).toHaveBeenCalledWith(`${location.origin}/suche?q=kita&space=mitte`)
    writeText.mockRejectedValue(new Error('not allowed'))
    screen.getByRole('button', { name: 'Link kopieren' }).click()
    await vi.waitFor(() =>
      expect(screen.getByRole('status').textContent).toContain('hat nicht geklappt'),
    )
    vi.unstubAllGlobals()
  })
})

describe('the signs of the search', () => {
  it('are explained in place, each with an example', () => {
    show(SearchHelp, {})
    const [examples, texts] = ['dt', 'dd'].map((name) =>
      [...document.querySelectorAll(name)].map((one) => one.textContent),
    )
    expect(examples).toEqual([
      '„frühe Hilfen“',
      'Beratung -Schulden',
      'titel:Elterncafé',
      'bezirk:Pankow,Mitte',
    ])
    expect(texts).toHaveLength(4)
    expect(texts?.[0]).toContain('gebeugt')
  })
})

describe('the search box', () => {
  it('leads into the list with the arrow key and is emptied with Escape', async () => {
    const [ontype, ondown, onsubmit] = [vi.fn(), vi.fn(), vi.fn()]
    show(SearchBox, { text: 'kita', most: 500, ontype, ondown, onsubmit })
    await tick()
    screen.getByRole('searchbox').focus()
    press('ArrowDown')
    expect(ondown).toHaveBeenCalledOnce()
    press('Escape')
    expect(ontype).toHaveBeenCalledWith('')
    expect(document.activeElement).toBe(screen.getByRole('searchbox'))
  })
})

import { render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { describe, expect, it, vi } from 'vitest'

import { I18n } from '../../i18n/i18n.svelte'
import WithWords from '../../../tests/WithWords.svelte'
import HitList from './HitList.svelte'
import SearchBox from './SearchBox.svelte'
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

describe('the search box', () => {
  it('leads into the list with the arrow key and is emptied with Escape', async () => {
    const [ontype, ondown, onsubmit] = [vi.fn(), vi.fn(), vi.fn()]
    show(SearchBox, { text: 'kita', ontype, ondown, onsubmit })
    await tick()
    screen.getByRole('searchbox').focus()
    press('ArrowDown')
    expect(ondown).toHaveBeenCalledOnce()
    press('Escape')
    expect(ontype).toHaveBeenCalledWith('')
    expect(document.activeElement).toBe(screen.getByRole('searchbox'))
  })
})

import { render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { describe, expect, it, vi } from 'vitest'

import WithWords from '../../tests/WithWords.svelte'
import { I18n } from '../i18n/i18n.svelte'
import Palette from './Palette.svelte'
import type { PaletteGroup, PaletteOption } from './palette'

const option = (id: string): PaletteOption => ({
  id,
  title: id,
  hint: '',
  look: { kind: 'action', icon: 'plus' },
  act: { kind: 'go', href: `/${id}` },
})
const groups: PaletteGroup[] = [
  { id: 'a', label: 'A', options: [option('eins'), option('zwei')] },
  { id: 'b', label: 'B', options: [option('drei')] },
]

async function show() {
  const calls = { ontype: vi.fn(), onchoose: vi.fn(), onclose: vi.fn() }
  const props = { text: '', groups, ...calls }
  render(WithWords, { props: { i18n: new I18n('de'), component: Palette, props } as never })
  await tick()
  const input = screen.getByRole('combobox')
  input.focus()
  const press = async (key: string, init: KeyboardEventInit = {}) => {
    input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...init }))
    await tick()
  }
  const active = () =>
    document.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.textContent.trim()
  return { ...calls, press, active }
}

describe('the command palette', () => {
  it('is walked over its groups, wraps, and keeps the focus in the input', async () => {
    Element.prototype.scrollIntoView = vi.fn()
    const { press, active } = await show()
    expect(active()).toBe('eins')
    await press('ArrowDown')
    await press('ArrowDown')
    expect(active()).toBe('drei')
    await press('ArrowDown')
    expect(active()).toBe('eins')
    await press('ArrowUp')
    expect(active()).toBe('drei')
    expect(screen.getByRole('option', { selected: true })).toHaveProperty('id')
    expect(document.activeElement).toBe(screen.getByRole('combobox'))
  })

  it('opens the chosen option, with Alt in a new tab', async () => {
    const { press, onchoose } = await show()
    await press('Enter')
    expect(onchoose).toHaveBeenLastCalledWith(groups[0]?.options[0], false)
    await press('Enter', { altKey: true })
    expect(onchoose).toHaveBeenLastCalledWith(groups[0]?.options[0], true)
  })
})

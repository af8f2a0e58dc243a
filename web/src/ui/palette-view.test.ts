import { render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { describe, expect, it, vi } from 'vitest'

import WithWords from '../../tests/WithWords.svelte'
import { I18n } from '../i18n/i18n.svelte'
import type { PaletteGroup, PaletteOption } from './palette'
import PaletteList from './PaletteList.svelte'

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

async function show(changes: object = {}) {
  Element.prototype.scrollIntoView = vi.fn()
  const calls = { onactive: vi.fn(), onchoose: vi.fn() }
  let props = {
    id: 'list',
    text: '',
    groups,
    pending: false,
    outOfTime: false,
    entry: null,
    ...changes,
    ...calls,
  }
  const all = () => ({ i18n: new I18n('de'), component: PaletteList, props }) as never
  const { component, rerender } = render(WithWords, { props: all() })
  await tick()
  const press = async (key: string) => {
    const offered = component.offered() as { key: (event: KeyboardEvent) => void }
    offered.key(new KeyboardEvent('keydown', { key, cancelable: true }))
    await tick()
  }
  const change = async (more: object) => {
    props = { ...props, ...more }
    await rerender({ props: all() })
  }
  const active = () => document.getElementById(calls.onactive.mock.lastCall?.[0] as string)
  return { ...calls, press, change, active: () => active()?.textContent.trim() }
}

describe('the list of the command palette', () => {
  it('is walked over its groups and wraps', async () => {
    const { press, active } = await show()
    expect(active()).toBe('eins')
    await press('ArrowDown')
    await press('ArrowDown')
    expect(active()).toBe('drei')
    await press('ArrowDown')
    expect(active()).toBe('eins')
    await press('ArrowUp')
    expect(active()).toBe('drei')
    expect(screen.getByRole('option', { selected: true }).textContent.trim()).toBe('drei')
  })

  it('begins at the top again for other words', async () => {
    const { press, change, active } = await show()
    await press('ArrowDown')
    await change({ text: 'z' })
    expect(active()).toBe('eins')
  })

  it('keeps what was chosen when other options come before it', async () => {
    const { press, change, active, onchoose } = await show()
    await press('ArrowUp')
    expect(active()).toBe('drei')
    await change({ groups: [{ id: 'c', label: 'C', options: [option('null')] }, ...groups] })
    expect(active()).toBe('drei')
    await change({ entry: { newTab: false } })
    expect(onchoose).toHaveBeenLastCalledWith(groups[1]?.options[0], false)
  })

  it('begins at the top again when what was chosen is gone', async () => {
    const { press, change, active } = await show()
    await press('ArrowUp')
    await change({ groups: groups.slice(0, 1) })
    expect(active()).toBe('eins')
  })

  it('opens the chosen option, with Alt in a new tab', async () => {
    const { change, onchoose } = await show()
    await change({ entry: { newTab: false } })
    expect(onchoose).toHaveBeenLastCalledWith(groups[0]?.options[0], false)
    await change({ entry: { newTab: true } })
    expect(onchoose).toHaveBeenLastCalledWith(groups[0]?.options[0], true)
  })

  it('waits with Enter for the answer to what was typed', async () => {
    const { change, onchoose } = await show({ pending: true, entry: { newTab: false } })
    expect(onchoose).not.toHaveBeenCalled()
    expect(screen.queryByRole('option', { selected: true })).toBeNull()
    const better = [{ id: 'a', label: 'A', options: [option('vier')] }]
    await change({ groups: better, pending: false })
    expect(onchoose).toHaveBeenCalledOnce()
    expect(onchoose).toHaveBeenLastCalledWith(better[0]?.options[0], false)
  })

  it('does not wait where an option was chosen with the arrow keys', async () => {
    const { press, change, onchoose } = await show({ pending: true })
    await press('ArrowDown')
    await press('ArrowDown')
    await change({ entry: { newTab: false } })
    expect(onchoose).toHaveBeenLastCalledWith(groups[0]?.options[1], false)
  })
})

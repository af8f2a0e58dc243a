import { render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { describe, expect, it, vi } from 'vitest'

import WithWords from '../../tests/WithWords.svelte'
import { I18n } from '../i18n/i18n.svelte'
import type { DoorStatus } from './door'
import { faultsOf } from './set-up'
import SetUp from './SetUp.svelte'

const good = { name: 'Ada Kern', login: 'ada.kern', password: 'zehn Zeichen' }

describe('the fields of the first account', () => {
  it.each([
    [good, {}],
    [{ ...good, name: '  ' }, { name: 'missing' }],
    [{ ...good, login: '' }, { login: 'missing' }],
    [{ ...good, login: 'ada kern' }, { login: 'form' }],
    [{ ...good, login: 'jäna' }, { login: 'form' }],
    [{ ...good, login: ' Ada@amt.example ' }, {}],
    [{ ...good, password: '123456789' }, { password: 'short' }],
    // Five characters of two UTF-16 units each are five characters.
    [{ ...good, password: '🦊🦊🦊🦊🦊' }, { password: 'short' }],
  ])('are judged as the server judges them: %o', (fields, faults) => {
    expect(faultsOf(fields)).toEqual(faults)
  })
})

describe('the form of the first account', () => {
  function show(status: DoorStatus) {
    const onsubmit = vi.fn()
    const props = { accessibility: '/barrierefreiheit', status, onsubmit }
    render(WithWords, { props: { i18n: new I18n('de'), component: SetUp, props } as never })
    return onsubmit
  }

  it('says at the fields what is missing and puts the focus on the first', async () => {
    const onsubmit = show({ kind: 'editing' })
    document.querySelector('form')?.requestSubmit()
    await tick()
    await tick()
    expect(onsubmit).not.toHaveBeenCalled()
    expect(document.activeElement).toBe(screen.getByLabelText('Ihr Name'))
    const password = screen.getByLabelText('Passwort')
    expect(password.getAttribute('aria-describedby')).toBe('password-rule password-fault')
    expect(password.getAttribute('autocomplete')).toBe('new-password')
  })

  it('puts the focus on what went wrong', async () => {
    show({ kind: 'failed', text: 'Der Link gilt nicht mehr.' })
    await tick()
    expect(document.activeElement).toBe(screen.getByRole('alert'))
  })
})

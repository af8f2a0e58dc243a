import { render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { describe, expect, it, vi } from 'vitest'

import WithWords from '../../tests/WithWords.svelte'
import { I18n } from '../i18n/i18n.svelte'
import type { DoorStatus } from './door'
import SignIn from './SignIn.svelte'

function show(status: DoorStatus) {
  const onsubmit = vi.fn()
  const props = { ended: false, accessibility: '/barrierefreiheit', made: '', status, onsubmit }
  render(WithWords, { props: { i18n: new I18n('de'), component: SignIn, props } as never })
  return onsubmit
}

async function submit(): Promise<void> {
  document.querySelector('form')?.requestSubmit()
  await tick()
  await tick()
}

describe('the sign-in form', () => {
  it('says what is missing at the field and puts the focus there', async () => {
    const onsubmit = show({ kind: 'editing' })
    await submit()
    expect(onsubmit).not.toHaveBeenCalled()
    const login = screen.getByLabelText('Anmeldename oder E-Mail-Adresse')
    expect(login.getAttribute('aria-describedby')).toBe('login-fault')
    expect(document.activeElement).toBe(login)
  })

  it('puts the focus on the summary where signing in did not work', async () => {
    show({ kind: 'failed', text: 'Anmeldename oder Passwort stimmt nicht.' })
    await tick()
    expect(document.activeElement).toBe(screen.getByRole('alert'))
  })

  it('lets password managers and pasting work', () => {
    show({ kind: 'editing' })
    expect(screen.getByLabelText('Passwort').getAttribute('autocomplete')).toBe('current-password')
  })
})

/** The parts of a space's page: what they say, and to whom they offer something. */
import { render, screen } from '@testing-library/svelte'
import type { Component } from 'svelte'
import { describe, expect, it, vi } from 'vitest'

import WithWords from '../../../tests/WithWords.svelte'
import { I18n } from '../../i18n/i18n.svelte'
import EmptyShelf from './EmptyShelf.svelte'
import Matrix from './Matrix.svelte'
import Questions from './Questions.svelte'

function show(component: unknown, props: Record<string, unknown>): void {
  const shown = component as Component<Record<string, unknown>>
  render(WithWords, { props: { i18n: new I18n('de'), component: shown, props } })
}

describe('an empty shelf', () => {
  const words = { text: 'Noch nichts.', action: 'Angebot anlegen' }

  it('invites who may create pages, with one verb', () => {
    const oncreate = vi.fn()
    show(EmptyShelf, { ...words, oncreate })
    screen.getByRole('button', { name: 'Angebot anlegen' }).click()
    expect(oncreate).toHaveBeenCalledOnce()
  })

  it('says to others only that it is empty', () => {
    show(EmptyShelf, { ...words, oncreate: undefined })
    expect(screen.getByText('Noch nichts.')).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
  })
})

describe('the guiding questions', () => {
  const questions = [
    { name: 'a', question: 'Wie?', answer: 'So.' },
    { name: 'b', question: 'Warum?', answer: '' },
  ]

  it('lead who may write to what is unanswered', () => {
    show(Questions, { questions, href: '/seiten/x' })
    const link = screen.getByRole('link', { name: /Noch ohne Antwort/ })
    expect(link.getAttribute('href')).toBe('/seiten/x')
  })

  it('say to others that it is unanswered', () => {
    show(Questions, { questions, href: undefined })
    expect(screen.queryByRole('link')).toBeNull()
    expect(screen.getByText('Noch ohne Antwort.')).toBeTruthy()
  })
})

describe('the table of offers', () => {
  it('says number, gap and what is not needed in words', () => {
    const offers = { kind: 'offers', column: 'a', count: 2, href: '/x', spoken: '2 Angebote: R, A' }
    const cells = [offers, { kind: 'gap', column: 'b' }, { kind: 'not-needed', column: 'c' }]
    const column = (id: string) => ({ id, label: id.toUpperCase() })
    const matrix = {
      caption: 'Angebote',
      corner: 'Feld',
      columns: ['a', 'b', 'c'].map(column),
      rows: [{ id: 'r', label: 'R', cells }],
    }
    show(Matrix, { matrix })
    expect(screen.getByRole('link', { name: '2 Angebote: R, A' })).toBeTruthy()
    const [, ...row] = screen.getAllByRole('cell').map((cell) => cell.textContent?.trim())
    expect(row).toEqual(['Lücke', '–entfällt'])
    expect(screen.getByRole('region', { name: 'Angebote' }).tabIndex).toBe(0)
  })
})

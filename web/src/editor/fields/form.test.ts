/** The form: what is read and what can be changed, by mouse and by key, beside others. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'

import WithWords from '../../../tests/WithWords.svelte'
import { I18n } from '../../i18n/i18n.svelte'
import { createUndo } from '../body-binding'
import { documentAnswers } from './answers'
import FieldForm from './FieldForm.svelte'
import { tellField } from './presence'
import type { FieldSpec } from './spec'

const spec = (name: string, type: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  name,
  type,
  label: name,
  question: `${name}?`,
  invite: null,
  choices: [],
  unit: '',
  min: null,
  max: null,
  kinds: [],
  parts: [],
  ...more,
})
const choices = (...ids: string[]) => ids.map((id) => ({ id, label: id.toUpperCase() }))
const specs = [
  spec('summary', 'text'),
  spec('status', 'one', { choices: choices('idea', 'tried') }),
  spec('phase', 'many', { choices: choices('daycare', 'school') }),
  spec('impact', 'ladder', { choices: choices('one', 'two') }),
  spec('dates', 'date_range'),
  spec('reached', 'number', { unit: 'Familien', min: 0 }),
  spec('next', 'page_link', { kinds: ['workshop'] }),
  spec('team', 'list', { parts: [spec('role', 'role'), spec('since', 'date')] }),
  spec('steps', 'list', {
    parts: [
      spec('what', 'text'),
      spec('why', 'long_text'),
      spec('who', 'role'),
      spec('state', 'one', { choices: choices('open', 'done') }),
      spec('day', 'date'),
      spec('days', 'date_range'),
      spec('count', 'number', { max: 9 }),
      spec('free', 'flag'),
      spec('page', 'page_link'),
    ],
  }),
]
afterEach(cleanup)

const PAGE = '01hekn7k00000000000000000a'

function show(editable: boolean, stored: Record<string, unknown> | null = null) {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  awareness.setLocalState({ user: { name: 'Ich' }, field: null })
  const titles = { watch: () => () => undefined, learn: vi.fn() }
  const suggest = vi.fn(async () => [
    { id: PAGE, title: 'Im Dezember', kind: 'workshop', space: 'pankow' },
    { id: '01hekn7k00000000000000000b', title: 'Kein Treffen', kind: 'page', space: 'pankow' },
  ])
  const props = {
    specs,
    stored: stored ?? {},
    live: stored === null ? { doc, undo: createUndo(doc), awareness } : null,
    editable,
    titles,
    now: new Date('2023-11-22T10:00:00'),
    suggest,
    describe: () => ({ text: 'Lernwerkstatt' }),
  }
  const component = FieldForm as never
  render(WithWords, { props: { i18n: new I18n('de'), component, props } as never })
  const field = (name: string): HTMLElement => screen.getByRole('group', { name: `${name}?` })
  return { doc, awareness, field, answers: documentAnswers(doc), suggest }
}

test('without the live document there are answers and nothing to press', () => {
  const { field } = show(true, {
    summary: 'Ein Satz',
    status: 'tried',
    dates: '2023-09-11/2023-09-12',
    reached: 30,
    team: [{ id: 'a', role: 'Leitung', since: '2023-05-01' }],
  })
  expect(field('summary').textContent).toContain('Ein Satz')
  expect(field('dates').textContent).toContain('11. September – 12. September')
  expect(field('reached').textContent).toContain('Familien: 30')
  expect(field('team').textContent).toMatch(/Leitung.*1\. Mai/s)
  expect(field('phase').textContent).toContain('Noch ohne Antwort.')
  expect(document.querySelector('button, input, textarea, select')).toBeNull()
})

describe('whoever may write', () => {
  test('starts a text by its button, types, and leaves by Escape', async () => {
    const { field, answers } = show(true)
    await fireEvent.click(within(field('summary')).getByRole('button'))
    const text = within(field('summary')).getByRole<HTMLTextAreaElement>('textbox')
    expect(document.activeElement).toBe(text)
    await fireEvent.input(text, { target: { value: 'Kaffee' } })
    expect(answers.text('summary')).toBe('Kaffee')
    await fireEvent.keyDown(text, { key: 'Escape' })
    expect(document.activeElement).toBe(field('summary'))
  })

  test('chooses one, a step, and any number', async () => {
    const { field, answers } = show(true)
    await fireEvent.click(within(field('status')).getByRole('button'))
    await fireEvent.click(within(field('status')).getByRole('radio', { name: 'TRIED' }))
    expect(answers.value('status')).toBe('tried')
    await fireEvent.click(within(field('impact')).getByRole('button'))
    await fireEvent.click(within(field('impact')).getByRole('radio', { name: /Stufe 2 von 2/ }))
    expect(answers.value('impact')).toBe('two')
    await fireEvent.click(within(field('phase')).getByRole('button'))
    await fireEvent.click(within(field('phase')).getByRole('checkbox', { name: 'SCHOOL' }))
    expect(answers.chosen('phase')).toEqual(['school'])
    await waitFor(() => expect(within(field('status')).getAllByRole('button')).toHaveLength(1))
    await fireEvent.click(
      within(field('status')).getByRole('button', { name: 'Antwort entfernen' }),
    )
    expect(answers.value('status')).toBeNull()
  })

  test('is told of a number outside the limits, which is not taken', async () => {
    const { field, answers } = show(true)
    await fireEvent.click(within(field('reached')).getByRole('button'))
    const number = within(field('reached')).getByRole<HTMLInputElement>('spinbutton')
    await fireEvent.change(number, { target: { value: '-1' } })
    expect(within(field('reached')).getByRole('alert').textContent).toContain('ab 0')
    expect(answers.value('reached')).toBeNull()
    await fireEvent.change(number, { target: { value: '12.5' } })
    expect(answers.value('reached')).toBe(12.5)
  })

  test('finds a page of the kinds that are offered', async () => {
    const { field, answers } = show(true)
    await fireEvent.click(within(field('next')).getByRole('button'))
    const finder = within(field('next')).getByRole('combobox')
    await fireEvent.input(finder, { target: { value: 'Dez' } })
    await waitFor(() => expect(within(field('next')).getAllByRole('option')).toHaveLength(1))
    await fireEvent.keyDown(finder, { key: 'Enter' })
    expect(answers.value('next')).toBe(PAGE)
  })

  test('adds an entry, moves it and takes it away', async () => {
    const { field, answers } = show(true)
    await fireEvent.click(within(field('team')).getByRole('button'))
    for (const role of ['eins', 'zwei']) {
      await fireEvent.click(within(field('team')).getByRole('button', { name: 'Eintrag anlegen' }))
      const boxes = await waitFor(() => {
        const found = within(field('team')).getAllByRole('textbox')
        expect(found.at(-1)).toHaveProperty('value', '')
        return found
      })
      const last = boxes.at(-1) as HTMLTextAreaElement
      await fireEvent.input(last, { target: { value: role } })
    }
    const roles = (): string[] =>
      answers.items('team').map((item) => answers.text(`team/${item}/role`))
    expect(roles()).toEqual(['eins', 'zwei'])
    const up = within(field('team')).getAllByRole('button', { name: 'Eintrag nach oben' })
    await fireEvent.click(up[1] as HTMLElement)
    expect(roles()).toEqual(['zwei', 'eins'])
    const gone = within(field('team')).getAllByRole('button', { name: 'Eintrag entfernen' })
    await fireEvent.click(gone[0] as HTMLElement)
    expect(roles()).toHaveLength(1)
  })

  test('fills in an entry whose parts are of every type', async () => {
    const { field, answers } = show(true)
    await fireEvent.click(within(field('steps')).getByRole('button'))
    await fireEvent.click(within(field('steps')).getByRole('button', { name: 'Eintrag anlegen' }))
    const entry = await waitFor(() => within(field('steps')).getByRole('group'))
    const part = (role: string, name: string): HTMLElement =>
      within(entry).getByRole(role, { name: new RegExp(`^${name}\\?`) })
    for (const name of ['what', 'why', 'who']) {
      await fireEvent.input(part('textbox', name), { target: { value: `Wort ${name}` } })
    }
    await fireEvent.change(part('combobox', 'state'), { target: { value: 'done' } })
    const dates = (name: string): HTMLInputElement[] =>
      [...entry.querySelectorAll<HTMLInputElement>('input[type=date]')].filter((input) =>
        (input.getAttribute('aria-labelledby') ?? '').includes(`-${name}`),
      )
    const take = async (input: HTMLInputElement | undefined, value: string): Promise<void> => {
      if (input === undefined) throw new Error('no field for a day')
      await fireEvent.change(input, { target: { value } })
    }
    expect([dates('day').length, dates('days').length]).toEqual([3, 2])
    await take(
      dates('day').find((input) => !dates('days').includes(input)),
      '2024-05-03',
    )
    await take(dates('days')[0], '2024-06-01')
    await take(dates('days')[1], '2024-06-02')
    const count = part('spinbutton', 'count') as HTMLInputElement
    await fireEvent.change(count, { target: { value: '10' } })
    expect(within(entry).getByRole('alert').textContent).toContain('9')
    await fireEvent.change(count, { target: { value: '7' } })
    await fireEvent.click(within(part('radiogroup', 'free')).getByRole('radio', { name: 'Ja' }))
    const finder = part('combobox', 'page')
    await fireEvent.input(finder, { target: { value: 'Dez' } })
    await waitFor(() => expect(within(entry).getAllByRole('option').length).toBeGreaterThan(3))
    await fireEvent.keyDown(finder, { key: 'Enter' })

    const [item] = answers.items('steps')
    const text = (name: string): string => answers.text(`steps/${item}/${name}`)
    const value = (name: string): unknown => answers.value(`steps/${item}/${name}`)
    expect(['what', 'why', 'who'].map(text)).toEqual(['Wort what', 'Wort why', 'Wort who'])
    expect(['state', 'day', 'days', 'count', 'free', 'page'].map(value)).toEqual([
      'done',
      '2024-05-03',
      '2024-06-01/2024-06-02',
      7,
      true,
      PAGE,
    ])
    await fireEvent.keyDown(part('textbox', 'what'), { key: 'Escape' })
    await waitFor(() =>
      expect(within(field('steps')).queryByRole('button', { name: 'Eintrag anlegen' })).toBeNull(),
    )
    const shown = within(field('steps')).getByRole('listitem').textContent
    for (const words of ['Wort what', 'Wort why', 'Wort who', 'DONE', '3. Mai', '7', 'Ja']) {
      expect(shown).toContain(words)
    }
  })

  test('tells the others which field it is, and sees who is in one', async () => {
    const { field, awareness } = show(true)
    const told = (): unknown => awareness.getLocalState()?.['field']
    const opener = within(field('status')).getByRole('button')
    opener.focus()
    // Whoever only passes by is not in the field.
    expect(told()).toBeNull()
    await fireEvent.click(opener)
    await waitFor(() => expect(told()).toEqual({ root: 'values:status' }))
    const radio = within(field('status')).getAllByRole('radio')[0] as HTMLElement
    await fireEvent.keyDown(radio, { key: 'Escape' })
    await waitFor(() => expect(told()).toBeNull())
    const other = new Awareness(new Y.Doc())
    other.setLocalState({ user: { name: 'Ada Beck', initials: 'AB', hue: 3 }, field: null })
    tellField(other, 'values:phase')
    awareness.states.set(other.clientID, other.getLocalState() ?? {})
    awareness.emit('change', [{ added: [other.clientID], updated: [], removed: [] }, 'test'])
    await waitFor(() => expect(field('phase').textContent).toContain('Ada Beck ist hier'))
    other.destroy()
  })
})

test('whoever only reads follows what others write', async () => {
  const { doc, field } = show(false)
  expect(document.querySelector('button, input, textarea, select')).toBeNull()
  doc.getMap('values').set('status', 'idea')
  doc.getText('text:summary').insert(0, 'Neu')
  await waitFor(() => expect(field('summary').textContent).toContain('Neu'))
  expect(field('status').querySelector('[aria-current]')?.textContent).toContain('IDEA')
})

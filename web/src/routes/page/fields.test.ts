/** Fields become questions with answers, whatever a page holds in them. */
import { expect, test } from 'vitest'

import { I18n } from '../../i18n/i18n.svelte'
import type { Catalogue, Page } from '../../state/open-page.svelte'
import { fieldViews } from './fields'

const label = (text: string) => ({ de: text, en: `${text} (en)` })
const field = (name: string, type: string, taxonomy?: string) => ({
  name,
  type,
  label: label(name),
  question: label(`${name}?`),
  ...(taxonomy === undefined ? {} : { taxonomy }),
})
const catalogue = {
  kinds: [
    {
      id: 'approach',
      fields: [
        field('status', 'one', 'statuses'),
        field('field', 'many', 'fields'),
        field('reach', 'long_text'),
        field('day', 'date'),
        field('contact', 'role'),
      ],
    },
  ],
  taxonomies: {
    statuses: [
      { id: 'idea', label: label('Idee') },
      { id: 'tried', label: label('erprobt') },
    ],
    fields: [{ id: 'access', label: label('Zugänge schaffen') }],
  },
} as unknown as Catalogue
const NOW = new Date('2023-11-22T10:00:00')

function answers(fields: Record<string, unknown>, language: 'de' | 'en' = 'de') {
  const page = { kind: 'approach', fields } as unknown as Page
  return fieldViews(page, catalogue, new I18n(language), NOW).map(({ answer }) => answer)
}

test('a text in the first place leads the page, and many chips take the whole width', () => {
  const many = { ...field('places', 'many'), taxonomy: 'places' }
  const told = {
    ...catalogue,
    kinds: [{ id: 'approach', fields: [field('summary', 'text'), many, field('place', 'text')] }],
  } as unknown as Catalogue
  const views = (places: string[]) =>
    fieldViews(
      { kind: 'approach', fields: { places } } as unknown as Page,
      told,
      new I18n('de'),
      NOW,
    )
  expect(views(['a']).map(({ lead }) => lead)).toEqual([true, false, false])
  expect(views(['a', 'b', 'c', 'd']).map(({ wide }) => wide)).toEqual([true, false, true])
  expect(views(['a', 'b', 'c', 'd', 'e']).map(({ wide }) => wide)).toEqual([true, true, true])
})

test('choices, chips, texts, days and roles are shown as such', () => {
  expect(
    answers({
      status: 'tried',
      field: ['access', 'gone'],
      reach: 'Vor der Kita.',
      day: '2023-11-07',
      contact: 'Koordination',
    }),
  ).toEqual([
    {
      kind: 'choice',
      choices: [
        { label: 'Idee', chosen: false },
        { label: 'erprobt', chosen: true },
      ],
    },
    { kind: 'chips', chips: ['Zugänge schaffen', 'gone'] },
    { kind: 'text', text: 'Vor der Kita.' },
    { kind: 'short', text: '7. November', icon: null },
    { kind: 'short', text: 'Koordination', icon: 'role' },
  ])
})

test('what is missing or of another shape is a question without an answer', () => {
  expect(answers({ field: 'access', reach: '', status: null }).map(({ kind }) => kind)).toEqual([
    'none',
    'none',
    'none',
    'none',
    'none',
  ])
})

test('a day that is none is shown as it was written', () => {
  expect(answers({ day: 'im Herbst' })[3]).toEqual({ kind: 'short', text: 'im Herbst', icon: null })
})

test('a kind that the catalogue does not know has no fields', () => {
  const page = { kind: 'future', fields: {} } as unknown as Page
  expect(fieldViews(page, catalogue, new I18n('de'), NOW)).toEqual([])
})

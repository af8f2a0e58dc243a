// @vitest-environment node
/** The declaration of fields becomes what the form asks, whatever a kind declares. */
import { expect, test } from 'vitest'

import { I18n } from '../../i18n/i18n.svelte'
import type { Catalogue } from '../../state/open-page.svelte'
import { fieldSpecs } from './fields'

const label = (text: string) => ({ de: text, en: `${text} (en)` })
const catalogue = {
  kinds: [
    {
      id: 'offer',
      fields: [
        {
          name: 'reached',
          type: 'number',
          label: label('Erreicht'),
          question: label('Wie viele?'),
          unit: label('Familien'),
          min: 0,
          card: false,
        },
        {
          name: 'team',
          type: 'list',
          label: label('Team'),
          question: label('Wer?'),
          when_empty: label('Erste Person'),
          card: false,
          parts: [
            {
              name: 'department',
              type: 'one',
              taxonomy: 'departments',
              label: label('Ressort'),
              question: label('Welches?'),
              card: false,
            },
          ],
        },
      ],
    },
  ],
  taxonomies: { departments: [{ id: 'youth', label: label('Jugend') }] },
} as unknown as Catalogue

test('fields and their parts come with choices, limits and words of the language', () => {
  const [reached, team] = fieldSpecs('offer', catalogue, new I18n('en'))
  expect(reached).toEqual({
    name: 'reached',
    type: 'number',
    label: 'Erreicht (en)',
    question: 'Wie viele? (en)',
    invite: null,
    choices: [],
    unit: 'Familien (en)',
    min: 0,
    max: null,
    kinds: [],
    parts: [],
  })
  expect(team?.invite).toBe('Erste Person (en)')
  expect(team?.parts[0]?.choices).toEqual([{ id: 'youth', label: 'Jugend (en)' }])
})

test('a kind that the catalogue does not know has no fields', () => {
  expect(fieldSpecs('future', catalogue, new I18n('de'))).toEqual([])
})

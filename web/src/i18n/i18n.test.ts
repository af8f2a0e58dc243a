import { describe, expect, it } from 'vitest'

import { de } from './de'
import { en } from './en'
import { I18n, initialLanguage } from './i18n.svelte'

describe('the tables of texts', () => {
  it('have the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(de).sort())
  })

  it('have the same kind of text for each key', () => {
    const kinds = (table: object) =>
      Object.entries(table).map(([key, value]) => `${key} ${typeof value}`)
    expect(kinds(en).sort()).toEqual(kinds(de).sort())
  })

  it('have no empty texts and no exclamation marks', () => {
    const texts = [...Object.entries(de), ...Object.entries(en)].filter(
      ([, text]) => typeof text === 'string',
    )
    expect(texts.filter(([, text]) => text === '' || String(text).includes('!'))).toEqual([])
  })
})

describe('the language', () => {
  it('changes every text at once', async () => {
    const i18n = new I18n('de')
    expect(i18n.t('nav.search')).toBe('Suchen')
    await i18n.choose('en')
    expect(i18n.t('nav.search')).toBe('Search')
    expect(document.documentElement.lang).toBe('en')
  })

  it('puts numbers with their noun', () => {
    const { t } = new I18n('de')
    expect(t('count.pages', { count: 1 })).toBe('1 Seite')
    expect(t('count.pages', { count: 9 })).toBe('9 Seiten')
  })

  it('is the stored one, else what the browser asks for, else German', () => {
    expect(initialLanguage('en', ['de-DE'])).toBe('en')
    expect(initialLanguage('xx', ['fr', 'en-GB', 'de'])).toBe('en')
    expect(initialLanguage(null, ['fr'])).toBe('de')
  })
})

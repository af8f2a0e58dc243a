import { describe, expect, it } from 'vitest'

import { screens as deScreens } from './de/screens'
import { shell as deShell } from './de/shell'
import { screens as enScreens } from './en/screens'
import { shell as enShell } from './en/shell'
import { I18n, initialLanguage } from './i18n.svelte'

const de = { ...deShell, ...deScreens }
const en = { ...enShell, ...enScreens }

describe('the tables of texts', () => {
  it('have the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(de).sort())
  })

  it('are split in the same way', () => {
    expect(Object.keys(enShell).sort()).toEqual(Object.keys(deShell).sort())
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

describe('what is there from the start', () => {
  const files = import.meta.glob<string>('../**/*.{ts,svelte}', {
    query: '?raw',
    import: 'default',
    eager: true,
  })

  /** The file that an import leads to; undefined for libraries and styles. */
  function found(from: string, wanted: string): string | undefined {
    const { pathname } = new URL(wanted, `file:///src/i18n/${from}`)
    const base = pathname.startsWith('/src/i18n/')
      ? `./${pathname.slice('/src/i18n/'.length)}`
      : `..${pathname.slice('/src'.length)}`
    return [base, `${base}.ts`].find((name) => name in files)
  }

  /** The files that run before any screen is here. */
  function reached(name: string, seen = new Set<string>()): Set<string> {
    if (seen.has(name)) return seen
    seen.add(name)
    const imports = /^\s*import\s+(?!type\b)(?:[\w\s{},*]+?from\s+)?'(\.[^']+)'/gm
    for (const [, wanted = ''] of (files[name] ?? '').matchAll(imports)) {
      const next = found(name, wanted)
      if (next !== undefined) reached(next, seen)
    }
    return seen
  }

  it('has its texts', () => {
    const start = reached('../main.ts')
    // The search for imports finds what it should.
    expect(start).toContain('../routes/frame/AppFrame.svelte')
    expect(start).toContain('../ui/frame/AccountPanel.svelte')
    expect(start).not.toContain('../routes/page/PageRoute.svelte')
    const later = Object.keys(deScreens)
    const missing = [...start].flatMap((name) =>
      [...(files[name] ?? '').matchAll(/\bt\(\s*['`]([\w.-]+)/g)]
        .map(([, key = '']) => key)
        .filter((key) =>
          key.endsWith('.') ? later.some((one) => one.startsWith(key)) : later.includes(key),
        )
        .map((key) => `${name}: ${key}`),
    )
    expect(missing).toEqual([])
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

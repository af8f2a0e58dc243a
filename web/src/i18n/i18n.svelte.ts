/**
 * The words of the interface.
 *
 * Keys are a type: `t('nav.search')` is checked by the compiler, and a message with a number or
 * a name in it is a function whose parameter is checked too. German is written first; the English
 * tables have the types of the German ones, so a missing text does not compile.
 *
 * The shell (the frame around every screen) has its texts at the start, the screens fetch theirs
 * together with the first of them.
 */
import { createContext } from 'svelte'

import { shell } from './de/shell'
import type { Messages } from './messages'

export type Language = 'de' | 'en'
export type MessageKey = keyof Messages
type Parameters<K extends MessageKey> = Messages[K] extends (values: infer P) => string ? [P] : []

export const languages: readonly Language[] = ['de', 'en']
/** The German shell is always there; everything else comes when somebody reads it. */
const tables: Record<Language, Partial<Messages>> = { de: { ...shell }, en: {} }
const storageKey = 'language'

/** Chooses the language: what was chosen on this device, else what the browser asks for, else German. */
export function initialLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (stored === 'de' || stored === 'en') return stored
  for (const tag of preferred) {
    const base = tag.toLowerCase().split('-')[0]
    if (base === 'de' || base === 'en') return base
  }
  return 'de'
}

/** Fetches the texts of the shell in a language, unless they are here; rejects without a connection. */
export async function loadShell(language: Language): Promise<void> {
  if (language === 'en') Object.assign(tables.en, (await import('./en/shell')).shell)
}

/** Fetches the texts of all screens in a language, unless they are here. */
export async function loadScreens(language: Language): Promise<void> {
  const found = language === 'en' ? import('./en/screens') : import('./de/screens')
  Object.assign(tables[language], (await found).screens)
}

export class I18n {
  #language = $state<Language>('de')

  constructor(language: Language = 'de') {
    this.#language = language
  }

  get language(): Language {
    return this.#language
  }

  /**
   * Changes the language everywhere as soon as its texts are here, and remembers it on this device;
   * rejects and changes nothing if they do not come.
   */
  async choose(language: Language): Promise<void> {
    await Promise.all([loadShell(language), loadScreens(language)])
    this.#language = language
    document.documentElement.lang = language
    try {
      localStorage.setItem(storageKey, language)
    } catch {
      // A browser that forbids storage still gets the language for this visit.
    }
  }

  /** The text of a key in the chosen language. */
  t = <K extends MessageKey>(key: K, ...values: Parameters<K>): string => {
    const message: unknown = tables[this.#language][key] ?? tables.de[key]
    return typeof message === 'function'
      ? (message as (value: unknown) => string)(values[0])
      : (message as string)
  }

  /** Picks the text of a label that the server sends in both languages. */
  pick = (label: { de: string; en: string }): string => label[this.#language]
}

const [getContext, setContext] = createContext<I18n>()
export { setContext as setI18n }

/** The words of the interface, for every component below the root. */
export const getI18n = getContext

/** The stored choice, or null where there is none or storage is forbidden. */
export function storedLanguage(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

/** Light, dark, or as the device says. `public/theme.js` applies the stored choice before paint. */
export type Appearance = 'system' | 'light' | 'dark'

export const appearances: readonly Appearance[] = ['system', 'light', 'dark']
const storageKey = 'theme'

export class AppearanceChoice {
  #current = $state<Appearance>(stored())

  get current(): Appearance {
    return this.#current
  }

  choose(appearance: Appearance): void {
    this.#current = appearance
    const root = document.documentElement
    if (appearance === 'system') delete root.dataset['theme']
    else root.dataset['theme'] = appearance
    try {
      localStorage.setItem(storageKey, appearance)
    } catch {
      // A browser that forbids storage keeps the choice for this visit.
    }
  }

  /** The next one in the order system, light, dark. */
  next(): void {
    const at = appearances.indexOf(this.#current)
    this.choose(appearances[(at + 1) % appearances.length] ?? 'system')
  }
}

function stored(): Appearance {
  try {
    const value = localStorage.getItem(storageKey)
    return value === 'light' || value === 'dark' ? value : 'system'
  } catch {
    return 'system'
  }
}

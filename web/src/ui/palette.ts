/** The anatomy of the command palette: groups of options. */
import type { KindLook } from './kind'

export interface PaletteOption {
  id: string
  title: string
  hint: string
  look:
    | { kind: 'page'; of: KindLook }
    | { kind: 'action'; icon: 'plus' | 'search' | 'appearance' | 'keys' | 'leave' | 'person' }
  /** A place to go to, or something to do. */
  act: { kind: 'go'; href: string } | { kind: 'run'; run: () => void }
}

export interface PaletteGroup {
  id: string
  label: string
  options: readonly PaletteOption[]
}

/** That somebody pressed Enter, with or without the key for a new tab. */
export interface PaletteEntry {
  newTab: boolean
}

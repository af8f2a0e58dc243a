/** What can be opened from everywhere: the command palette, the keys, the dialog for a new page. */
import { createContext } from 'svelte'

import { keptKeys } from './kept-keys'

export interface NewPageWish {
  title: string
  kind: string
  space: string
}

export class Commands {
  #palette = $state(false)
  #keys = $state(false)
  #newPage = $state.raw<NewPageWish | null>(null)

  get palette(): boolean {
    return this.#palette
  }

  /** Whether the overview of all keys is open. */
  get keys(): boolean {
    return this.#keys
  }

  /** What the dialog for a new page starts with, or null while it is closed. */
  get newPage(): NewPageWish | null {
    return this.#newPage
  }

  openPalette(): void {
    this.#palette = true
  }

  closePalette(): void {
    this.#palette = false
  }

  openKeys(): void {
    this.#keys = true
  }

  closeKeys(): void {
    this.#keys = false
  }

  /** The dialog may have to be fetched: letters typed meanwhile become the beginning of the title. */
  openNewPage(wish: NewPageWish): void {
    keptKeys.keep()
    this.#newPage = wish
  }

  closeNewPage(): void {
    keptKeys.drop()
    this.#newPage = null
  }
}

const [getContext, setContext] = createContext<Commands>()
export { getContext as getCommands, setContext as setCommands }

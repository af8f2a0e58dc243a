/** The keys of a toolbar: one stop for Tab, arrow keys, Home and End within, Escape leads back. */
export class ToolbarKeys {
  /** Index of the one button that Tab reaches. */
  stop = $state(0)
  readonly #panel: () => HTMLElement | undefined
  readonly #back: () => void

  constructor(panel: () => HTMLElement | undefined, back: () => void) {
    this.#panel = panel
    this.#back = back
  }

  #buttons(): HTMLButtonElement[] {
    return [...(this.#panel()?.querySelectorAll<HTMLButtonElement>('button') ?? [])]
  }

  /** Moves the focus to the button where it was last. */
  enter(): void {
    const all = this.#buttons()
    this.stop = Math.min(this.stop, Math.max(0, all.length - 1))
    all[this.stop]?.focus()
  }

  key(event: KeyboardEvent): void {
    const all = this.#buttons()
    const moves: Record<string, number> = {
      ArrowRight: (this.stop + 1) % all.length,
      ArrowLeft: (this.stop + all.length - 1) % all.length,
      Home: 0,
      End: all.length - 1,
    }
    const next = moves[event.key]
    if (event.key === 'Escape') {
      event.preventDefault()
      this.#back()
    } else if (next !== undefined) {
      event.preventDefault()
      this.stop = next
      all[next]?.focus()
    }
  }
}

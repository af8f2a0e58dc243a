/**
 * Letters that are typed while something that will take the focus is still being fetched. Whoever
 * opens it begins to keep them; when it is here, it takes them as if they had been typed there.
 *
 * What can take the focus at once needs none of this: only an own field knows input methods.
 */

/** What a key makes of the text typed so far; null: it types nothing. */
export function withKey(text: string, event: KeyboardEvent): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null
  if (event.key === 'Backspace') return text.slice(0, -1)
  if (event.key === 'Enter') return `${text}\n`
  return event.key.length === 1 ? text + event.key : null
}

export class KeptKeys {
  #text: string | null = null

  /** Begins to listen. */
  listen(target: Document): void {
    target.addEventListener('keydown', (event) => this.#key(event), true)
    // Who points at something else does not wait for it any more.
    target.addEventListener('pointerdown', () => this.drop(), true)
  }

  /** From now on letters are kept. */
  keep(): void {
    this.#text = ''
  }

  /** What was typed until now, on one line; nothing more is kept. */
  take(): string {
    const text = this.#text ?? ''
    this.drop()
    return text.replaceAll('\n', '')
  }

  /** What was waited for does not come. */
  drop(): void {
    this.#text = null
  }

  #key(event: KeyboardEvent): void {
    if (this.#text === null) return
    if (event.key === 'Escape' || event.key === 'Tab') {
      this.drop()
      return
    }
    const text = withKey(this.#text, event)
    if (text === null) return
    this.#text = text
    event.preventDefault()
  }
}

export const keptKeys = new KeptKeys()

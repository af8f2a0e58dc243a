/**
 * The page as the server sent it, before the application is here.
 *
 * It stands in the document until the screen of the same page has drawn it; then it gives way in one
 * step, so that nothing moves. Whoever has already clicked into the text and typed finds those
 * letters in the editor.
 */
import { withKey } from './kept-keys'

const first = (): HTMLElement | null => document.getElementById('first')

/** Whether the page that the server sent still stands. */
export function isFirstShown(): boolean {
  return first() !== null
}

/** Takes it away; the place in the page stays. */
export function takeOver(): void {
  const shown = first()
  if (shown === null) return
  const { scrollX, scrollY } = window
  shown.remove()
  window.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' })
}

/** A place in the document, in pixels from its top left, and what was typed there. */
export interface Early {
  left: number
  top: number
  text: string
}

/** Text that can be edited as soon as the editor is here. */
const waiting = '[data-editable="true"] .prose:not([contenteditable])'

export class EarlyKeys {
  #early: Early | null = null

  /** Begins to listen. */
  listen(target: Document): void {
    target.addEventListener('pointerdown', (event) => this.#point(event), true)
    target.addEventListener('keydown', (event) => this.#key(event), true)
  }

  /** What was typed until now, once. */
  take(): Early | null {
    const early = this.#early
    this.#early = null
    return early
  }

  #point(event: PointerEvent): void {
    const { target } = event
    const isText = target instanceof Element && target.closest(waiting) !== null
    this.#early =
      isText && target.closest('a') === null && event.button === 0
        ? { left: event.pageX, top: event.pageY, text: '' }
        : null
  }

  #key(event: KeyboardEvent): void {
    const early = this.#early
    if (early === null) return
    if (event.key === 'Escape' || event.key === 'Tab') {
      this.#early = null
      return
    }
    const text = withKey(early.text, event)
    if (text === null) return
    this.#early = { ...early, text }
    event.preventDefault()
  }
}

export const earlyKeys = new EarlyKeys()

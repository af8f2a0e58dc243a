/**
 * The page as the server sent it, before the application is here.
 *
 * It stands in the document until the screen of the same page has drawn it; then it gives way in one
 * step, so that nothing moves. Whoever has already clicked into title, answer or text and typed finds
 * those letters there.
 */
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

/** What somebody began to write before there was anything to write into. */
export interface Early {
  /** What it belongs to: `title`, `text`, or `field:` with the name of a field. */
  where: string
  /** The place that was pointed at, in pixels from the top left of the document. */
  left: number
  top: number
  /** How many letters of the title or the answer stand before it. */
  offset: number
  text: string
}

type Begun = Early & { field: HTMLTextAreaElement }

/** How many letters of an element stand before a point of the window; all, if that is not known. */
function lettersBefore(element: Element, x: number, y: number): number {
  const at = document.caretPositionFromPoint?.(x, y) ?? null
  if (at === null || !element.contains(at.offsetNode)) return Infinity
  const range = document.createRange()
  range.setStart(element, 0)
  range.setEnd(at.offsetNode, at.offset)
  return range.toString().length
}

/**
 * Keeps what is typed where `data-early` says that something can be written soon. A field of its own,
 * where the click was, takes it: only a field knows dead keys, input methods and the keyboards of
 * telephones.
 */
export class EarlyKeys {
  readonly #begun = new Map<string, Begun>()
  #composing: Promise<void> | null = null

  /** Begins to listen. */
  listen(target: HTMLElement): void {
    target.addEventListener('click', (event) => this.#click(event), true)
  }

  /** What was typed until now, once, what has the focus last; a composition is ended first. */
  async take(): Promise<Early[]> {
    await this.#composing
    const active = document.activeElement
    const begun = [...this.#begun.values()].filter(
      ({ field }) => field.value !== '' || field === active,
    )
    begun.sort((a, b) => Number(a.field === active) - Number(b.field === active))
    const early = begun.map(({ field, ...rest }) => ({ ...rest, text: field.value }))
    for (const { field } of this.#begun.values()) field.remove()
    this.#begun.clear()
    return early
  }

  #click(event: MouseEvent): void {
    const { target } = event
    if (!(target instanceof Element) || target.closest('a, button, summary, input') !== null) return
    const place = target.closest<HTMLElement>('[data-early]')
    const where = place?.dataset['early'] ?? ''
    // Whoever marks words reads them.
    if (place === null || where === '' || getSelection()?.isCollapsed === false) return
    const known = this.#begun.get(where)
    if (known !== undefined && known.field.value !== '') {
      known.field.focus({ preventScroll: true })
      return
    }
    known?.field.remove()
    const field = this.#field(event)
    const offset = lettersBefore(place, event.clientX, event.clientY)
    const { pageX: left, pageY: top } = event
    this.#begun.set(where, { where, left, top, offset, text: '', field })
    document.body.append(field)
    field.focus({ preventScroll: true })
  }

  #field({ pageX, pageY }: MouseEvent): HTMLTextAreaElement {
    const field = document.createElement('textarea')
    field.className = 'early'
    field.setAttribute('aria-label', document.title)
    field.style.left = `${pageX}px`
    field.style.top = `${pageY}px`
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.isComposing) return
      field.value = ''
      field.blur()
    })
    field.addEventListener('compositionstart', () => {
      this.#composing = new Promise((ended) => {
        const end = (): void => {
          this.#composing = null
          ended()
        }
        for (const last of ['compositionend', 'blur']) {
          field.addEventListener(last, end, { once: true })
        }
      })
    })
    return field
  }
}

export const earlyKeys = new EarlyKeys()

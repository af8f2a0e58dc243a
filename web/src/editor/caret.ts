/** How another person's caret looks: a line in their hue and a flag with their first name. */

/** How long a name is shown after its caret moved, in milliseconds. */
export const NAMED_FOR = 2000

export interface CaretLook {
  /** What the flag says. */
  name: string
  /** 1 to 6: the colour class `person-N`. */
  hue: number
}

/** Reads name and hue from an awareness state; null if there is nobody in it. */
export function caretLook(user: unknown): CaretLook | null {
  if (typeof user !== 'object' || user === null) return null
  const { name, hue } = user as { name?: unknown; hue?: unknown }
  if (typeof name !== 'string' || name === '') return null
  const known = typeof hue === 'number' && Number.isInteger(hue) && hue >= 1 && hue <= 6
  return { name: (name.split(/\s+/)[0] ?? name).slice(0, 40), hue: known ? hue : 1 }
}

export function caretElement(
  look: CaretLook,
  client: number,
  at: { named: boolean; atStart: boolean; atEnd: boolean },
): HTMLElement {
  const caret = document.createElement('span')
  caret.className = `cursor person person-${look.hue}`
  caret.classList.toggle('named', at.named)
  caret.classList.toggle('start', at.atStart)
  caret.classList.toggle('end', at.atEnd)
  caret.setAttribute('aria-hidden', 'true')
  caret.dataset['client'] = String(client)
  // The flag is drawn by the style sheet, so that the name is no part of the text.
  caret.dataset['name'] = look.name
  return caret
}

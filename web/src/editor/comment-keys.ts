/** The keys of comments, which the page hears before the text does. */

/** Ctrl+Alt+M, whatever sign the layout puts there. */
export function isCommentKey(event: KeyboardEvent): boolean {
  const plain = !event.shiftKey && !event.getModifierState('AltGraph')
  return plain && event.code === 'KeyM' && event.altKey && (event.ctrlKey || event.metaKey)
}

/** Alt+↓ is 1, Alt+↑ is -1. */
export function markStep(event: KeyboardEvent): 1 | -1 | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null
  if (event.key === 'ArrowDown') return 1
  return event.key === 'ArrowUp' ? -1 : null
}

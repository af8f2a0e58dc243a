/** The key that opens the overview of all keys. */

/**
 * F1, or Ctrl+/ wherever the layout has the slash. On a German keyboard that is Ctrl+Shift+7, which
 * within the text is the numbered list: there the text comes first and F1 is the way.
 */
export function isHelpKey(event: KeyboardEvent): boolean {
  if (event.altKey) return false
  const ctrl = event.ctrlKey || event.metaKey
  return event.key === 'F1' ? !ctrl && !event.shiftKey : event.key === '/' && ctrl
}

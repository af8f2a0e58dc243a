/** Types into a plain field at a place, as a hand would, and leaves the caret behind it. */
export function typeInto(field: HTMLTextAreaElement, at: number, text: string): void {
  field.focus()
  const place = Math.min(at, field.value.length)
  field.setSelectionRange(place, place)
  if (text === '') return
  field.setRangeText(text, place, place, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }))
}

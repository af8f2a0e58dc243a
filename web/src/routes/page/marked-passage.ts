/** The most characters of a passage that the server takes. */
const most = 2_000
/** Shorter passages tell too little to compare with. */
const least = 20

/** Whether a selection begins in the text of the page. */
export function isInText(selection: Selection | null): boolean {
  const node = selection?.anchorNode ?? null
  const at = node instanceof Element ? node : node?.parentElement
  return (at?.closest('.ProseMirror, .prose') ?? null) !== null
}

/** What is marked in the text of the page; empty if it is nothing, little, or somewhere else. */
export function markedPassage(selection: Selection | null = document.getSelection()): string {
  if (selection === null || selection.isCollapsed || !isInText(selection)) return ''
  const text = selection.toString().trim()
  return text.length < least ? '' : [...text].slice(0, most).join('')
}

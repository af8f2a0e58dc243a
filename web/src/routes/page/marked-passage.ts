/** The most characters of a passage that the server takes. */
const most = 2_000
/** Shorter passages tell too little to compare with. */
const least = 20

/** What is marked in the text of the page; empty if it is nothing, little, or somewhere else. */
export function markedPassage(selection: Selection | null = document.getSelection()): string {
  const node = selection?.anchorNode ?? null
  const at = node instanceof Element ? node : node?.parentElement
  const text = selection?.toString().trim() ?? ''
  if (!at?.closest('.ProseMirror, .prose') || text.length < least) return ''
  return [...text].slice(0, most).join('')
}

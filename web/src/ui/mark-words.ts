/**
 * Words marked on the screen without touching the elements: by the browser's custom highlights, so
 * that a text stays as the editor drew it.
 */

/** The name in the style sheet: `::highlight(found)`. */
const name = 'found'
/** Questions, names of fields and buttons are the form's words, not the page's. */
const formWords = '.q, label, legend, button, .vh'
/** More places are not marked. */
const mostPlaces = 500

/** The places of `words` in the texts below `root`, each as a whole word whatever its case. */
export function wordRanges(root: Node, words: readonly string[]): Range[] {
  const escaped = words
    .filter((word) => word.trim() !== '')
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .sort((a, b) => b.length - a.length)
  if (escaped.length === 0) return []
  const letter = String.raw`[\p{L}\p{N}]`
  const pattern = new RegExp(`(?<!${letter})(?:${escaped.join('|')})(?!${letter})`, 'giu')
  const ranges: Range[] = []
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    if (node.parentElement?.closest(formWords)) continue
    for (const match of (node.nodeValue ?? '').matchAll(pattern)) {
      if (ranges.length >= mostPlaces) return ranges
      const range = document.createRange()
      range.setStart(node, match.index)
      range.setEnd(node, match.index + match[0].length)
      ranges.push(range)
    }
  }
  return ranges
}

/** Marks `words` below `root` and keeps them marked while the text changes; ends with the returned. */
export function markWords(
  root: HTMLElement,
  words: readonly string[],
  onmarked: (places: readonly Range[]) => void,
): () => void {
  // Browsers without custom highlights show the page unmarked.
  const highlights = typeof CSS !== 'undefined' && 'highlights' in CSS ? CSS.highlights : null
  let frame = 0
  const mark = (): void => {
    frame = 0
    const places = wordRanges(root, words)
    highlights?.set(name, new Highlight(...places))
    onmarked(places)
  }
  const later = (): void => {
    frame ||= requestAnimationFrame(mark)
  }
  const changes = new MutationObserver(later)
  changes.observe(root, { subtree: true, childList: true, characterData: true })
  later()
  return () => {
    changes.disconnect()
    cancelAnimationFrame(frame)
    highlights?.delete(name)
  }
}

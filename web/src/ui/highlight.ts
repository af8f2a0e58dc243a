/** Marks what was typed inside a title: compared without case and accents, shown as written. */

export interface Part {
  text: string
  hit: boolean
}

/** Splits `text` into parts; those that contain a word of `typed` are hits. */
export function highlight(text: string, typed: string): Part[] {
  const words = fold(typed)
    .split(/\s+/)
    .filter((word) => word !== '')
  // Folding one letter gives one letter or none, so positions are mapped back one by one.
  const letters = [...text]
  const folded = letters.map((letter) => fold(letter))
  const starts: number[] = []
  let joined = ''
  folded.forEach((letter, index) => {
    for (let i = 0; i < letter.length; i += 1) starts.push(index)
    joined += letter
  })
  const marked = new Set<number>()
  for (const word of words) {
    for (let at = joined.indexOf(word); at >= 0; at = joined.indexOf(word, at + 1)) {
      for (let i = at; i < at + word.length; i += 1) marked.add(starts[i] ?? -1)
    }
  }
  return grouped(letters, marked)
}

function grouped(letters: readonly string[], marked: ReadonlySet<number>): Part[] {
  const parts: Part[] = []
  letters.forEach((letter, index) => {
    const hit = marked.has(index)
    const last = parts.at(-1)
    if (last !== undefined && last.hit === hit) last.text += letter
    else parts.push({ text: letter, hit })
  })
  return parts
}

function fold(text: string): string {
  return text.toLowerCase().replace(/ß/g, 'ss').normalize('NFD').replace(/\p{M}/gu, '')
}

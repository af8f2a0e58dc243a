/** What a page made of a passage could be called: its heading, its question or its first sentence. */
import type { Node as DocumentNode } from '@tiptap/pm/model'

/** Longer titles are cut where a thought ends. */
const LONGEST = 80
/** Before that a part is too short to say anything. */
const SHORTEST = 25

/** Dots behind these end no sentence. */
const ABBREVIATIONS =
  /(?:^|[\s(])(?:\p{L}|\d+|Abs|Art|bzw|ca|Dr|etc|evtl|ggf|inkl|max|min|Mio|Nr|Prof|rd|sog|St|Std|Str|Tel|usw|vgl|zzgl)\.$/u

/** The words of a line; links by their label or what they are called, without footnotes. */
function wordsOf(line: DocumentNode, titleOf: (page: string) => string): string {
  let words = ''
  line.forEach((node) => {
    if (node.isText) words += node.text ?? ''
    else if (node.type.name === 'hardBreak') words += ' '
    else if (node.type.name === 'pageLink') {
      const { page, label } = node.attrs as { page: string; label: string | null }
      words += label ?? titleOf(page)
    }
  })
  return words.replace(/\s+/g, ' ').trim()
}

function firstSentence(words: string): string {
  for (const end of words.matchAll(/[.!?…]+[“”"')\]]*(?=\s)/gu)) {
    const sentence = words.slice(0, end.index + end[0].length)
    const next = words.slice(sentence.length).trimStart()
    if (!ABBREVIATIONS.test(sentence) && !/^\p{Ll}/u.test(next)) return sentence
  }
  return words
}

/** Not longer than a title is read: up to a comma or dash if there is one, else up to a word. */
function shortened(words: string): string {
  if (words.length <= LONGEST) return words
  const start = words.slice(0, LONGEST)
  const parts = [...start.matchAll(/[,;:]\s|\s[–—-]\s/gu)].map(({ index }) => index)
  const end = parts.find((index) => index >= SHORTEST)
  if (end !== undefined) return start.slice(0, end)
  const space = start.lastIndexOf(' ')
  return `${start.slice(0, space >= SHORTEST ? space : LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** The title that is proposed; empty where the passage has no words. */
export function proposedTitle(
  blocks: readonly DocumentNode[],
  titleOf: (page: string) => string,
): string {
  for (const block of blocks) {
    if (!block.isTextblock) {
      const found = proposedTitle(block.children, titleOf)
      if (found !== '') return found
      continue
    }
    const words =
      block.type.name === 'codeBlock'
        ? (block.textContent.trim().split('\n')[0] ?? '')
        : wordsOf(block, titleOf)
    if (words === '') continue
    const whole = block.type.name === 'heading' ? words : firstSentence(words)
    return shortened(whole).replace(/[.:,;]+$/u, '')
  }
  return ''
}

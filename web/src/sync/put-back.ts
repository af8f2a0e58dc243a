/** Puts words back that went with their block, where what stood around them stands now. */
import * as Y from 'yjs'

/** Words, and what stood before and after them in their block. */
export interface Words {
  text: string
  before: string
  after: string
}

/** How much of what stood around them has to stand there still, tried in this order. */
const NEARNESS = [100, 40, 16, 8]

/** So many letters stand in one place only. */
const TELLING = 16

/** Where words belong now. */
interface Place {
  text: Y.XmlText
  at: number
}

/**
 * Writes the words into the text; says whether their place was found. Where it is gone they become
 * a paragraph at the end.
 */
export function putBack(doc: Y.Doc, words: Words, origin: unknown): boolean {
  const body = doc.getXmlFragment('body')
  const place = placeOf(body, words)
  doc.transact(() => {
    if (place !== null) {
      place.text.insert(place.at, words.text)
      return
    }
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(words.text.trim())])
    body.insert(body.length, [paragraph])
  }, origin)
  return place !== null
}

function placeOf(body: Y.XmlFragment, { before, after }: Words): Place | null {
  const texts = textsIn(body)
  // Between both neighbours; else behind the one before, else in front of the one after.
  const sides = [
    (near: number) => [before.slice(-near), after.slice(0, near)] as const,
    (near: number) => [before.slice(-near), ''] as const,
    (near: number) => ['', after.slice(0, near)] as const,
  ]
  for (const side of sides) {
    for (const near of NEARNESS) {
      const [left, right] = side(near)
      if (left === '' && right === '') continue
      for (const text of texts) {
        const words = wordsOf(text)
        const at = words.indexOf(left + right)
        if (at === -1) continue
        // A few letters stand in many places; if they are all of a block, they say enough.
        const isTelling = left.length + right.length >= TELLING
        if (isTelling || words === before + after) return { text, at: at + left.length }
      }
    }
  }
  return null
}

function textsIn(parent: Y.XmlFragment): Y.XmlText[] {
  return parent.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return [child]
    return child instanceof Y.XmlElement ? textsIn(child) : []
  })
}

/** The letters of a text, one for each of its places. */
function wordsOf(text: Y.XmlText): string {
  const parts = text.toDelta() as { insert: unknown }[]
  return parts.map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc')).join('')
}

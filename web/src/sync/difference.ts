/** How two states of a page differ, in words: what one reads before one takes it over. */
import { diffArrays } from 'diff'
import * as Y from 'yjs'

/** A place where the two differ. */
export interface Difference {
  /** The title, the text, or the name of a field. */
  place: { kind: 'title' } | { kind: 'text' } | { kind: 'field'; name: string }
  /** Empty where nothing stood. */
  before: string
  /** Empty where nothing is left; as `before` where only the form is another, such as bold. */
  after: string
  /** The block of the text that `after` is, counted from 0. */
  block?: number
}

const FIELD = 'text:'

/** The text of a block; a link to a page, which has no letters of its own, is an arrow. */
export function textOf(node: unknown): string {
  if (node instanceof Y.XmlText) {
    const parts = node.toDelta() as { insert: unknown }[]
    return parts.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
  }
  if (!(node instanceof Y.XmlElement)) return ''
  if (node.nodeName === 'pageLink') return '↗'
  const children = node.toArray()
  const inline = children.some((child) => child instanceof Y.XmlText)
  return children
    .map(textOf)
    .filter((text) => inline || text !== '')
    .join(inline ? '' : '\n')
}

/** A block as one reads it, and everything that is said of it: marks, attributes, kind. */
interface Block {
  text: string
  whole: string
}

/** The text, block by block. */
export function blocksOf(doc: Y.Doc): Block[] {
  const blocks = doc.getXmlFragment('body').toArray()
  return blocks.map((block) => ({ text: textOf(block), whole: wholeOf(block) }))
}

/** Everything that is said of a node, in a form to be compared. */
function wholeOf(node: unknown): string {
  if (node instanceof Y.XmlText) return JSON.stringify(node.toDelta())
  if (!(node instanceof Y.XmlElement)) return ''
  const attributes = Object.entries(node.getAttributes()).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([node.nodeName, attributes, node.toArray().map(wholeOf)])
}

/** What changes when `before` becomes `after`: the title, the fields, then the text in its order. */
export function differences(before: Y.Doc, after: Y.Doc): Difference[] {
  const found: Difference[] = []
  const compare = (place: Difference['place'], name: string): void => {
    const [was, is] = [before.getText(name).toString(), after.getText(name).toString()]
    if (was !== is) found.push({ place, before: was, after: is })
  }
  compare({ kind: 'title' }, 'title')
  const fields = new Set([...before.share.keys(), ...after.share.keys()])
  for (const name of [...fields].filter((root) => root.startsWith(FIELD)).sort()) {
    compare({ kind: 'field', name: name.slice(FIELD.length) }, name)
  }
  found.push(...valueDifferences(before, after))
  found.push(...blockDifferences(blocksOf(before), blocksOf(after)))
  return found
}

/** Chosen and counted answers have no words here: each is named by its field alone. */
function valueDifferences(before: Y.Doc, after: Y.Doc): Difference[] {
  const [was, is] = [before.getMap('values').toJSON(), after.getMap('values').toJSON()]
  const paths = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort()
  const shown = (path: string, value: unknown): string => {
    const [, choice] = path.split('=')
    if (value === undefined) return ''
    return choice ?? String(value)
  }
  return paths
    .filter((path) => was[path] !== is[path])
    .map((path) => ({
      place: { kind: 'field', name: path.split('=')[0] ?? path },
      before: shown(path, was[path]),
      after: shown(path, is[path]),
    }))
}

/** Blocks taken away and blocks put in their place, paired as far as they go. */
export function blockDifferences(before: readonly Block[], after: readonly Block[]): Difference[] {
  const found: Difference[] = []
  let gone: readonly Block[] = []
  let at = 0
  const flush = (come: readonly Block[]): void => {
    for (let pair = 0; pair < Math.max(gone.length, come.length); pair += 1) {
      const [was, is] = [gone[pair]?.text ?? '', come[pair]?.text ?? '']
      const block = pair < come.length ? { block: at + pair } : {}
      found.push({ place: { kind: 'text' }, before: was, after: is, ...block })
    }
    gone = []
  }
  for (const { removed, added, value } of diffArrays([...before], [...after], {
    comparator: (one, other) => one.whole === other.whole,
  })) {
    if (removed) {
      gone = value
      continue
    }
    flush(added ? value : [])
    at += value.length
  }
  flush([])
  return found
}

/** A document of its own that holds what this one does. */
export function cloneOf(doc: Y.Doc): Y.Doc {
  const clone = new Y.Doc()
  Y.applyUpdate(clone, Y.encodeStateAsUpdate(doc))
  return clone
}

/** Which blocks hold letters that this client wrote since its clock stood at `since`. */
export function ownBlocks(doc: Y.Doc, since: number): number[] {
  const wrote = (item: Y.Item | null): boolean => {
    for (let next = item; next !== null; next = next.right) {
      if (next.deleted) continue
      const { client, clock } = next.id
      if (client === doc.clientID && clock + next.length > since) return true
      if (next.content instanceof Y.ContentType && wrote(next.content.type._start)) return true
    }
    return false
  }
  const blocks = doc.getXmlFragment('body').toArray()
  return blocks.flatMap((block, at) => {
    const item = block._item
    const isNew =
      item !== null && item.id.client === doc.clientID && item.id.clock + item.length > since
    return isNew || wrote(block._start) ? [at] : []
  })
}

/** A document with nothing but these blocks of another one: what a new page begins with. */
export function copyOf(doc: Y.Doc, blocks: readonly number[]): Y.Doc {
  const copy = new Y.Doc()
  const all = doc.getXmlFragment('body').toArray()
  const wanted = blocks.flatMap((at) => all[at] ?? [])
  const clones = wanted.map((block) => block.clone() as Y.XmlElement | Y.XmlText)
  copy.getXmlFragment('body').insert(0, clones)
  return copy
}

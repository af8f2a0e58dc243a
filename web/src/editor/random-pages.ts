/**
 * Test support: random page documents and random edits, from a seed, over everything the schema
 * file allows. Edits are made on the Y types directly, as a foreign client would make them.
 */
import * as Y from 'yjs'

import pageSchema from '../../../data/schema/page.json'

interface AttributeRule {
  type: string
  format?: string
  choices?: string[]
  min?: number
  max?: number
  count?: number
}
type AttributeValue = string | number | boolean | number[]
interface NodeRule {
  groups: string[]
  content: string[]
  text?: boolean
  attributes?: Record<string, AttributeRule>
}

const RULES = pageSchema.nodes as Record<string, NodeRule>
const MARKS = pageSchema.marks as Record<string, { attributes?: Record<string, AttributeRule> }>
const WORDS = ['Kita', ' ', 'Früh', '👩‍👧', 'Akteur*innen', 'ß', '\u00a0', 'a', 'Wir hören zu. ']

/** A reproducible source of numbers (mulberry32). */
export class Random {
  #state: number
  constructor(seed: number) {
    this.#state = seed >>> 0
  }
  /** A number from 0 up to but not including 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  /** A whole number from 0 to `bound - 1`. */
  below(bound: number): number {
    return Math.floor(this.next() * bound)
  }
  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T
  }
}

function namesFor(content: readonly string[]): string[] {
  return Object.entries(RULES)
    .filter(([name, rule]) => content.some((part) => part === name || rule.groups.includes(part)))
    .map(([name]) => name)
}

function attributeValue(random: Random, rule: AttributeRule): AttributeValue {
  const whole = (): number =>
    (rule.min ?? 0) + random.below(Math.min((rule.max ?? 9) - (rule.min ?? 0) + 1, 50))
  if (rule.type === 'integer') return whole()
  if (rule.type === 'integers') return Array.from({ length: 1 + random.below(3) }, whole)
  if (rule.type === 'boolean') return random.next() < 0.5
  if (rule.choices !== undefined) return random.pick(rule.choices)
  if (rule.format === 'date') return `2024-0${1 + random.below(9)}-1${random.below(9)}`
  if (rule.format === 'month') return `2024-0${1 + random.below(9)}`
  if (rule.format === 'page-id') return `01h8xgjwbwbaq4z5v6y7t8r9q${random.pick(['a', 'b', 'c'])}`
  if (rule.format === 'href') return `https://example.org/${random.below(9)}`
  return random.pick(WORDS)
}

/** Yjs stores any plain value; its types speak of strings. */
function setAttribute(node: Y.XmlElement, key: string, value: AttributeValue): void {
  node.setAttribute(key, value as string)
}

function element(random: Random, name: string, depth: number): Y.XmlElement {
  const rule = RULES[name]
  if (rule === undefined) throw new Error(`no rule for ${name}`)
  const node = new Y.XmlElement(name)
  for (const [key, attribute] of Object.entries(rule.attributes ?? {})) {
    // Attributes may be missing: whoever wrote them may have been undone.
    if (random.next() < 0.9) setAttribute(node, key, attributeValue(random, attribute))
  }
  const children: (Y.XmlElement | Y.XmlText)[] = []
  if (rule.text === true && random.next() < 0.8) {
    children.push(new Y.XmlText(random.pick(WORDS) + random.pick(WORDS)))
  }
  if (depth < 4) {
    const names = namesFor(rule.content)
    for (let count = names.length === 0 ? 0 : random.below(3); count > 0; count -= 1) {
      children.push(element(random, random.pick(names), depth + 1))
    }
  }
  node.insert(0, children)
  return node
}

function marks(random: Random): Record<string, unknown> {
  const name = random.pick(Object.keys(MARKS))
  if (random.next() < 0.2) return { [name]: null }
  const attributes = Object.entries(MARKS[name]?.attributes ?? {}).map(([key, rule]) => [
    key,
    attributeValue(random, rule),
  ])
  // The binding's way of naming a mark that may overlap itself is valid in a document, too.
  const stored = random.next() < 0.1 ? `${name}--aB3+/9x=` : name
  return { [stored]: Object.fromEntries(attributes) as unknown }
}

function all(fragment: Y.XmlFragment, into: (Y.XmlFragment | Y.XmlText)[] = [fragment]) {
  for (const child of fragment.toArray()) {
    if (child instanceof Y.XmlText) into.push(child)
    else if (child instanceof Y.XmlElement) {
      into.push(child)
      all(child, into)
    }
  }
  return into
}

function editText(random: Random, text: Y.XmlText): void {
  const at = random.below(text.length + 1)
  const rest = text.length - at
  const choice = random.below(3)
  if (choice === 0 || rest === 0) text.insert(at, random.pick(WORDS))
  else if (choice === 1) text.delete(at, 1 + random.below(rest))
  else text.format(at, 1 + random.below(rest), marks(random))
}

function editElement(random: Random, node: Y.XmlFragment): void {
  const rule: NodeRule | undefined =
    node instanceof Y.XmlElement
      ? RULES[node.nodeName]
      : { groups: [], content: pageSchema.body.content }
  if (rule === undefined) return
  const choice = random.below(4)
  if (choice === 0 && node.length > 0) {
    node.delete(random.below(node.length), 1)
  } else if (choice === 1 && node instanceof Y.XmlElement && rule.attributes !== undefined) {
    const [key, attribute] = random.pick(Object.entries(rule.attributes))
    if (random.next() < 0.3) node.removeAttribute(key)
    else setAttribute(node, key, attributeValue(random, attribute))
  } else if (choice === 2 && rule.text === true) {
    node.insert(random.below(node.length + 1), [new Y.XmlText(random.pick(WORDS))])
  } else {
    const names = namesFor(rule.content)
    if (names.length > 0) {
      node.insert(random.below(node.length + 1), [element(random, random.pick(names), 3)])
    }
  }
}

/** Makes one random edit that the schema file allows. */
export function edit(random: Random, doc: Y.Doc): void {
  const target = random.pick(all(doc.getXmlFragment('body')))
  if (target instanceof Y.XmlText) editText(random, target)
  else editElement(random, target)
}

/** A new random document with one of each kind of node within reach. */
export function randomPage(random: Random, clientId: number): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = clientId
  const names = namesFor(pageSchema.body.content)
  const body = doc.getXmlFragment('body')
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    body.push([element(random, random.pick(names), 1)])
  }
  return doc
}

/** Two or three people edit the same page apart from each other; returns the merged document. */
export function randomMerge(seed: number): Y.Doc {
  const random = new Random(seed)
  const base = Y.encodeStateAsUpdate(randomPage(random, 1))
  const updates = [base]
  for (let peer = 2; peer < 4 + random.below(2); peer += 1) {
    const doc = new Y.Doc()
    doc.clientID = peer
    Y.applyUpdate(doc, base)
    for (let edits = 1 + random.below(5); edits > 0; edits -= 1) edit(random, doc)
    updates.push(Y.encodeStateAsUpdate(doc))
  }
  const merged = new Y.Doc()
  for (const update of updates) Y.applyUpdate(merged, update)
  return merged
}

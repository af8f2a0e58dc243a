/**
 * Which stored text this version must not edit. y-tiptap deletes, for everybody, an element that the
 * schema does not take where it stands, and takes away attributes that it does not know, as soon as
 * it draws the one or writes the other. So a text is edited only if all of it is what the schema file
 * says: names, places, depth, attributes and marks with their values. Everything else is read.
 */
import * as Y from 'yjs'

import pageSchema from '../../../data/schema/page.json'
import { schemaVersion } from '../schema'
import { allFit, isPlain, type AttributeRules } from '../schema/fits'

interface Rule {
  /** The nodes that may stand inside. */
  children: ReadonlySet<string>
  text: boolean
  attributes: AttributeRules
}
interface NodeEntry {
  groups: readonly string[]
  content: readonly string[]
  text?: boolean
  attributes?: AttributeRules
}

const NODES = Object.entries(pageSchema.nodes as Record<string, NodeEntry>)

function namesOf(content: readonly string[]): ReadonlySet<string> {
  const fits = ([name, { groups }]: [string, NodeEntry]): boolean =>
    content.some((part) => part === name || groups.includes(part))
  return new Set(NODES.filter(fits).map(([name]) => name))
}

const RULES: ReadonlyMap<string, Rule> = new Map(
  NODES.map(([name, { content, text, attributes }]) => [
    name,
    { children: namesOf(content), text: text === true, attributes: attributes ?? {} },
  ]),
)
const BODY: Rule = { children: namesOf(pageSchema.body.content), text: false, attributes: {} }
const MARKS: ReadonlyMap<string, AttributeRules> = new Map(
  Object.entries(pageSchema.marks as Record<string, { attributes?: AttributeRules }>).map(
    ([name, { attributes }]) => [name, attributes ?? {}],
  ),
)
/** What y-tiptap puts behind the name of a mark that may overlap itself. */
const HASH = /--[a-zA-Z0-9+/=]{8}$/

function isKnownMark([name, value]: [string, unknown]): boolean {
  const rules = MARKS.get(name) ?? MARKS.get(name.replace(HASH, ''))
  if (rules === undefined || typeof value !== 'object' || value === null) return false
  return !Array.isArray(value) && allFit(rules, value as Record<string, unknown>)
}

interface Piece {
  insert: unknown
  attributes?: Record<string, unknown>
}

function isForeignText(text: Y.XmlText): boolean {
  if (Object.keys(text.getAttributes()).length > 0) return true
  let length = 0
  for (const { insert, attributes = {} } of text.toDelta() as Piece[]) {
    if (typeof insert !== 'string') return true
    length += insert.length
    if (!isPlain(attributes) || !Object.entries(attributes).every(isKnownMark)) return true
  }
  // What is neither words nor a thing among them is passed over here, but counts.
  return length !== text.length
}

/** Whether there is something foreign among what stands in an element of this depth. */
function holdsForeign(holder: Y.XmlFragment, rule: Rule, depth: number): boolean {
  return (holder.toArray() as unknown[]).some((child) => {
    if (child instanceof Y.XmlText) return !rule.text || isForeignText(child)
    if (!(child instanceof Y.XmlElement)) return true
    return !rule.children.has(child.nodeName) || isForeignElement(child, depth + 1)
  })
}

function isForeignElement(element: Y.XmlElement, depth: number): boolean {
  const rule = RULES.get(element.nodeName)
  if (rule === undefined || depth > pageSchema.limits.depth) return true
  const attributes = element.getAttributes() as Record<string, unknown>
  return !allFit(rule.attributes, attributes) || holdsForeign(element, rule, depth)
}

/** How many elements an element stands in, itself counted. */
function depthOf(element: Y.XmlElement): number {
  let depth = 1
  let parent = element.parent as unknown
  while (parent instanceof Y.XmlElement) {
    depth += 1
    parent = parent.parent
  }
  return depth
}

/** Whether a part of the text (all of it, an element or a line of words) holds something foreign. */
export function hasForeignContent(part: Y.XmlFragment | Y.XmlText): boolean {
  if (part instanceof Y.XmlText) return isForeignText(part)
  if (part instanceof Y.XmlElement) return isForeignElement(part, depthOf(part))
  return holdsForeign(part, BODY, 0)
}

/** Whether title or fields hold anything but letters, so that a place in them would not be one. */
function hasForeignWords(doc: Y.Doc): boolean {
  const names = [...doc.share.keys()].filter((name) => name === 'title' || /^text:/.test(name))
  return names.some((name) => {
    const text = doc.getText(name)
    return text.length !== text.toString().length
  })
}

/** Whether the page holds what this version cannot edit: it may be read, not opened to edit. */
export function isFromNewerVersion(doc: Y.Doc): boolean {
  const version: unknown = doc.getMap('meta').get('schema')
  if (typeof version === 'number' && version > schemaVersion) return true
  return hasForeignWords(doc) || hasForeignContent(doc.getXmlFragment('body'))
}

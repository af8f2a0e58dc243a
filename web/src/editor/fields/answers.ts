/**
 * The answers of a page by path: the name of a field, or `NAME/ITEM/PART` for a part of a list's
 * entry. They come from the page as it was read, or from its live document.
 */
import type * as Y from 'yjs'

import { isText, type FieldSpec } from './spec'

export type Scalar = string | number | boolean

export interface Answers {
  /** A text; empty if nothing is written. */
  text: (path: string) => string
  /** One value, null if there is none. */
  value: (path: string) => Scalar | null
  /** The choices of a set, sorted. */
  chosen: (path: string) => readonly string[]
  /** The items of a list, in order. An entry is there as long as anything of it is. */
  items: (name: string) => readonly string[]
}

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** The place of an entry: its order, and its item where two stand at one place. */
function sorted(items: ReadonlyMap<string, string | null>): string[] {
  // Without a place an entry comes last.
  const place = (order: string | null): string => order ?? '~'
  return [...items]
    .sort(([a, one], [b, two]) => {
      const [first, second] = [`${place(one)} ${a}`, `${place(two)} ${b}`]
      return first < second ? -1 : 1
    })
    .map(([item]) => item)
}

/** The answers in a live document, as it is at the moment. */
export function documentAnswers(doc: Y.Doc): Answers {
  const values = doc.getMap('values')
  return {
    text: (path) => doc.getText(`text:${path}`).toString(),
    value(path) {
      const value = values.get(path)
      return isScalar(value) && value !== '' ? value : null
    },
    chosen: (path) =>
      [...values.keys()]
        .filter((key) => key.startsWith(`${path}=`) && values.get(key) === true)
        .map((key) => key.slice(path.length + 1))
        .sort(),
    items: (name) => sorted(itemsOf(doc, values, name)),
  }
}

function itemsOf(doc: Y.Doc, values: Y.Map<unknown>, name: string): Map<string, string | null> {
  const items = new Map<string, string | null>()
  const note = (path: string): void => {
    const [item, part] = path.slice(name.length + 1).split('/')
    if (item === undefined || part === undefined || !path.startsWith(`${name}/`)) return
    if (!items.has(item)) items.set(item, null)
  }
  for (const key of values.keys()) note(key.split('=')[0] ?? key)
  for (const root of doc.share.keys()) {
    if (root.startsWith(`text:${name}/`) && doc.getText(root).length > 0) note(root.slice(5))
  }
  for (const item of items.keys()) {
    const order = values.get(`${name}/${item}/order`)
    if (typeof order === 'string') items.set(item, order)
  }
  return items
}

/** The answers of a page as the server gave it. */
export function pageAnswers(fields: Record<string, unknown>, specs: readonly FieldSpec[]): Answers {
  const texts = new Map<string, string>()
  const values = new Map<string, Scalar>()
  const sets = new Map<string, readonly string[]>()
  const lists = new Map<string, string[]>()
  const note = (spec: FieldSpec, path: string, value: unknown): void => {
    if (Array.isArray(value) && spec.type === 'list') {
      const items = value.map((entry: unknown, index) => noteEntry(spec, path, index, entry))
      lists.set(path, items)
    } else if (Array.isArray(value)) {
      sets.set(
        path,
        value.filter((id) => typeof id === 'string'),
      )
    } else if (typeof value === 'object' && value !== null && spec.type === 'criteria') {
      sets.set(path, Object.keys(value))
      for (const [choice, words] of Object.entries(value)) {
        if (typeof words === 'string') texts.set(`${path}/${choice}`, words)
      }
    } else if (typeof value === 'string' && isText(spec.type)) texts.set(path, value)
    else if (isScalar(value)) values.set(path, value)
  }
  const noteEntry = (spec: FieldSpec, path: string, index: number, entry: unknown): string => {
    const parts = (typeof entry === 'object' && entry !== null ? entry : {}) as {
      [part: string]: unknown
    }
    const item = typeof parts['id'] === 'string' ? parts['id'] : String(index)
    for (const part of spec.parts) note(part, `${path}/${item}/${part.name}`, parts[part.name])
    return item
  }
  for (const spec of specs) note(spec, spec.name, fields[spec.name])
  return {
    text: (path) => texts.get(path) ?? '',
    value: (path) => values.get(path) ?? null,
    chosen: (path) => sets.get(path) ?? [],
    items: (name) => lists.get(name) ?? [],
  }
}

/** The criteria that somebody chose or wrote about, in the order of the choices. */
export function metCriteria(spec: FieldSpec, answers: Answers): readonly string[] {
  const chosen = answers.chosen(spec.name)
  const known = spec.choices.map(({ id }) => id)
  const written = (id: string): boolean => answers.text(`${spec.name}/${id}`).trim() !== ''
  return known.filter((id) => chosen.includes(id) || written(id))
}

/** Whether there is an answer to show. */
export function isAnswered(spec: FieldSpec, path: string, answers: Answers): boolean {
  switch (spec.type) {
    case 'many':
    case 'page_links':
      return answers.chosen(path).length > 0
    case 'criteria':
      return metCriteria(spec, answers).length > 0
    case 'list':
      return answers.items(path).length > 0
    default:
      return isText(spec.type) ? answers.text(path).trim() !== '' : answers.value(path) !== null
  }
}

/** Calls back after every change of an answer; returns what ends it. */
export function watchAnswers(doc: Y.Doc, onchange: () => void): () => void {
  const look = (transaction: Y.Transaction): void => {
    for (const [name, type] of doc.share) {
      const isField = name === 'values' || name.startsWith('text:')
      if (isField && transaction.changed.has(type)) {
        onchange()
        return
      }
    }
  }
  doc.on('afterTransaction', look)
  return () => doc.off('afterTransaction', look)
}

/**
 * What a document says, in a form that does not depend on how it came about: roots of text, values by
 * key, the tree of the body with sorted attributes, and texts as runs of equal marks. The program in
 * `tests/honest` of the repository writes the same from yrs.
 */
import * as Y from 'yjs'

type Plain = string | number | boolean | null | undefined | object

/** JSON with sorted keys. */
export function canonical(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map((part: Plain) => canonical(part)).join(',')}]`
  if (value === null || value === undefined) return 'null'
  if (typeof value !== 'object') return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  const parts = keys.map((key) => `${JSON.stringify(key)}:${canonical((value as never)[key])}`)
  return `{${parts.join(',')}}`
}

function text(shared: Y.XmlText): string {
  const runs: [string, string][] = []
  for (const { insert, attributes } of shared.toDelta() as {
    insert: unknown
    attributes?: object
  }[]) {
    const words = typeof insert === 'string' ? insert : '\ufffc'
    const marks = canonical(attributes ?? {})
    const last = runs.at(-1)
    if (last?.[1] === marks) last[0] += words
    else runs.push([words, marks])
  }
  return runs.map(([words, marks]) => `"${words}"${marks}`).join('')
}

function node(shared: unknown): string {
  if (shared instanceof Y.XmlText) return `(${text(shared)})`
  if (!(shared instanceof Y.XmlElement)) return '?'
  const children = shared.toArray().map(node).join('')
  return `<${shared.nodeName} ${canonical(shared.getAttributes())}>${children}</>`
}

/** The names of the roots that hold text. */
export const TEXTS = [
  'title',
  'text:summary',
  'text:criteria/setting',
  ...['a', 'b', 'c'].map((item) => `text:team/${item.repeat(12)}/role`),
]

export function reading(doc: Y.Doc): string {
  const texts = TEXTS.map((name) => `${name}: ${doc.getText(name).toJSON()}`)
  const map = (name: string): string => `${name}: ${canonical(doc.getMap(name).toJSON())}`
  const body = doc.getXmlFragment('body').toArray().map(node).join('')
  return [...texts, map('values'), map('meta'), body].join('\n')
}

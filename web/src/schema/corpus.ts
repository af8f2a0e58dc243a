/** Test support: the conversion corpus (`tests/corpus/README.md`). */
import pageSchema from '../../../data/schema/page.json'
import titleFile from '../../../tests/corpus/titles.json'

export interface Tree {
  type: string
  text?: string
  attrs?: Record<string, unknown>
  content?: Tree[]
  marks?: { type: string; attrs?: Record<string, unknown> }[]
}

const trees = byFolder(
  import.meta.glob<string>('../../../tests/corpus/*/tree.json', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)
const texts = byFolder(
  import.meta.glob<string>('../../../tests/corpus/*/tree.txt', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)
const pages = byFolder(
  import.meta.glob<string>('../../../tests/corpus/*/tree.html', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)
export const MARKS = Object.keys(pageSchema.marks)

/** Nodes that the schema does not allow; only readers of stored documents know them. */
const FOREIGN = /^(unknown|misplaced)-/

/** All cases that a document of the schema can hold. */
export const names = [...trees.keys()].filter((name) => !FOREIGN.test(name)).sort()
/** Those that none can hold. */
export const foreignNames = [...trees.keys()].filter((name) => FOREIGN.test(name)).sort()
/** The titles of the pages that the reader has access to. */
export const titles: Readonly<Record<string, string>> = titleFile

/** Files by the name of their folder. */
function byFolder(found: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(found).map(([path, text]) => [path.split('/').at(-2) ?? '', text]))
}

export function treeOf(name: string): Tree {
  return JSON.parse(trees.get(name) ?? '') as Tree
}

/** The case as plain text. */
export function textOf(name: string): string | undefined {
  return texts.get(name)?.replace(/\n$/, '')
}

/** The case as HTML for reading. */
export function htmlOf(name: string): string {
  return pages.get(name)?.replace(/\n$/, '') ?? ''
}

/** What the README calls equal: without empty lists and nulls, marks in the order of the schema. */
export function comparable({ type, text, attrs, content, marks }: Tree): Tree {
  const given = Object.entries(attrs ?? {}).filter(([, value]) => value !== null)
  const sorted = (marks ?? [])
    .map((mark) => ({ type: mark.type, attrs: { ...mark.attrs } }))
    .sort((a, b) => MARKS.indexOf(a.type) - MARKS.indexOf(b.type))
  return {
    type,
    ...(text === undefined ? {} : { text }),
    ...(given.length === 0 ? {} : { attrs: Object.fromEntries(given) }),
    ...(content === undefined || content.length === 0 ? {} : { content: content.map(comparable) }),
    ...(sorted.length === 0 ? {} : { marks: sorted }),
  }
}

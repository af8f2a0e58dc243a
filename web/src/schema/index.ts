/** The page's schema as TipTap extensions: nodes and marks only, no keys, no views, no network. */
import type { Extensions } from '@tiptap/core'

import { CodeBlock } from './code-block'
import { Footnote } from './footnote'
import { frameNodes } from './frames'
import { Bold, Code, Highlight, Italic, Link, Strike, Subscript, Superscript } from './marks'
import {
  Blockquote,
  BulletList,
  Document,
  HardBreak,
  Heading,
  HorizontalRule,
  ListItem,
  OrderedList,
  Paragraph,
  Text,
} from './nodes'
import { PageLink } from './page-link'
import { Table, TableCell, TableHeader, TableRow } from './table'
import { TaskItem, TaskList } from './tasks'

/** The version of the page document this application can edit (`data/schema/page.json`). */
export { version as schemaVersion } from '../../../data/schema/page.json'

/** All nodes and marks, the paragraph first among the blocks. */
export function pageSchemaExtensions(): Extensions {
  return [
    Document,
    Paragraph,
    Heading,
    BulletList,
    OrderedList,
    ListItem,
    Blockquote,
    HorizontalRule,
    TaskList,
    TaskItem,
    Table,
    TableRow,
    TableHeader,
    TableCell,
    CodeBlock,
    ...frameNodes,
    Text,
    HardBreak,
    PageLink,
    Footnote,
    Link,
    Bold,
    Italic,
    Strike,
    Code,
    Highlight,
    Superscript,
    Subscript,
  ]
}

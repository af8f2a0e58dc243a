/** The page's schema as TipTap extensions: nodes and marks only, no keys, no views, no network. */
import type { Extensions } from '@tiptap/core'

import { Bold, Code, Italic, Link, Strike } from './marks'
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
    Text,
    HardBreak,
    PageLink,
    Link,
    Bold,
    Italic,
    Strike,
    Code,
  ]
}

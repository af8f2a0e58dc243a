/**
 * The conversion corpus where people meet it: read from the HTML that the server sends first, and
 * stored in a shared document that the editor opens.
 */
import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'

import { comparable, htmlOf, names, titles, treeOf, type Tree } from '../schema/corpus'
import { closeDesks, layOut, open } from './desk'
import { readSent } from './reading'

beforeAll(layOut)
afterEach(closeDesks)

/** What HTML for reading does not say, by case, with the reason. */
const UNSAID: Record<string, string> = {
  'code-block-marks': 'marks in code are not shown',
  'collapsible-heading': 'the visible line is a summary, not a heading',
  'hard-break-at-edges': 'a line of one break alone is sent as an empty one is',
  'link-relative': 'an address that is not allowed is not sent',
  'link-script': 'an address that is not allowed is not sent',
  'page-link-no-access': 'nothing of the page is sent',
  'page-link-no-access-own-text': 'nothing of the page is sent',
  'task-first-block-heading': 'a task begins with a line, which is put before the heading',
}

/** What a reader sees of a tree: each page link with words, and no width of a column. */
function seen({ attrs = {}, content = [], ...node }: Tree): Tree {
  const shown = { ...attrs }
  delete shown['colwidth']
  if (node.type === 'pageLink') {
    shown['label'] ??= titles[String(shown['page'])] || 'Ohne Titel'
  }
  return { ...node, attrs: shown, content: content.map(seen) }
}

describe.each(names)('%s', (name) => {
  test.skipIf(name in UNSAID)('is read from the HTML for reading', () => {
    const { text } = readSent(htmlOf(name), 'Seite ohne Zugang')
    expect(comparable(text.toJSON() as Tree)).toEqual(comparable(seen(treeOf(name))))
  })

  // An address that runs something is read only (hostile.test.ts).
  test.skipIf(name === 'link-script')('comes back from a shared document', () => {
    const doc = new Y.Doc()
    const { schema } = open().editor
    prosemirrorJSONToYXmlFragment(schema, treeOf(name), doc.getXmlFragment('body'))
    const stored = Y.encodeStateAsUpdate(doc)
    const other = new Y.Doc()
    Y.applyUpdate(other, stored)
    const { editor } = open(other)
    expect(comparable(editor.getJSON() as Tree)).toEqual(comparable(treeOf(name)))
    expect(Y.encodeStateAsUpdate(other)).toEqual(stored)
  })
})

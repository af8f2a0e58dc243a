/**
 * Keeps own changes within what the server takes, so that nothing is refused that could have been
 * prevented: no deeper nesting than the schema file allows, and no paste of more than fits.
 */
import type { Node as DocumentNode } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import { Plugin } from '@tiptap/pm/state'

import pageSchema from '../../../data/schema/page.json'

// The document's root and the text inside the innermost block count, too.
const MAX_DEPTH = pageSchema.limits.depth - 2
/** One change is sent as one update; a character may take three bytes there. */
const MAX_GROWTH = Math.floor(pageSchema.limits.update_bytes / 4)

/** The deepest nesting below a node: blocks, and the text in a footnote within a line. */
export function depthOf(node: DocumentNode): number {
  let deepest = 0
  node.forEach((child) => {
    if (child.isText || (child.isLeaf && child.isInline)) return
    deepest = Math.max(deepest, 1 + depthOf(child))
  })
  return deepest
}

export function limitsPlugin(isOwn: (transaction: Transaction) => boolean): Plugin {
  return new Plugin({
    filterTransaction(transaction) {
      if (!transaction.docChanged || !isOwn(transaction)) return true
      if (transaction.doc.content.size - transaction.before.content.size > MAX_GROWTH) return false
      const depth = depthOf(transaction.doc)
      // What is too deep already may still be made less deep.
      return depth <= MAX_DEPTH || depth <= depthOf(transaction.before)
    },
  })
}

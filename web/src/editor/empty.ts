/** Whether a text has nothing to read yet. */
import type { Node as DocumentNode } from '@tiptap/pm/model'

export function isEmptyText(doc: DocumentNode): boolean {
  if (doc.childCount > 1) return false
  const only = doc.firstChild
  return only === null || (only.type.name === 'paragraph' && only.content.size === 0)
}

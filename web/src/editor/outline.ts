/** What can be counted in a text. */
import type { Node as DocumentNode } from '@tiptap/pm/model'

/** A word has at least one letter or number; hyphens, stars and apostrophes hold it together. */
const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}’'*:_-]*[\p{L}\p{N}\p{M}])?/gu

/** How many words a text has. Gendered forms (Akteur*innen, Mitarbeiter:innen) are one. */
export function wordsIn(doc: DocumentNode): number {
  return doc.textBetween(0, doc.content.size, '\n', ' ').match(WORD)?.length ?? 0
}

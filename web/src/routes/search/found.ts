/** The words by which a page was found, handed on in its address to be marked there. */
import { pageHref } from '../../state/address'
import type { Part } from '../../ui/highlight'

/** The parameter with a word to mark, repeated. */
export const foundParameter = 'fund'

const mostWords = 8

/** The page of a hit, where the marked words of its title and passage are marked, too. */
export function foundHref(
  hit: {
    id: string
    title: string
    section?: string
    snippet: readonly Part[]
  },
  titleParts: readonly Part[],
): { page: string; section: string } {
  const marked = [...hit.snippet, ...titleParts].filter((part) => part.hit)
  const words = new Map(marked.map(({ text }) => [text.toLowerCase(), text.trim()]))
  const query = new URLSearchParams()
  for (const word of [...words.values()].slice(0, mostWords)) query.append(foundParameter, word)
  const asked = query.toString()
  const page = `${pageHref(hit.id, hit.title)}${asked === '' ? '' : `?${asked}`}`
  return { page, section: `${page}#${hit.section ?? 'text'}` }
}

/** Comments as the screen shows them. */
import type { CommentThread } from '../../../state/comments.svelte'
import { formatMoment } from '../../../i18n/dates'
import type { Language } from '../../../i18n/i18n.svelte'
import type { ThreadView } from '../../../ui/comments/comments'

interface Words {
  language: Language
  now: Date
  nobody: string
  settledBy: (by: { name: string; moment: string }) => string
}

export function threadView(
  { id, quote, comments, resolved }: CommentThread,
  hasPlace: boolean,
  words: Words,
): ThreadView {
  const moment = (iso: string): string => formatMoment(iso, words.now, words.language)
  return {
    id,
    quote,
    hasPlace,
    said: comments.map(({ id, author, initials, hue, label, at, edited, text, can }) => ({
      id,
      name: author?.name ?? words.nobody,
      initials,
      hue,
      label,
      moment: moment(at),
      edited: edited !== null && text !== null,
      text,
      can,
    })),
    settled:
      resolved === null
        ? null
        : words.settledBy({
            name: resolved.by?.name ?? words.nobody,
            moment: moment(resolved.at),
          }),
  }
}

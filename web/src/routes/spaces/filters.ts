/** What the address of a space's list asks for, and how it is said. */
import { spaceHref } from '../../state/address'
import type { Words } from '../present'
import { choiceText, fieldOf } from './answers'

/** A wanted choice of a field, with the address of the same list without it. */
export interface ChoiceFilter {
  /** As the server takes it: `FIELD:CHOICE`. */
  raw: string
  text: string
  without: string
}

/** Reads the choices that the address names; what is none is left out. */
export function choiceFilters(
  space: string,
  kind: string | undefined,
  query: URLSearchParams,
  words: Words,
): ChoiceFilter[] {
  const all = query.getAll('mit').filter((raw) => /^[a-z][a-z0-9_]*:.+$/.test(raw))
  return all.map((raw) => {
    const [name = '', ...rest] = raw.split(':')
    const choice = rest.join(':')
    const field = kind === undefined ? undefined : fieldOf(kind, name, words.session.catalogue)
    const left = new URLSearchParams([
      ...(kind === undefined ? [] : [['seitenart', kind]]),
      ...all.filter((other) => other !== raw).map((other) => ['mit', other]),
    ] as [string, string][])
    return {
      raw,
      text: choiceText(field, choice, words),
      without: `${spaceHref(space)}?${left.toString()}`,
    }
  })
}

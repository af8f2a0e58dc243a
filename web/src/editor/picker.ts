/** The lists that open beside the caret, as plain data: which options, which is active, what a key does. */

import type { Block } from './blocks'

/** A page that may be linked. */
export interface PageOption {
  id: string
  title: string
  kind: string
  space: string
}

export type Option<B extends string = string> =
  | { kind: 'page'; page: PageOption }
  | { kind: 'create'; title: string }
  | { kind: 'block'; block: B; label: string; words: string }

export interface PickerState {
  readonly options: readonly Option[]
  /** Index of the active option; 0 in an empty list. */
  readonly active: number
}

/** So many pages are offered; whoever seeks another types on. */
const PAGES_MAX = 6
/** What is put in at the caret and leaves the block as it is. */
const INLINE: ReadonlySet<string> = new Set(['footnote', 'page'] satisfies Block[])
/** Longest title the server takes. */
const TITLE_MAX = 200

/**
 * The options for linking: the suggestions, and at last the offer to create what was typed, unless a
 * page of just this title is among them.
 */
export function linkOptions(query: string, pages: readonly PageOption[]): Option[] {
  const title = query.trim().slice(0, TITLE_MAX)
  const options: Option[] = pages.slice(0, PAGES_MAX).map((page) => ({ kind: 'page', page }))
  const same = (page: PageOption): boolean => page.title.toLowerCase() === title.toLowerCase()
  if (title !== '' && !pages.some(same)) options.push({ kind: 'create', title })
  return options
}

/** The blocks whose name or other names begin with what was typed, or contain it. */
export function blockOptions<B extends string>(
  query: string,
  blocks: readonly { block: B; label: string; words: string }[],
): Option<B>[] {
  const sought = query.toLowerCase()
  const rank = ({ label, words }: { label: string; words: string }): number => {
    const names = [label, ...words.split(' ')].map((name) => name.toLowerCase())
    if (names.some((name) => name.startsWith(sought))) return 0
    return names.some((name) => name.includes(sought)) ? 1 : 2
  }
  return blocks
    .map((entry) => ({ entry, rank: rank(entry) }))
    .filter((found) => found.rank < 2)
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => ({ kind: 'block', ...entry }))
}

/** As `blockOptions`, of what stands among words: found by the beginnings of its names alone. */
export function inlineOptions<B extends string>(
  query: string,
  blocks: readonly { block: B; label: string; words: string }[],
): Option<B>[] {
  const sought = query.toLowerCase()
  const begins = (name: string): boolean => name.toLowerCase().startsWith(sought)
  return blocks
    .filter(({ block }) => INLINE.has(block))
    .filter(({ label, words }) => [label, ...words.split(' ')].some(begins))
    .map((entry) => ({ kind: 'block', ...entry }))
}

/** What identifies an option from one list to the next. */
export function optionKey(option: Option): string {
  if (option.kind === 'page') return `page ${option.page.id}`
  return option.kind === 'create' ? 'create' : `block ${option.block}`
}

/** Puts new options in; what was active stays active if it is still there and was chosen by hand. */
export function withOptions(
  state: PickerState,
  options: readonly Option[],
  moved: boolean,
): PickerState {
  const active = state.options[state.active]
  const kept =
    moved && active !== undefined
      ? options.findIndex((option) => optionKey(option) === optionKey(active))
      : -1
  return { options, active: Math.max(0, kept) }
}

export type PickerAction = { kind: 'move'; active: number } | { kind: 'choose' } | { kind: 'close' }

/** What a key does while a list is open; null: the key belongs to the text. */
export function pickerKey(
  state: PickerState,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): PickerAction | null {
  if (event.key === 'Escape') return { kind: 'close' }
  const count = state.options.length
  if (count === 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null
  switch (event.key) {
    case 'ArrowDown':
      return { kind: 'move', active: (state.active + 1) % count }
    case 'ArrowUp':
      return { kind: 'move', active: (state.active + count - 1) % count }
    case 'Enter':
    case 'Tab':
      return { kind: 'choose' }
    default:
      return null
  }
}

/**
 * The search of the search screen: what is asked for lives in the address, what was found is here.
 *
 * While one types, only the newest question is sent, and an answer to an older one is dropped.
 */
import type { Api } from '../api/client'
import { searchCalls, type SearchCalls } from '../api/search-calls'
import type { SearchResults } from '../api/types'
import { Latest } from './debounce'
import type { Problem } from './loadable'

export type { Hit, SearchResults, SnippetPart } from '../api/types'

export interface Question {
  text: string
  spaces: readonly string[]
  kinds: readonly string[]
  /** Choices in filters that fields fill, by the filter's name. */
  facets: Readonly<Record<string, readonly string[]>>
  order: SearchOrder
  /** Only the letters that were typed. */
  literal: boolean
}

export type SearchOrder = 'closeness' | 'changed'

/** Words alone, in all pages. */
export function plainQuestion(text: string): Question {
  return { text, spaces: [], kinds: [], facets: {}, order: 'closeness', literal: false }
}

/** How many choices narrow the question. */
export function choicesOf({ kinds, spaces, facets }: Question): number {
  return kinds.length + spaces.length + Object.values(facets).flat().length
}

/** Nothing is asked for: no words and no choice. */
export function isBlank(question: Question): boolean {
  return question.text.trim() === '' && choicesOf(question) === 0
}

/** Filters that have a parameter of their own; any other is `facet=NAME:CHOICE`. */
const OWN_PARAMETERS = ['field', 'department', 'phase', 'status', 'tag', 'year', 'author']

export type SearchState =
  | { kind: 'nothing-asked' }
  | { kind: 'loading'; for: Question }
  | { kind: 'failed'; problem: Problem; for: Question }
  | Shown

/** Hits, and how far the server has looked for them. */
export interface Shown {
  kind: 'ready'
  value: SearchResults
  for: Question
  /** So many hits were asked for; fewer are there if some may not be read any more. */
  asked: number
}

/** Pause in typing after which the question is sent, in milliseconds. */
export const typingPause = 160
/** The server takes no longer question. What is pasted beyond that is left out, not refused. */
export const mostCharacters = 500
/** Hits fetched at first. */
const hitsAtFirst = 20
/** Hits fetched at once behind those. */
const hitsAtOnce = 50
/** The server gives no more hits with one answer. */
const hitsInAnswer = 100
/** Further hits are not paged through: then another question helps more. */
export const mostHits = 1_000
/** Pause after which a search without success is told to the server, in milliseconds. */
const missedPause = 2_000

export function questionOf(query: URLSearchParams): Question {
  return {
    text: (query.get('q') ?? '').slice(0, mostCharacters),
    spaces: query.getAll('space'),
    kinds: query.getAll('kind'),
    facets: facetsOf(query),
    order: query.get('order') === 'changed' ? 'changed' : 'closeness',
    literal: query.get('literal') === 'true',
  }
}

function facetsOf(query: URLSearchParams): Record<string, string[]> {
  const facets = new Map<string, string[]>()
  for (const name of OWN_PARAMETERS) {
    const chosen = query.getAll(name)
    if (chosen.length > 0) facets.set(name, chosen)
  }
  for (const pair of query.getAll('facet')) {
    const [name, choice] = pair.split(':', 2)
    if (name && choice) facets.set(name, [...(facets.get(name) ?? []), choice])
  }
  return Object.fromEntries(facets)
}

/** The filters as parameters, always in the same order. */
function facetParameters(facets: Question['facets']): [name: string, value: string][] {
  const names = Object.keys(facets).sort()
  return names.flatMap((name) =>
    [...(facets[name] ?? [])]
      .sort()
      .map((choice): [string, string] =>
        OWN_PARAMETERS.includes(name) ? [name, choice] : ['facet', `${name}:${choice}`],
      ),
  )
}

/** The address of a question. */
export function searchHref(question: Question): string {
  const query = searchQuery(question)
  return query === '' ? '/suche' : `/suche?${query}`
}

/** A question as parameters, always in the same order, so equal questions are equal. */
export function searchQuery(question: Question): string {
  const query = new URLSearchParams()
  if (question.text.trim() !== '') query.set('q', question.text)
  for (const space of [...question.spaces].sort()) query.append('space', space)
  for (const kind of [...question.kinds].sort()) query.append('kind', kind)
  for (const [name, value] of facetParameters(question.facets)) query.append(name, value)
  if (question.order === 'changed') query.set('order', 'changed')
  if (question.literal) query.set('literal', 'true')
  return query.toString()
}

/** Whether two questions ask for the same, whatever the order of their filters. */
export function sameQuestion(a: Question, b: Question): boolean {
  return searchHref(a) === searchHref(b)
}

/** With `value` taken out if it is in, put in if it is not. */
export function toggled(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((v) => v !== value) : [...values, value]
}

/** A search in which nothing is asked yet. */
export const newSearch = (api: Api): Search => new Search(searchCalls(api))

/** How many further hits come next, and how many there are to page through. */
export function further({ value, asked }: Shown): { next: number; rest: number } {
  const rest = Math.max(Math.min(value.total, mostHits) - asked, 0)
  return { next: Math.min(rest, hitsAtOnce), rest }
}

export class Search {
  #calls: SearchCalls
  #latest: Latest
  #missed: Latest
  #anew = new Latest()
  #state = $state.raw<SearchState>({ kind: 'nothing-asked' })
  #busy = $state(false)
  #moreProblem = $state.raw<Problem | null>(null)

  constructor(calls: SearchCalls, latest: Latest = new Latest(), missed: Latest = new Latest()) {
    this.#calls = calls
    this.#latest = latest
    this.#missed = missed
  }

  get state(): SearchState {
    return this.#state
  }

  /** A newer question is on its way; what is shown still answers the one before. */
  get busy(): boolean {
    return this.#busy
  }

  /** Why further hits did not come. */
  get moreProblem(): Problem | null {
    return this.#moreProblem
  }

  /** Shows again what was found before, and asks for it anew. */
  show(shown: Shown): void {
    this.stop()
    this.#state = shown
    this.askAnew()
  }

  /**
   * Asks again for what is shown: what may not be read any more goes, whatever else changed is told.
   * What stays keeps its place, so nothing moves under somebody's eyes but what closes a gap.
   */
  askAnew(): void {
    const shown = this.#state
    if (shown.kind !== 'ready') return
    this.#anew.ask(0, async (signal) => {
      const anew = await this.#first(shown, signal)
      const now = this.#state
      // Without an answer nothing is known to be gone; another question has its own answer.
      if (signal.aborted || anew === null || now.kind !== 'ready' || now.for !== shown.for) return
      const known = new Map(anew.hits.map((hit) => [hit.id, hit]))
      const asked = new Set(shown.value.hits.map(({ id }) => id))
      // Further hits that came meanwhile were allowed a moment ago.
      const kept = now.value.hits.filter(({ id }) => known.has(id) || !asked.has(id))
      const hits = kept.map((hit) => known.get(hit.id) ?? hit)
      for (const { id } of hits) known.delete(id)
      this.#state = { ...now, value: { ...anew, hits: [...hits, ...known.values()] } }
    })
  }

  /** As many hits as are shown, from the first on; null if they do not come. */
  async #first(
    { for: question, asked }: Shown,
    signal: AbortSignal,
  ): Promise<SearchResults | null> {
    const answers: SearchResults[] = []
    for (let offset = 0; offset < asked; offset += hitsInAnswer) {
      const limit = Math.min(hitsInAnswer, asked - offset)
      const outcome = await this.#calls.search(request(question, offset, limit), signal)
      if (signal.aborted || outcome.kind === 'problem') return null
      answers.push(outcome.value)
      if (outcome.value.total <= offset + limit) break
    }
    const [first] = answers
    return first === undefined ? null : { ...first, hits: answers.flatMap(({ hits }) => hits) }
  }

  /** Asks; `typing` waits for a pause. */
  ask(question: Question, typing: boolean): void {
    this.#missed.cancel()
    this.#anew.cancel()
    this.#moreProblem = null
    if (isBlank(question)) {
      this.#latest.cancel()
      this.#busy = false
      this.#state = { kind: 'nothing-asked' }
      return
    }
    this.#busy = true
    if (this.#state.kind === 'nothing-asked') this.#state = { kind: 'loading', for: question }
    this.#latest.ask(typing ? typingPause : 0, async (signal) => {
      const outcome = await this.#calls.search(request(question, 0, hitsAtFirst), signal)
      if (signal.aborted) return
      this.#state =
        outcome.kind === 'ok'
          ? { kind: 'ready', value: outcome.value, for: question, asked: hitsAtFirst }
          : { kind: 'failed', problem: outcome.problem, for: question }
      this.#busy = false
      if (outcome.kind === 'ok' && outcome.value.total === 0 && isWhole(outcome.value)) {
        this.#tellMissed(question)
      }
    })
  }

  /** What is left standing without a hit is counted, so that a missing synonym can be added. */
  #tellMissed(question: Question): void {
    if (question.literal || choicesOf(question) > 0) return
    this.#missed.ask(missedPause, async () => {
      await this.#calls.tellMissed(question.text.trim())
    })
  }

  /** Fetches the next hits behind those shown. All else stays as the first answer said it. */
  more(): void {
    const shown = this.#state
    if (shown.kind !== 'ready') return
    const { next } = further(shown)
    if (next === 0) return
    this.#busy = true
    this.#moreProblem = null
    this.#latest.ask(0, async (signal) => {
      const outcome = await this.#calls.search(request(shown.for, shown.asked, next), signal)
      if (signal.aborted) return
      this.#busy = false
      if (outcome.kind === 'problem') {
        this.#moreProblem = outcome.problem
        return
      }
      const { hits, out_of_time } = outcome.value
      // A page that changed meanwhile may have moved behind those that are shown.
      const known = new Set(shown.value.hits.map(({ id }) => id))
      const value = {
        ...shown.value,
        hits: [...shown.value.hits, ...hits.filter(({ id }) => !known.has(id))],
        out_of_time: shown.value.out_of_time || out_of_time,
      }
      this.#state = { ...shown, value, asked: shown.asked + next }
    })
  }

  stop(): void {
    this.#latest.cancel()
    this.#missed.cancel()
    this.#anew.cancel()
    this.#busy = false
  }
}

/** Nothing was left out of the answer. */
function isWhole({ out_of_time, incomplete }: SearchResults): boolean {
  return !out_of_time && !incomplete
}

function facetRequest(facets: Question['facets']) {
  const all = facetParameters(facets)
  const of = (wanted: string): string[] =>
    all.filter(([name]) => name === wanted).map(([, value]) => value)
  return {
    field: of('field'),
    department: of('department'),
    phase: of('phase'),
    status: of('status'),
    tag: of('tag'),
    year: of('year'),
    author: of('author'),
    facet: of('facet'),
  }
}

function request(question: Question, offset: number, limit: number) {
  return {
    q: question.text.trim(),
    space: question.spaces,
    kind: question.kinds,
    ...facetRequest(question.facets),
    order: question.order,
    literal: question.literal,
    // The last word is always taken as a beginning: a reloaded address finds what typing found.
    typing: true,
    limit,
    offset,
  }
}

// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest'

import type { SearchCalls } from '../api/search-calls'
import type { Outcome } from '../api/outcome'
import { Latest, type Timers } from './debounce'
import {
  further,
  plainQuestion as question,
  questionOf,
  Search,
  searchHref,
  toggled,
  type Hit,
  type SearchResults,
  type Shown,
} from './search.svelte'

/** Timers that only run when told to. */
class StillTimers implements Timers {
  #waiting = new Map<number, () => void>()
  #next = 1
  set = (run: () => void): number => {
    this.#waiting.set(this.#next, run)
    return this.#next++
  }
  clear = (handle: number): void => {
    this.#waiting.delete(handle)
  }
  run(): void {
    const due = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const task of due) task()
  }
}

interface Call {
  q: string
  typing: boolean
  limit: number
  offset: number
  signal: AbortSignal
  answer: (outcome: Outcome<SearchResults>) => void
}

const results = (total: number, ids: readonly string[] = []): Outcome<SearchResults> => ({
  kind: 'ok',
  value: {
    total,
    hits: ids.map((id) => ({ id }) as Hit),
    facets: {},
    also_found: [],
    offers: [],
    hidden_by: [],
    cut_short: false,
    out_of_time: false,
    incomplete: false,
  },
})

/** Everything that was answered has been taken in. */
const settled = () => new Promise((resolve) => setTimeout(resolve))

let calls: Call[]
let missed: string[]
let timers: StillTimers
let missedTimers: StillTimers
let search: Search

beforeEach(() => {
  calls = []
  missed = []
  timers = new StillTimers()
  missedTimers = new StillTimers()
  const answering = {
    search: (request: Omit<Call, 'signal' | 'answer'>, signal: AbortSignal) =>
      new Promise<Outcome<SearchResults>>((answer) => {
        calls.push({ ...request, signal, answer })
      }),
    tellMissed: (text: string) => {
      missed.push(text)
      return Promise.resolve({ kind: 'ok', value: undefined })
    },
  } as unknown as SearchCalls
  search = new Search(answering, new Latest(timers), new Latest(missedTimers))
})

describe('searching while one types', () => {
  it('sends only what stands there after a pause', () => {
    for (const text of ['k', 'ki', 'kit', 'kita']) search.ask(question(text), true)
    expect(calls).toEqual([])
    timers.run()
    expect(calls.map((call) => call.q)).toEqual(['kita'])
  })

  it('takes back a question that runs, and drops its late answer', async () => {
    search.ask(question('kit'), true)
    timers.run()
    search.ask(question('kita'), true)
    timers.run()
    expect(calls.map((call) => call.signal.aborted)).toEqual([true, false])
    calls[1]?.answer(results(2))
    calls[0]?.answer(results(99))
    await settled()
    expect(search.state).toMatchObject({ kind: 'ready', value: { total: 2 } })
    expect(search.busy).toBe(false)
  })

  it('keeps showing the last hits until newer ones are there', async () => {
    search.ask(question('kita'), false)
    calls[0]?.answer(results(9))
    await settled()
    search.ask(question('kitas'), true)
    expect(search.state).toMatchObject({ kind: 'ready', value: { total: 9 } })
    expect(search.busy).toBe(true)
  })

  it('asks at once when typing is done, and still takes the last word as a beginning', () => {
    search.ask(question('famil'), false)
    expect(calls).toMatchObject([{ q: 'famil', typing: true }])
  })

  it('stops when the input is emptied', () => {
    search.ask(question('kita'), true)
    search.ask(question('  '), true)
    timers.run()
    expect(calls).toEqual([])
    expect(search.state.kind).toBe('nothing-asked')
  })

  it('says what went wrong and can ask again', async () => {
    search.ask(question('kita'), false)
    calls[0]?.answer({ kind: 'problem', problem: { kind: 'unreachable' } })
    await settled()
    expect(search.state).toMatchObject({ kind: 'failed', problem: { kind: 'unreachable' } })
    search.ask(question('kita'), false)
    calls[1]?.answer(results(1))
    await settled()
    expect(search.state.kind).toBe('ready')
  })
})

describe('further hits', () => {
  const ids = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, at) => String(from + at))
  const shownIds = (): string[] =>
    search.state.kind === 'ready' ? search.state.value.hits.map(({ id }) => id) : []
  const ways = () => (search.state.kind === 'ready' ? further(search.state) : undefined)

  /** Shows the first of so many hits. */
  async function begin(total: number): Promise<void> {
    search.ask(question('kita'), false)
    const first = results(total, ids(0, 20))
    if (first.kind === 'ok')
      Object.assign(first.value, { also_found: ['Kitas'], offers: ['Kiste'] })
    calls[0]?.answer(first)
    await settled()
  }

  it('come behind those shown, none of them twice, and leave what else was said', async () => {
    await begin(80)
    expect(ways()).toEqual({ next: 50, rest: 60 })
    search.more()
    expect(calls[1]).toMatchObject({ q: 'kita', offset: 20, limit: 50 })
    // One has changed meanwhile and moved behind; two may not be read any more.
    calls[1]?.answer(results(79, ['19', ...ids(20, 67)]))
    await settled()
    expect(shownIds()).toEqual(ids(0, 67))
    expect(search.state).toMatchObject({ value: { also_found: ['Kitas'], offers: ['Kiste'] } })
    expect(ways()).toEqual({ next: 10, rest: 10 })
    search.more()
    expect(calls[2]).toMatchObject({ offset: 70, limit: 10 })
    calls[2]?.answer(results(79, ids(70, 80)))
    await settled()
    expect(ways()).toEqual({ next: 0, rest: 0 })
    search.more()
    expect(calls).toHaveLength(3)
  })

  it('say why they did not come, keep the others and can be asked for again', async () => {
    await begin(30)
    search.more()
    calls[1]?.answer({ kind: 'problem', problem: { kind: 'unreachable' } })
    await settled()
    expect(search.moreProblem).toEqual({ kind: 'unreachable' })
    expect(search.busy).toBe(false)
    expect(shownIds()).toHaveLength(20)
    search.more()
    expect(search.moreProblem).toBeNull()
    calls[2]?.answer(results(30, ids(20, 30)))
    await settled()
    expect(shownIds()).toHaveLength(30)
  })

  it('end at a thousand', async () => {
    await begin(5_000)
    while (ways()?.next !== 0) {
      search.more()
      const call = calls.at(-1)
      const [from, limit] = [call?.offset ?? 0, call?.limit ?? 0]
      call?.answer(results(5_000, ids(from, from + limit)))
      await settled()
    }
    expect(shownIds()).toHaveLength(1_000)
    expect(calls.every(({ limit }) => limit <= 100)).toBe(true)
  })
})

describe('hits that are shown again', () => {
  const shown = (ids: readonly string[], asked: number, total = asked): Shown => {
    const outcome = results(total, ids)
    if (outcome.kind !== 'ok') throw new Error('no results')
    return { kind: 'ready', value: outcome.value, for: question('kita'), asked }
  }
  const numbers = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, at) => String(from + at))
  const ids = () =>
    search.state.kind === 'ready' ? search.state.value.hits.map(({ id }) => id) : undefined

  it('stand there at once, and without those that may not be read any more after the answer', async () => {
    search.show(shown(['a', 'b', 'c'], 20))
    expect(ids()).toEqual(['a', 'b', 'c'])
    expect(search.busy).toBe(false)
    expect(calls).toMatchObject([{ q: 'kita', offset: 0, limit: 20 }])
    // One is gone, one is new, and two have changed places.
    calls[0]?.answer(results(3, ['d', 'c', 'a']))
    await settled()
    expect(ids()).toEqual(['a', 'c', 'd'])
    expect(search.state).toMatchObject({ value: { total: 3 }, asked: 20 })
  })

  it('are asked for as far as they were loaded, each once', async () => {
    search.show(shown(numbers(0, 120), 120, 300))
    calls[0]?.answer(results(299, numbers(1, 101)))
    await settled()
    // What moved from one answer into the next comes with both.
    expect(calls[1]).toMatchObject({ offset: 100, limit: 20 })
    calls[1]?.answer(results(299, ['100', ...numbers(101, 120), 'new', 'new']))
    await settled()
    expect(ids()).toEqual([...numbers(1, 120), 'new'])
    expect(calls).toHaveLength(2)
  })

  it('stay where no answer comes, and where another question is asked', async () => {
    search.show(shown(['a', 'b'], 20))
    calls[0]?.answer({ kind: 'problem', problem: { kind: 'unreachable' } })
    await settled()
    expect(ids()).toEqual(['a', 'b'])

    search.ask(question('hort'), false)
    search.askAnew()
    calls[1]?.answer(results(1, ['h']))
    await settled()
    calls[2]?.answer(results(1, ['a']))
    await settled()
    expect(ids()).toEqual(['h'])
  })

  it('keep the further ones that came meanwhile', async () => {
    search.show(shown(['a', 'b'], 20, 22))
    search.more()
    calls[1]?.answer(results(22, ['c']))
    await settled()
    calls[0]?.answer(results(21, ['b']))
    await settled()
    expect(ids()).toEqual(['b', 'c'])
    expect(search.state).toMatchObject({ asked: 22 })
  })

  it('are not told to the server as missed', async () => {
    search.show(shown(['a'], 20))
    calls[0]?.answer(results(0))
    await settled()
    missedTimers.run()
    expect(ids()).toEqual([])
    expect(missed).toEqual([])
  })
})

describe('a search without success', () => {
  it('is told once it was left standing, and not if one types on or has narrowed', async () => {
    search.ask(question('Leihgroßmutter'), false)
    calls[0]?.answer(results(0))
    await settled()
    missedTimers.run()
    expect(missed).toEqual(['Leihgroßmutter'])

    search.ask(question('Leihgroßmut'), false)
    calls[1]?.answer(results(0))
    await settled()
    search.ask({ ...question('Leih'), spaces: ['mitte'] }, false)
    calls[2]?.answer(results(0))
    await settled()
    missedTimers.run()
    expect(missed).toEqual(['Leihgroßmutter'])
  })

  it('is asked by a choice alone, too', () => {
    search.ask({ ...question(''), facets: { tag: ['Kita'] } }, false)
    expect(calls).toMatchObject([{ q: '', tag: ['Kita'] }])
  })
})

describe('the address of a question', () => {
  it('holds the text and the facets, in a fixed order', () => {
    const asked = { ...question('Kita & Hort'), spaces: ['pankow', 'mitte'], kinds: ['offer'] }
    const href = searchHref(asked)
    expect(href).toBe('/suche?q=Kita+%26+Hort&space=mitte&space=pankow&kind=offer')
    expect(questionOf(new URL(href, 'http://x').searchParams)).toEqual({
      ...asked,
      spaces: ['mitte', 'pankow'],
    })
  })

  it('holds the filters of fields: some have a name of their own', () => {
    const facets = { phase: ['daycare'], series: ['b', 'a'] }
    const asked = { ...question('x'), facets }
    const href = searchHref(asked)
    expect(href).toBe('/suche?q=x&phase=daycare&facet=series%3Aa&facet=series%3Ab')
    expect(questionOf(new URL(href, 'http://x').searchParams).facets).toEqual({
      phase: ['daycare'],
      series: ['a', 'b'],
    })
    const odd = new URLSearchParams('facet=constructor:a&facet=&facet=x')
    expect(searchHref(questionOf(odd))).toBe('/suche?facet=constructor%3Aa')
  })

  it('holds as much of a pasted text as the server takes', () => {
    const long = new URLSearchParams({ q: 'Familie '.repeat(100) })
    expect(questionOf(long).text).toHaveLength(500)
  })

  it('holds the order and whether only the letters count, where that is chosen', () => {
    const asked = { ...question('x'), order: 'changed' as const, literal: true }
    expect(searchHref(asked)).toBe('/suche?q=x&order=changed&literal=true')
    expect(questionOf(new URL(searchHref(asked), 'http://x').searchParams)).toEqual(asked)
  })

  it('is plain without a question', () => {
    expect(searchHref(question(' '))).toBe('/suche')
  })

  it('toggles a facet in and out', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
    expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
  })
})

// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'

import { createApi } from '../api/client'
import { CommentDrafts, commentId } from './comment-drafts.svelte'
import { Comments } from './comments.svelte'

const said = (id: string, author: string) => ({
  id,
  author: { id: author, name: author },
  initials: 'X',
  hue: 1,
  label: '',
  at: '2026-01-05T08:00:00Z',
  edited: null,
  text: 'Ja',
  can: { edit: false, remove: false },
})
const thread = (id: string, ...comments: ReturnType<typeof said>[]) => ({
  id,
  start: 'A',
  end: 'B',
  quote: 'Familie',
  comments: [said(id, 'ruth'), ...comments],
  resolved: null,
})

/** A server that answers each call with what is set, and remembers what it was asked. */
function server() {
  const calls: string[] = []
  let next: () => Promise<Response> = () => Promise.reject(new Error('no answer'))
  const api = createApi({
    language: () => 'de',
    baseUrl: 'http://denkraum.test',
    fetch: async (request) => {
      const answer = next
      calls.push(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`)
      return answer()
    },
  })
  const answers = (status: number, body: unknown): void => {
    next = () => Promise.resolve(Response.json(body, { status }))
  }
  return { api, calls, answers, holds: (answer: Promise<Response>) => (next = () => answer) }
}

describe('comments', () => {
  it('are read, and tell of what others said since', async () => {
    const { api, answers } = server()
    const comments = new Comments(api, 'p1', 'jana')
    answers(200, { items: [thread('a')], can: { comment: true } })
    await comments.load()
    expect([comments.threads.length, comments.mayComment, comments.news]).toEqual([1, true, null])
    answers(200, {
      items: [thread('a', said('b', 'deniz'), said('c', 'jana'))],
      can: { comment: true },
    })
    await comments.load()
    expect(comments.news?.author?.name).toBe('deniz')
  })

  it('keep what was read when the server does not answer', async () => {
    const { api, answers } = server()
    const comments = new Comments(api, 'p1', 'jana')
    await comments.load()
    expect(comments.problem?.kind).toBe('unreachable')
    answers(200, { items: [thread('a')], can: { comment: true } })
    await comments.load()
    answers(500, {})
    await comments.load()
    expect([comments.threads.length, comments.problem]).toEqual([1, null])
  })

  it('show what was said at once, though an older list comes later', async () => {
    const { api, answers, holds, calls } = server()
    const comments = new Comments(api, 'p1', 'jana')
    let late = (_: Response): void => undefined
    holds(new Promise((resolve) => (late = resolve)))
    const loading = comments.load()
    await vi.waitFor(() => expect(calls.length).toBe(1))
    answers(201, thread('n'))
    const passage = { start: 'A', end: 'B', quote: 'Familie' }
    expect(await comments.say({ id: 'n', text: 'Ja', passage })).toBeNull()
    late(Response.json({ items: [], can: { comment: true } }))
    await loading
    expect(comments.threads.map(({ id }) => id)).toEqual(['n'])
  })

  it('are answered and changed where they stand, and what is gone is read anew', async () => {
    const { api, answers, calls } = server()
    const comments = new Comments(api, 'p1', 'jana')
    answers(200, { items: [thread('a')], can: { comment: true } })
    await comments.load()
    answers(201, thread('a', said('b', 'jana')))
    expect(await comments.answer('a', { id: 'b', text: 'Ja' })).toBeNull()
    expect(comments.threads[0]?.comments.length).toBe(2)
    await comments.change('a', 'a', 'Neu')
    await comments.change('a', 'b', 'Neu')
    answers(404, {})
    expect((await comments.settle('a', true))?.kind).toBe('not-found')
    await vi.waitFor(() => expect(calls.length).toBe(6))
    expect(calls.slice(1)).toEqual([
      'POST /api/v1/pages/p1/comments/a/replies {"id":"b","text":"Ja"}',
      'PATCH /api/v1/pages/p1/comments/a {"text":"Neu"}',
      'PATCH /api/v1/pages/p1/comments/a/replies/b {"text":"Neu"}',
      'PATCH /api/v1/pages/p1/comments/a {"resolved":true}',
      'GET /api/v1/pages/p1/comments ',
    ])
  })
})

describe('what is written in a field', () => {
  const store = () => {
    const kept = new Map<string, string>()
    return {
      kept,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    }
  }

  it('is kept on the device, for one person and page, until it is let go of', () => {
    const device = store()
    const drafts = new CommentDrafts('jana', 'p1', device)
    const draft = { id: 'n', text: 'Ja', passage: { start: 'A', end: 'B', quote: 'x' } }
    drafts.keep('new', draft)
    drafts.keep('reply:a', { id: 'r', text: 'Nein' })
    expect(new CommentDrafts('jana', 'p1', device).of('new')).toEqual(draft)
    for (const [person, page] of [
      ['ruth', 'p1'],
      ['jana', 'p2'],
    ] as const) {
      expect(new CommentDrafts(person, page, device).of('new')).toBeNull()
    }
    drafts.drop('new')
    expect(new CommentDrafts('jana', 'p1', device).of('new')).toBeNull()
    drafts.drop('reply:a')
    expect(device.kept.size).toBe(0)
  })

  it('lives on without storage, and what is none is no draft', () => {
    const broken = {
      getItem: () => '{"new": 5, "reply:a": {"id": "r"}}',
      setItem: () => {
        throw new Error('full')
      },
      removeItem: () => undefined,
    }
    const drafts = new CommentDrafts('jana', 'p1', broken)
    expect([drafts.of('new'), drafts.of('reply:a')]).toEqual([null, null])
    drafts.keep('new', { id: 'n', text: 'Ja' })
    expect(drafts.of('new')?.text).toBe('Ja')
  })

  it('has an id as the server takes it', () => {
    expect(commentId(0)).toMatch(/^0{10}[0-9a-hjkmnp-tv-z]{16}$/)
    expect(commentId(1_469_922_850_259)).toMatch(/^01arz3ndek/)
    expect(commentId()).not.toBe(commentId())
  })
})

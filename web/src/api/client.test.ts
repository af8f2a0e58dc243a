// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'

import { createApi } from './client'
import { problemOf } from './outcome'
import { searchCalls } from './search-calls'

function apiWith(respond: (request: Request) => Response | Promise<Response>) {
  const requests: Request[] = []
  const onSignedOut = vi.fn()
  const api = createApi({
    language: () => 'en',
    baseUrl: 'http://server.example',
    onSignedOut,
    fetch: async (request) => {
      requests.push(request)
      return respond(request)
    },
  })
  return { api, requests, onSignedOut }
}
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' },
  })

describe('the client', () => {
  it('repeats a parameter for several values and asks in the chosen language', async () => {
    const { api, requests } = apiWith(() => json(200, { total: 0, hits: [], facets: {} }))
    await searchCalls(api).search({
      q: 'kita',
      space: ['mitte', 'pankow'],
      kind: [],
      field: [],
      department: [],
      phase: ['daycare'],
      status: [],
      tag: ['Früh & gut'],
      year: [],
      author: [],
      facet: ['series:expert_input'],
      order: 'closeness',
      literal: false,
      typing: true,
      limit: 20,
      offset: 0,
    })
    const request = requests[0]
    expect(request?.url).toBe(
      'http://server.example/api/v1/search?q=kita&space=mitte&space=pankow' +
        '&phase=daycare&tag=Fr%C3%BCh%20%26%20gut&facet=series%3Aexpert_input' +
        '&order=closeness&literal=false&typing=true&limit=20&offset=0',
    )
    expect(request?.headers.get('Accept-Language')).toBe('en')
  })

  it('tells once that the session is over, and gives that as the outcome', async () => {
    const { api, onSignedOut } = apiWith(() => json(401, { status: 401, code: 'signed-out' }))
    expect(await api.catalogue()).toEqual({ kind: 'problem', problem: { kind: 'signed-out' } })
    expect(onSignedOut).toHaveBeenCalledOnce()
  })

  it('does not take a wrong password for an ended session', async () => {
    const { api, onSignedOut } = apiWith(() =>
      json(401, { status: 401, code: 'wrong-credentials', detail: 'No.' }),
    )
    expect(await api.signIn('a', 'b')).toMatchObject({ problem: { code: 'wrong-credentials' } })
    expect(onSignedOut).not.toHaveBeenCalled()
  })

  it('never throws: a lost connection is an outcome', async () => {
    const { api } = apiWith(() => Promise.reject(new TypeError('network')))
    expect(await api.session()).toEqual({ kind: 'problem', problem: { kind: 'unreachable' } })
  })

  it('takes signing out with an empty answer for a success', async () => {
    const { api } = apiWith(() => new Response(null, { status: 204 }))
    expect(await api.signOut()).toMatchObject({ kind: 'ok' })
  })
})

describe('a problem', () => {
  it.each([
    [404, { code: 'unknown-page' }, { kind: 'not-found' }],
    [403, { code: 'forbidden' }, { kind: 'forbidden' }],
    [503, { code: 'read-only' }, { kind: 'failed', status: 503 }],
    [500, 'no JSON', { kind: 'failed', status: 500 }],
    [
      422,
      { code: 'title-too-long', detail: 'Zu lang.', field: 'title' },
      { kind: 'refused', code: 'title-too-long', detail: 'Zu lang.', field: 'title' },
    ],
    [400, undefined, { kind: 'refused', code: 'status-400', detail: '', field: undefined }],
  ])('of status %i with %o is read', (status, body, problem) => {
    expect(problemOf(status, body)).toEqual(problem)
  })
})

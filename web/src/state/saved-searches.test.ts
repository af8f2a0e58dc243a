// @vitest-environment node
import { expect, it } from 'vitest'

import type { Api } from '../api/client'
import { SavedSearches } from './saved-searches.svelte'

const one = { id: 'a', name: 'Kita', query: 'q=kita&space=mitte', new: 2, seen_at: 'x' }

it('knows a saved search in whatever order, and tells the server once that it was seen', async () => {
  const asked: string[] = []
  const call = (ask: (to: unknown) => unknown): Promise<unknown> => {
    const answer = (method: string) => (path: string) => asked.push(`${method} ${path}`)
    ask({ GET: answer('GET'), POST: answer('POST') })
    const value = asked.at(-1)?.startsWith('GET') ? { items: [one] } : undefined
    return Promise.resolve({ kind: 'ok', value })
  }
  const saved = new SavedSearches({ call } as unknown as Api)
  await saved.load()
  expect(saved.find('q=kita&space=mitte&order=changed')?.id).toBe('a')
  expect(saved.find('q=kita')).toBeUndefined()
  await saved.saw('q=kita&space=mitte&order=changed')
  await saved.saw('q=kita&space=mitte')
  expect(saved.items[0]?.new).toBe(0)
  expect(asked).toEqual(['GET /api/v1/search/saved', 'POST /api/v1/search/saved/{id}/seen'])
})

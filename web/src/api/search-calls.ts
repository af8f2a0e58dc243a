/** The calls of the search, of saved searches and of its words. */
import type { Api } from './client'
import type { Outcome } from './outcome'
import type { MissedSearch, SavedSearch, SearchResults, WordList } from './types'

export interface SearchRequest {
  q: string
  space: readonly string[]
  kind: readonly string[]
  /** Choices in the filters that fields fill. */
  field: readonly string[]
  department: readonly string[]
  phase: readonly string[]
  status: readonly string[]
  tag: readonly string[]
  year: readonly string[]
  author: readonly string[]
  /** Choices in any other filter, as `NAME:CHOICE`. */
  facet: readonly string[]
  order: 'closeness' | 'changed'
  /** Only the letters that were typed. */
  literal: boolean
  /** The last word is only a beginning. */
  typing: boolean
  limit: number
  offset: number
}

export const searchCalls = ({ call }: Api) => ({
  search: (request: SearchRequest, signal?: AbortSignal): Promise<Outcome<SearchResults>> =>
    call((to) =>
      to.GET('/api/v1/search', {
        params: {
          query: {
            ...request,
            space: [...request.space],
            kind: [...request.kind],
            field: [...request.field],
            department: [...request.department],
            phase: [...request.phase],
            status: [...request.status],
            tag: [...request.tag],
            year: [...request.year],
            author: [...request.author],
            facet: [...request.facet],
          },
        },
        signal: signal ?? null,
      }),
    ),
  /** Counts words that found nothing. */
  tellMissed: (q: string): Promise<Outcome<undefined>> =>
    call((to) => to.POST('/api/v1/search/misses', { body: { q } })),
})
export type SearchCalls = ReturnType<typeof searchCalls>

export const savedSearchCalls = ({ call }: Api) => ({
  list: (): Promise<Outcome<{ items: SavedSearch[] }>> =>
    call((to) => to.GET('/api/v1/search/saved')),
  save: (name: string, query: string): Promise<Outcome<SavedSearch>> =>
    call((to) => to.POST('/api/v1/search/saved', { body: { name, query } })),
  forget: (id: string): Promise<Outcome<undefined>> =>
    call((to) => to.DELETE('/api/v1/search/saved/{id}', { params: { path: { id } } })),
  markSeen: (id: string): Promise<Outcome<undefined>> =>
    call((to) => to.POST('/api/v1/search/saved/{id}/seen', { params: { path: { id } } })),
})

export const searchWordCalls = ({ call }: Api) => ({
  list: (): Promise<Outcome<WordList>> => call((to) => to.GET('/api/v1/search/words')),
  save: (text: string, revision: number): Promise<Outcome<WordList>> =>
    call((to) => to.POST('/api/v1/search/words', { body: { text, revision } })),
  missed: (): Promise<Outcome<{ items: MissedSearch[] }>> =>
    call((to) => to.GET('/api/v1/search/misses')),
  forgetMissed: (): Promise<Outcome<undefined>> => call((to) => to.DELETE('/api/v1/search/misses')),
})

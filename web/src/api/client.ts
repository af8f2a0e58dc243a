/**
 * The calls to the server, one function each, typed by the OpenAPI description.
 *
 * Every function gives an [`Outcome`] and never throws. `onSignedOut` is told whenever the server
 * no longer knows the session, whichever call found it out.
 */
import createClient, { type Client } from 'openapi-fetch'

import { problemOf, problemOfThrown, type Outcome } from './outcome'
import type { paths } from './schema'
import type {
  Catalogue,
  LostTexts,
  MapOutlines,
  Me,
  MoveTarget,
  NewPage,
  Page,
  PageList,
  PagePatch,
  RelatedPage,
  SetUp,
  SpaceOverview,
  Start,
  Suggestions,
  TitleEntry,
} from './types'

export interface ClientOptions {
  /** The language for messages of the server, asked for at each call. */
  language: () => string
  onSignedOut?: () => void
  fetch?: (request: Request) => Promise<Response>
  /** Tests need an absolute address; the browser uses its own origin. */
  baseUrl?: string
}

export interface PageFilter {
  space?: string
  kind?: string
  audience?: string
  /** Only pages that the reader is an author of. */
  mine?: boolean
  /** Choices of fields, as `FIELD:CHOICE`. */
  with?: readonly string[]
  /** Archived pages instead of those in use. */
  archived?: boolean
  limit?: number
  cursor?: string
}

interface FetchResult<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The server's addresses, typed by its description. */
export type Calls = Client<paths>
export type Api = ReturnType<typeof createApi>

export function createApi(options: ClientOptions) {
  const client = createClient<paths>({
    baseUrl: options.baseUrl ?? globalThis.location.origin,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    querySerializer: { array: { style: 'form', explode: true } },
  })
  client.use({
    onRequest: ({ request }) => {
      request.headers.set('Accept-Language', options.language())
      return request
    },
  })

  async function outcome<T>(call: Promise<FetchResult<T>>): Promise<Outcome<T>> {
    try {
      const { data, error, response } = await call
      if (response.ok) return { kind: 'ok', value: data as T }
      const problem = problemOf(response.status, error)
      if (problem.kind === 'signed-out') options.onSignedOut?.()
      return { kind: 'problem', problem }
    } catch (error) {
      return { kind: 'problem', problem: problemOfThrown(error) }
    }
  }

  return {
    session: (): Promise<Outcome<Me>> => outcome(client.GET('/api/v1/session')),
    signIn: (login: string, password: string): Promise<Outcome<Me>> =>
      outcome(client.POST('/api/v1/session', { body: { login, password } })),
    signOut: (): Promise<Outcome<undefined>> => outcome(client.DELETE('/api/v1/session')),
    setUp: (account: SetUp): Promise<Outcome<Me>> =>
      outcome(client.POST('/api/v1/setup', { body: account })),
    // The description says of the outlines only that they are an object: they are GeoJSON.
    map: () => outcome(client.GET('/api/v1/map')) as Promise<Outcome<MapOutlines>>,
    catalogue: (): Promise<Outcome<Catalogue>> => outcome(client.GET('/api/v1/catalogue')),

    pages: (
      { space, kind, audience, with: choices = [], ...rest }: PageFilter,
      signal?: AbortSignal,
    ): Promise<Outcome<PageList>> => {
      const only = (id?: string) => (id === undefined ? [] : [id])
      const query = {
        ...rest,
        space: only(space),
        kind: only(kind),
        audience: only(audience),
        with: [...choices],
      }
      return outcome(client.GET('/api/v1/pages', { params: { query }, signal: signal ?? null }))
    },
    createPage: (page: NewPage): Promise<Outcome<Page>> =>
      outcome(client.POST('/api/v1/pages', { body: page })),
    page: (id: string, signal?: AbortSignal): Promise<Outcome<Page>> =>
      outcome(
        client.GET('/api/v1/pages/{id}', { params: { path: { id } }, signal: signal ?? null }),
      ),
    changePage: (id: string, change: PagePatch): Promise<Outcome<Page>> =>
      outcome(client.PATCH('/api/v1/pages/{id}', { params: { path: { id } }, body: change })),
    archivePage: (id: string): Promise<Outcome<Page>> =>
      outcome(client.POST('/api/v1/pages/{id}/archive', { params: { path: { id } } })),
    restorePage: (id: string): Promise<Outcome<Page>> =>
      outcome(client.POST('/api/v1/pages/{id}/restore', { params: { path: { id } } })),
    lostTexts: (id: string): Promise<Outcome<LostTexts>> =>
      outcome(client.GET('/api/v1/pages/{id}/lost', { params: { path: { id } } })),
    letGoOfLostText: (id: string, text: string): Promise<Outcome<undefined>> =>
      outcome(client.DELETE('/api/v1/pages/{id}/lost/{text}', { params: { path: { id, text } } })),
    movePage: (id: string, to: MoveTarget): Promise<Outcome<Page>> =>
      outcome(client.POST('/api/v1/pages/{id}/move', { params: { path: { id } }, body: to })),
    start: (): Promise<Outcome<Start>> => outcome(client.GET('/api/v1/start')),
    markSeen: (): Promise<Outcome<undefined>> => outcome(client.POST('/api/v1/start/seen')),
    space: (id: string, signal?: AbortSignal): Promise<Outcome<SpaceOverview>> =>
      outcome(
        client.GET('/api/v1/spaces/{id}', { params: { path: { id } }, signal: signal ?? null }),
      ),
    titles: (ids: readonly string[]): Promise<Outcome<{ items: TitleEntry[] }>> =>
      outcome(client.GET('/api/v1/titles', { params: { query: { id: [...ids] } } })),

    suggest: (q: string, signal?: AbortSignal): Promise<Outcome<Suggestions>> =>
      outcome(client.GET('/api/v1/suggest', { params: { query: { q } }, signal: signal ?? null })),
    related: (
      id: string,
      to: { section?: string; passage?: string },
      signal?: AbortSignal,
    ): Promise<Outcome<{ items: RelatedPage[] }>> =>
      outcome(
        client.GET('/api/v1/pages/{id}/related', {
          params: { path: { id }, query: to },
          signal: signal ?? null,
        }),
      ),

    /** For the calls of a part that is not loaded at the start. */
    call: <T>(make: (to: Calls) => Promise<FetchResult<T>>): Promise<Outcome<T>> =>
      outcome(make(client)),
  }
}

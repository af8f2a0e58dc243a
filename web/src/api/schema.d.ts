/**
 * The addresses of the JSON API and what they answer, in the shape openapi-typescript writes.
 * `npm run api` replaces this file from openapi.json; nothing but types.ts and client.ts reads it.
 */
export interface components {
  schemas: {
    Label: { de: string; en: string }
    PersonRef: { id: string; name: string }
    Problem: {
      type?: string
      title: string
      status: number
      detail?: string
      field?: string
      code?: string
    }
    Grant: { role: string; space: string | null }
    Me: {
      person: { id: string; name: string; initials: string; hue: number }
      login: string
      language: string
      grants: components['schemas']['Grant'][]
      label: string
      home: string | null
    }
    Space: {
      id: string
      name: string
      short: string
      type: 'district' | 'network'
      key?: string
    }
    Field: {
      name: string
      type: string
      label: components['schemas']['Label']
      question: components['schemas']['Label']
      taxonomy?: string
    }
    Kind: {
      id: string
      label: components['schemas']['Label']
      plural: components['schemas']['Label']
      description: components['schemas']['Label']
      icon: string
      hue: string
      fields: components['schemas']['Field'][]
    }
    Term: { id: string; label: components['schemas']['Label'] }
    Catalogue: {
      city: { name: string }
      network: string
      spaces: components['schemas']['Space'][]
      kinds: components['schemas']['Kind'][]
      taxonomies: { [name: string]: components['schemas']['Term'][] }
      roles: components['schemas']['Term'][]
      audiences: components['schemas']['Term'][]
    }
    PageRef: { id: string; title: string; kind: string; space: string }
    PageSummary: {
      id: string
      title: string
      kind: string
      space: string
      audience: string
      tags: string[]
      excerpt: string
      changed_at: string
      changed_by: components['schemas']['PersonRef'] | null
      archived: boolean
      authors: components['schemas']['PersonRef'][]
    }
    Page: components['schemas']['PageSummary'] & {
      fields: { [name: string]: unknown }
      html: string
      outline: { level: number; text: string; id: string }[]
      links: components['schemas']['PageRef'][]
      backlinks: { page: components['schemas']['PageRef']; relation: string; sentence: string }[]
      can: { edit: boolean; narrow: boolean }
      slug: string
      created_at: string
    }
    NewPage: {
      id?: string
      title: string
      kind: string
      space: string
      audience?: string
      tags?: string[]
      fields?: { [name: string]: unknown }
      markdown?: string
    }
    PagePatch: {
      title?: string
      fields?: { [name: string]: unknown }
      tags?: string[]
      audience?: string
    }
    PageList: { items: components['schemas']['PageSummary'][]; next: string | null }
    TitleEntry: { id: string; title: string | null; kind?: string; space?: string }
    Titles: { items: components['schemas']['TitleEntry'][] }
    SnippetPart: { text: string; hit: boolean }
    Hit: {
      id: string
      title: string
      kind: string
      space: string
      audience: string
      changed_at: string
      heading: string | null
      snippet: components['schemas']['SnippetPart'][]
    }
    FacetCount: { value: string; count: number }
    SearchResults: {
      total: number
      hits: components['schemas']['Hit'][]
      facets: { [name: string]: components['schemas']['FacetCount'][] }
    }
    Suggestions: { items: components['schemas']['PageRef'][] }
    MapOutlines: {
      /** The line that names where the outlines are from. */
      source: string
      /** Name or address of the licence. */
      licence: string
      outlines: {
        type: 'FeatureCollection'
        features: {
          type: 'Feature'
          properties: { schluessel: string }
          geometry:
            | { type: 'Polygon'; coordinates: number[][][] }
            | { type: 'MultiPolygon'; coordinates: number[][][][] }
        }[]
      }
    }
    SetUp: { code: string; login: string; name: string; password: string }
    Credentials: { login: string; password: string }
  }
}

type Schemas = components['schemas']
type Answer<T> = {
  200: { headers: { [name: string]: unknown }; content: { 'application/json': T } }
  default: {
    headers: { [name: string]: unknown }
    content: { 'application/problem+json': Schemas['Problem'] }
  }
}
type Created<T> = Omit<Answer<T>, 200> & { 201: Answer<T>[200] }
type Nothing = Omit<Answer<never>, 200> & {
  204: { headers: { [name: string]: unknown }; content?: never }
}
type Json<T> = { content: { 'application/json': T } }
type None = { query?: never; header?: never; path?: never; cookie?: never }
type Query<T> = { query?: T; header?: never; path?: never; cookie?: never }
type ById = { query?: never; header?: never; path: { id: string }; cookie?: never }

export interface paths {
  '/api/v1/session': {
    parameters: None
    get: { parameters: None; requestBody?: never; responses: Answer<Schemas['Me']> }
    post: {
      parameters: None
      requestBody: Json<Schemas['Credentials']>
      responses: Answer<Schemas['Me']>
    }
    delete: { parameters: None; requestBody?: never; responses: Nothing }
  }
  '/api/v1/setup': {
    parameters: None
    post: {
      parameters: None
      requestBody: Json<Schemas['SetUp']>
      responses: Created<Schemas['Me']>
    }
  }
  '/api/v1/map': {
    parameters: None
    get: { parameters: None; requestBody?: never; responses: Answer<Schemas['MapOutlines']> }
  }
  '/api/v1/catalogue': {
    parameters: None
    get: { parameters: None; requestBody?: never; responses: Answer<Schemas['Catalogue']> }
  }
  '/api/v1/pages': {
    parameters: None
    get: {
      parameters: Query<{
        space?: string[]
        kind?: string[]
        audience?: string[]
        limit?: number
        cursor?: string
      }>
      requestBody?: never
      responses: Answer<Schemas['PageList']>
    }
    post: {
      parameters: None
      requestBody: Json<Schemas['NewPage']>
      responses: Created<Schemas['Page']>
    }
  }
  '/api/v1/pages/{id}': {
    parameters: None
    get: { parameters: ById; requestBody?: never; responses: Answer<Schemas['Page']> }
    patch: {
      parameters: ById
      requestBody: Json<Schemas['PagePatch']>
      responses: Answer<Schemas['Page']>
    }
  }
  '/api/v1/titles': {
    parameters: None
    get: {
      parameters: Query<{ id?: string[] }>
      requestBody?: never
      responses: Answer<Schemas['Titles']>
    }
  }
  '/api/v1/search': {
    parameters: None
    get: {
      parameters: Query<{
        q?: string
        space?: string[]
        kind?: string[]
        typing?: boolean
        limit?: number
        offset?: number
      }>
      requestBody?: never
      responses: Answer<Schemas['SearchResults']>
    }
  }
  '/api/v1/suggest': {
    parameters: None
    get: {
      parameters: Query<{ q?: string }>
      requestBody?: never
      responses: Answer<Schemas['Suggestions']>
    }
  }
}

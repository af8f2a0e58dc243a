// A small server for developing and for pictures: the built application under the policy of the real
// server, and enough of the API, fed from data/berlin. Development only; nothing is kept.
//
//   npm run build && npm run mock            http://127.0.0.1:8080, any name and password
//   DENKRAUM_MOCK_PORT=8099 npm run mock
import { readFile, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const data = join(root, '../data/berlin')
const port = Number(process.env['DENKRAUM_MOCK_PORT'] ?? 8080)

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The blocks `[[name]]` of a TOML file with the values this server needs; not a TOML reader. */
function blocks(file, name) {
  return readFileSync(join(data, file), 'utf8')
    .split(/^\[\[/m)
    .filter((block) => block.startsWith(`${name}]]`))
    .map((block) => {
      const entry = {}
      for (const line of block.split('\n')) {
        const plain = /^(\w+) = "(.*)"$/.exec(line)
        const number = /^(\w+) = (\d+)$/.exec(line)
        const label = /^(\w+) = \{ de = "(.*?)", en = "(.*?)" \}$/.exec(line)
        if (plain) entry[plain[1]] = plain[2]
        if (number) entry[number[1]] = Number(number[2])
        if (label) entry[label[1]] = { de: label[2], en: label[3] }
      }
      return entry
    })
}

const spaces = blocks('spaces.toml', 'space')
const outlines = new Map(
  readFileSync(join(data, '../icons.tsv'), 'utf8')
    .split('\n')
    .map((line) => line.split('\t')),
)
const kinds = blocks('kinds.toml', 'kind').map((kind) => ({
  ...kind,
  icon: outlines.get(kind.icon),
  template: '',
  fields: [],
}))
const people = blocks('demo/people.toml', 'person')
const start = Date.now()
const pages = readFileSync(join(data, 'demo/pages.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line, index) => summary(JSON.parse(line), start - index * 5 * 3_600_000))

function summary(page, changed) {
  const name = people.find((p) => p.login === page.author)?.name ?? 'Jana Petersen'
  const text = (page.markdown ?? '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^#+ .*$/gm, '')
    .replace(/[*_>\\]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return {
    id: page.id,
    title: page.title,
    kind: page.kind,
    space: page.space,
    audience: page.audience ?? 'draft',
    tags: page.tags ?? [],
    excerpt: text.slice(0, 170) + (text.length > 170 ? '…' : ''),
    changed_at: new Date(changed).toISOString(),
    changed_by: { id: '01h', name },
    archived: false,
    card: {},
    authors: [{ id: '01h', name }],
    text,
  }
}

const me = {
  person: { id: '01h', name: 'Jana Petersen', initials: 'JP', hue: 1 },
  login: 'jana.petersen',
  language: 'de',
  grants: [{ role: 'coordinator', space: 'pankow' }],
  label: 'Koordination Pankow',
  home: 'pankow',
}
const catalogue = {
  city: { name: 'Berlin' },
  network: 'berlin',
  spaces,
  kinds,
  taxonomies: {},
  roles: [],
  audiences: [],
  overview: { dates: ['workshop', 'impulse'] },
}

const map = {
  source: 'Karte: Geoportal Berlin / ALKIS Berlin (Bezirke), dl-de/by-2-0, vereinfacht',
  licence: 'https://www.govdata.de/dl-de/by-2-0',
  outlines: JSON.parse(readFileSync(join(data, 'districts.geojson'), 'utf8')),
}

let signedIn = process.env['DENKRAUM_MOCK_SIGNED_IN'] !== 'no'

function send(response, status, body) {
  const problem = status >= 400
  response.writeHead(status, {
    'Content-Type': problem ? 'application/problem+json' : 'application/json',
  })
  response.end(body === undefined ? '' : JSON.stringify(body))
}
const problem = (status, code, detail) => ({ title: code, status, code, detail })

function search(query) {
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const matching = pages.filter((page) =>
    words.every((word) => `${page.title} ${page.text}`.toLowerCase().includes(word)),
  )
  const within = (page, name) =>
    query.getAll(name).length === 0 || query.getAll(name).includes(page[name])
  const found = matching.filter((page) => within(page, 'space') && within(page, 'kind'))
  const offset = Number(query.get('offset') ?? 0)
  const hits = found.slice(offset, offset + Number(query.get('limit') ?? 20))
  const count = (name) =>
    Object.entries(Object.groupBy ? Object.groupBy(matching, (p) => p[name]) : group(name))
      .map(([value, all]) => ({ value, count: all.length }))
      .sort((a, b) => b.count - a.count)
  function group(name) {
    const groups = {}
    for (const page of matching) (groups[page[name]] ??= []).push(page)
    return groups
  }
  return {
    total: found.length,
    hits: hits.map((page) => ({ ...page, heading: null, snippet: snippet(page.text, words[0]) })),
    facets: { kind: count('kind'), space: count('space') },
  }
}

function snippet(text, word) {
  const at = Math.max(0, text.toLowerCase().indexOf(word ?? ''))
  const from = Math.max(0, at - 60)
  return [
    { text: (from > 0 ? '…' : '') + text.slice(from, at), hit: false },
    { text: text.slice(at, at + (word ?? '').length), hit: true },
    { text: text.slice(at + (word ?? '').length, at + 110) + '…', hit: false },
  ].filter((part) => part.text !== '')
}

function startPage() {
  const since = new Date(start - 20 * 3_600_000).toISOString()
  const news = pages.filter((page) => page.changed_at > since)
  return {
    since,
    total: news.length,
    news: news.slice(0, 8).map((page, index) => ({ page, made: index % 2 === 0 })),
    recent: pages.slice(0, 6),
    dates: [],
    districts: spaces
      .filter((space) => space.type === 'district')
      .map(({ id }) => ({
        space: id,
        strategy: null,
        agreement: null,
        agreement_date: null,
        step: null,
      })),
  }
}

function spacePage(space) {
  const own = pages.filter((page) => page.space === space)
  const counts = {}
  for (const { kind } of own) counts[kind] = (counts[kind] ?? 0) + 1
  const shelf = (kind) => ({ kind, items: own.filter((page) => page.kind === kind).slice(0, 4) })
  return {
    strategy: null,
    counts,
    shelves: ['approach', 'practice_case', 'inquiry'].map(shelf),
    offers: [],
    milestones: [],
    dates: [],
    recent: own.slice(0, 5),
    archived: 0,
    can: { create: space === 'pankow' || space === 'berlin' },
  }
}

async function api(request, url, response) {
  const path = url.pathname.slice('/api/v1'.length)
  const body = await new Promise((resolve) => {
    let text = ''
    request.on('data', (chunk) => (text += chunk))
    request.on('end', () => resolve(text === '' ? {} : JSON.parse(text)))
  })
  if (path === '/session' && request.method === 'POST') {
    if (body.password === 'falsch') {
      return send(response, 401, problem(401, 'wrong-credentials', 'Falsches Passwort.'))
    }
    signedIn = true
    return send(response, 200, me)
  }
  if (path === '/setup' && request.method === 'POST') {
    return body.code === 'falsch'
      ? send(response, 403, problem(403, 'invalid-setup-code', 'Dieser Link gilt nicht mehr.'))
      : send(response, 201, { ...me, login: body.login })
  }
  if (path === '/session' && request.method === 'DELETE') {
    signedIn = false
    return response.writeHead(204).end()
  }
  if (!signedIn) return send(response, 401, problem(401, 'signed-out', 'Nicht angemeldet.'))
  if (path === '/session') return send(response, 200, me)
  if (path === '/map') return send(response, 200, map)
  if (path === '/catalogue') return send(response, 200, catalogue)
  if (path === '/start') return send(response, 200, startPage())
  if (path === '/start/seen') return response.writeHead(204).end()
  const space = /^\/spaces\/([^/]+)$/.exec(path)?.[1]
  if (space !== undefined) return send(response, 200, spacePage(space))
  if (path === '/search') return send(response, 200, search(url.searchParams))
  if (path === '/suggest') {
    const q = (url.searchParams.get('q') ?? '').toLowerCase()
    const items = pages.filter((page) => page.title.toLowerCase().includes(q)).slice(0, 8)
    return send(response, 200, { items })
  }
  if (path === '/pages' && request.method === 'POST') {
    const id = body.id ?? `01hzzzzzzzzzzzzzzzzzzzz${String(pages.length).padStart(3, '0')}`
    const page = summary({ ...body, id }, Date.now())
    pages.unshift(page)
    return send(response, 201, {
      ...page,
      can: { edit: true, narrow: false, archive: false, restore: false, move: false },
    })
  }
  if (path === '/pages') {
    const q = url.searchParams
    const fits = (page, name) => q.getAll(name).length === 0 || q.getAll(name).includes(page[name])
    const all = pages.filter((page) => fits(page, 'space') && fits(page, 'kind'))
    const from = Number(q.get('cursor') ?? 0)
    const end = from + Number(q.get('limit') ?? 50)
    const next = end < all.length ? String(end) : null
    return send(response, 200, { items: all.slice(from, end), next })
  }
  const id = /^\/pages\/([^/]+)$/.exec(path)?.[1]
  const page = pages.find((p) => p.id === id)
  if (page === undefined) return send(response, 404, problem(404, 'unknown-page', 'Unbekannt.'))
  return send(response, 200, {
    ...page,
    fields: {},
    html: `<p>${page.text}</p>`,
    outline: [],
    links: [],
    backlinks: [],
    written_by: [],
    can: { edit: true, narrow: false, archive: false, restore: false, move: false },
    slug: '',
    created_at: page.changed_at,
  })
}

function file(url, response) {
  const wanted = normalize(url.pathname)
  const path = join(root, 'dist', extname(wanted) === '' ? 'index.html' : wanted)
  readFile(path, (error, bytes) => {
    if (error) return response.writeHead(404).end()
    response.writeHead(200, {
      'Content-Type': types[extname(path)] ?? 'application/octet-stream',
      'Content-Security-Policy': policy,
    })
    response.end(bytes)
  })
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`)
  if (url.pathname.startsWith('/api/v1/')) void api(request, url, response)
  else file(url, response)
})
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`))

/**
 * Hostile documents that came into storage past the gate: whoever opens them runs nothing of them,
 * reads them as text, and takes nothing away from them.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, type Page, test } from '@playwright/test'
import * as Y from 'yjs'
import { call, createPage, exported, readyToWrite, textOf, titleOf, windowOf } from './people.js'
import { BINARY, Server } from './server.js'

/** The example of the server's crate that writes into a journal past the gate. */
const WRITER = process.env.DENKRAUM_PAST_GATE ?? join(dirname(BINARY), 'examples/store_past_gate')
const STATES = resolve(import.meta.dirname, '../corpus/hostile/states.json.gz')
const PAYLOAD = '"><img src=x onerror=alert(1)><script>alert(2)</script>'

const states = new Map(
  JSON.parse(gunzipSync(readFileSync(STATES)).toString()) as [string, string][],
)

/** A page whose title, fields and text hold hostile words, all in places where words may be. */
function wordsOnly(): string {
  const doc = new Y.Doc()
  doc.getText('title').insert(0, PAYLOAD)
  doc.getText('text:summary').insert(0, PAYLOAD)
  doc.getMap('values').set(`tags=${PAYLOAD}`, true)
  const block = new Y.XmlElement('agreement')
  block.setAttribute('who', PAYLOAD)
  const line = new Y.XmlElement('paragraph')
  line.insert(0, [new Y.XmlText(PAYLOAD)])
  block.insert(0, [line])
  doc.getXmlFragment('body').insert(0, [block])
  return Buffer.from(Y.encodeStateAsUpdate(doc)).toString('hex')
}

const CHOSEN = [
  'paragraph <img src=x onerror=alert(1)>',
  'heading list',
  'codeBlock "><svg onload=alert(1)>',
  'table huge',
  'tableCell map',
  'footnote javascript:alert(1)',
  'pageLink list',
  '<script>',
  '<svg>',
  '<__proto__>',
  'mark link javascript:alert(1)',
  'mark onclick yes',
]

let server: Server
const pages = new Map<string, string>()

test.beforeAll(async () => {
  server = await Server.start()
  const lines: string[] = []
  for (const name of [...CHOSEN, 'words']) {
    const kind = name === 'words' ? 'approach' : 'page'
    const id = await createPage(server, 'ruth.weidner', { title: 'Fremd ', kind })
    pages.set(name, id)
    const state = name === 'words' ? wordsOnly() : states.get(name)
    if (state === undefined) throw new Error(`there is no hostile document ${name}`)
    lines.push(`${id} ${state}`)
  }
  await server.stop()
  execFileSync(WRITER, [server.dataDir], { input: lines.join('\n') })
  await server.restart()
})
test.afterAll(async () => {
  await server.dispose()
})

/** What a page must not do: everything that would show that something of it ran or was refused. */
async function watched(page: Page): Promise<string[]> {
  const seen: string[] = []
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => seen.push(`error: ${error.message}`))
  page.on('console', (line) => {
    if (/Content Security Policy|Refused to/i.test(line.text())) seen.push(line.text())
  })
  page.on('request', (request) => {
    const { host } = new URL(request.url())
    if (host !== new URL(server.url).host) seen.push(`request: ${request.url()}`)
  })
  await page.exposeFunction('refused', (what: string) => seen.push(`refused: ${what}`))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { refused } = window as unknown as { refused: (what: string) => void }
      refused(`${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  return seen
}

const note = 'Diese Seite enthält Neues, das dieses Fenster noch nicht kennt.'

for (const name of CHOSEN) {
  test(`a stored document is only read: ${name}`, async ({ browser }) => {
    const id = pages.get(name) ?? ''
    const before = await exported(server, 'ruth.weidner', id)
    expect(before).toContain('alert')
    const ruth = await windowOf(browser, server, 'ruth.weidner')
    const seen = await watched(ruth)
    await ruth.goto(`${server.url}/seiten/${id}`)
    await expect(ruth.getByText(note)).toBeVisible()
    await expect(ruth.locator('#first')).toHaveCount(0)
    await expect(textOf(ruth)).toHaveCount(0)
    await expect(ruth.locator('.text')).toContainText('<script>alert(1)</script>')
    expect(await ruth.locator('.text').locator('script, img, iframe, style').count()).toBe(0)
    expect(seen).toEqual([])
    expect(await exported(server, 'ruth.weidner', id)).toBe(before)
    await ruth.context().close()
  })
}

test('hostile words in title, fields and text are words, and may be edited', async ({
  browser,
}) => {
  const id = pages.get('words') ?? ''
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  const seen = await watched(ruth)
  await ruth.goto(`${server.url}/seiten/${id}`)
  await readyToWrite(ruth)
  await expect(titleOf(ruth)).toHaveValue(new RegExp(PAYLOAD.replace(/[()]/g, '\\$&')))
  await expect(textOf(ruth)).toContainText(PAYLOAD)
  await expect(ruth.locator('main')).toContainText(PAYLOAD)
  await textOf(ruth).locator('p', { hasText: PAYLOAD }).click()
  await ruth.keyboard.press('End')
  await ruth.keyboard.insertText(' Dahinter.')
  await expect.poll(() => exported(server, 'ruth.weidner', id)).toContain('Dahinter.')
  // Without any script of ours the first answer alone is shown.
  const reader = await windowOf(browser, server, 'ruth.weidner', { javaScriptEnabled: false })
  await reader.goto(`${server.url}/seiten/${id}`)
  await expect(reader.locator('.text .prose')).toContainText(PAYLOAD)
  expect(await reader.locator('article').locator('script, img, iframe').count()).toBe(0)
  // Where it is found and listed.
  await expect
    .poll(async () => {
      const found = await call(server, 'ruth.weidner', '/search?q=onerror')
      return ((await found.json()) as { hits: unknown[] }).hits.length
    })
    .toBeGreaterThan(5)
  await ruth.goto(`${server.url}/suche?q=onerror`)
  await expect(ruth.locator('main')).toContainText('onerror=alert(1)')
  await ruth.goto(`${server.url}/raeume/lichtenberg`)
  await expect(ruth.getByRole('heading', { level: 1 })).toBeVisible()
  expect(seen).toEqual([])
  await ruth.context().close()
  await reader.context().close()
})

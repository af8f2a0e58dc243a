/** Files of a page: attached by keys, the same bytes back, found by search, removed; read by others. */
import { expect, type Page, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { expectNothingFound } from './axe.js'
import { call, createPage, openToWrite, windowOf } from './people.js'
import { Server } from './server.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

const WORDS = 'Die Lesepatinnen kommen montags mit Zwiebelkuchen.\n'
const files = (page: Page) => page.getByRole('region', { name: 'Anhänge' })
const said = (page: Page) => files(page).getByRole('status')

async function choose(page: Page, ...names: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await files(page).getByRole('button', { name: 'Dateien anhängen' }).press('Enter')
  await (
    await chooser
  ).setFiles(names.map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(WORDS) })))
}

test('a file is attached by keys, comes back as it was, is found and removed', async ({
  browser,
}) => {
  const id = await createPage(server, 'ruth.weidner', {
    title: 'Treffen im Frühjahr',
    markdown: 'Ein Absatz.',
    audience: 'space',
  })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await expect(files(ruth).getByText('Noch keine Anhänge.')).toBeVisible()
  await choose(ruth, 'Übersicht.txt')
  await expect(said(ruth)).toHaveText('Übersicht.txt ist gesichert.')
  const link = files(ruth).getByRole('link', { name: 'Übersicht.txt' })
  await expectNothingFound(ruth)

  const download = ruth.waitForEvent('download')
  await link.press('Enter')
  const found = await download
  expect(found.suggestedFilename()).toBe('Übersicht.txt')
  expect(readFileSync(await found.path(), 'utf8')).toBe(WORDS)

  // The words are in the index a moment after the file came.
  await expect
    .poll(async () => {
      const answer = await call(server, 'ruth.weidner', '/search?q=Zwiebelkuchen')
      const { hits } = (await answer.json()) as { hits: { id: string; in_attachment?: boolean }[] }
      return hits.some((hit) => hit.id === id && hit.in_attachment === true)
    })
    .toBe(true)
  const reader = await windowOf(browser, server, 'deniz.aksoy', {
    viewport: { width: 390, height: 844 },
  })
  await reader.goto(`${server.url}/suche?q=Zwiebelkuchen`)
  await reader.getByRole('link', { name: 'Anhang „Übersicht.txt“' }).click()
  await expect(files(reader).getByRole('heading', { name: 'Anhänge' })).toBeFocused()
  await expect(files(reader).getByRole('link', { name: 'Übersicht.txt' })).toBeVisible()
  const wide = await reader.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wide).toBeLessThanOrEqual(0)
  await expectNothingFound(reader)

  const remove = files(ruth).getByRole('button', { name: 'Übersicht.txt entfernen' })
  await remove.press('Enter')
  await expect(files(ruth).getByRole('button', { name: 'Behalten' })).toBeFocused()
  await expectNothingFound(ruth)
  await ruth.keyboard.press('Escape')
  await expect(remove).toBeFocused()
  await remove.press('Enter')
  await files(ruth).getByRole('button', { name: 'Wirklich entfernen' }).press('Enter')
  await expect(said(ruth)).toHaveText('Übersicht.txt ist entfernt.')
  await expect(link).toBeHidden()
  await expect(files(ruth).getByRole('heading', { name: 'Anhänge' })).toBeFocused()
  await Promise.all([ruth, reader].map((page) => page.context().close()))
})

test('what does not get there is said, and tried again', async ({ browser }) => {
  const id = await createPage(server, 'ruth.weidner', {
    title: 'Ohne Netz',
    markdown: 'Ein Absatz.',
    audience: 'space',
  })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await expect(files(ruth).getByText('Noch keine Anhänge.')).toBeVisible()
  await ruth.route('**/attachments?name=*', (route) => route.abort())
  await choose(ruth, 'a.txt')
  await expect(files(ruth).getByRole('alert')).toContainText('die Datei ist nicht gesichert')
  await expectNothingFound(ruth)
  await ruth.unroute('**/attachments?name=*')
  await files(ruth).getByRole('button', { name: 'Erneut versuchen' }).press('Enter')
  await expect(said(ruth)).toHaveText('a.txt ist gesichert.')
  await expect(files(ruth).getByRole('link', { name: 'a.txt' })).toBeVisible()
  await ruth.context().close()
})

test('whoever only reads the page sees the files and changes nothing', async ({ browser }) => {
  const id = await createPage(server, 'ruth.weidner', {
    title: 'Für alle',
    markdown: 'Ein Absatz.',
    audience: 'network',
  })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await expect(files(ruth).getByText('Noch keine Anhänge.')).toBeVisible()
  await choose(ruth, 'a.txt', 'b.txt')
  await expect(said(ruth)).toHaveText('2 Dateien sind gesichert.')
  const reader = await windowOf(browser, server, 'jana.petersen')
  await reader.goto(`${server.url}/seiten/${id}`)
  await expect(files(reader).getByRole('link')).toHaveText(['a.txt', 'b.txt'])
  await expect(files(reader).getByRole('button')).toHaveCount(0)
  await expectNothingFound(reader)
  await Promise.all([ruth, reader].map((page) => page.context().close()))
})

/** Pages come in from files, are looked at first, and go out as an archive that comes back. */
import { expect, type Page, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { expectNothingFound } from './axe.js'
import { call, windowOf } from './people.js'
import { Server } from './server.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

const file = (name: string, text: string) => ({
  name,
  mimeType: 'text/markdown',
  buffer: Buffer.from(text),
})

const notes = [
  file(
    'anfang.md',
    '---\nspace: lichtenberg\naudience: space\n---\n# Wandertag\n\nSiehe [Ende](ende.md).',
  ),
  file('ende.md', '---\naudience: space\n---\nText mit <u>Strich</u>.'),
]

async function choose(page: Page, files: typeof notes): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Dateien wählen' }).press('Enter')
  await (await chooser).setFiles(files)
}

test('files are looked at, mended by a choice, and come in', async ({ browser }) => {
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await ruth.goto(`${server.url}/importieren`)
  await choose(ruth, notes)

  const result = ruth.getByRole('heading', { name: 'Das würde kommen' })
  await expect(result).toBeFocused()
  await expect(ruth.getByRole('row', { name: /Wandertag.*Lichtenberg.*neu/ })).toBeVisible()
  await expect(ruth.getByText('ende.md, space: Diese Angabe fehlt.')).toBeVisible()
  await expectNothingFound(ruth)

  await ruth.getByLabel('Wem gehören Seiten ohne Angabe?').selectOption({ label: 'Lichtenberg' })
  await expect(ruth.getByRole('row', { name: /^ende/ })).toBeVisible()
  await expect(ruth.getByText(/HTML bleibt weg/)).toBeVisible()
  await ruth.getByRole('button', { name: '2 Seiten importieren' }).press('Enter')
  await expect(ruth.getByRole('heading', { name: 'Das ist gekommen' })).toBeFocused()
  await ruth.getByRole('link', { name: 'Wandertag' }).click()
  await expect(ruth).toHaveURL(/\/seiten\/[0-9a-z]{26}\/wandertag$/)
  await expect(ruth.locator('.text .wl', { hasText: 'Ende' })).toBeVisible()
})

test('an archive of a district comes back and replaces what is there', async ({ browser }) => {
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await ruth.goto(`${server.url}/raeume/lichtenberg`)
  await ruth.getByRole('button', { name: 'Weitere Aktionen' }).press('Enter')
  const download = ruth.waitForEvent('download')
  await ruth.getByRole('link', { name: 'Alles als Archiv (Zip)' }).click()
  const archive = await download
  expect(archive.suggestedFilename()).toMatch(/^denkraum-lichtenberg-\d{4}-\d\d-\d\d\.zip$/)
  const bytes = readFileSync(await archive.path())

  await ruth.goto(`${server.url}/importieren`)
  const files = [{ name: 'archiv.zip', mimeType: 'application/zip', buffer: bytes }]
  await choose(ruth, files)
  await expect(ruth.getByText(/Diese Seite gibt es schon/).first()).toBeVisible()
  await expect(ruth.getByRole('button', { name: /importieren$/ })).toBeDisabled()
  await ruth.getByLabel('Vorhandene ersetzen').check()
  await expect(ruth.getByRole('row', { name: /ersetzt die vorhandene/ }).first()).toBeVisible()
  await ruth.getByRole('button', { name: /Seiten importieren$/ }).click()
  await expect(ruth.getByText(/^0 Seiten angelegt, \d+ Seiten ersetzt\.$/).last()).toBeVisible()
})

test('whoever only reads is told so, and a damaged file says what is wrong', async ({
  browser,
}) => {
  const response = await call(server, 'ruth.weidner', '/import?preview=true', {})
  expect(response.status).toBe(200)
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await ruth.goto(`${server.url}/importieren`)
  await choose(ruth, [
    { name: 'kaputt.zip', mimeType: 'application/zip', buffer: Buffer.from('PK\u0003\u0004x') },
  ])
  await expect(ruth.getByRole('alert')).toContainText('Dieses Zip-Archiv ist beschädigt.')
})

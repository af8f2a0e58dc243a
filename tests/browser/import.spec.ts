/** Pages come in from files, are looked at first, and go out as an archive that comes back. */
import { expect, type Page, test } from '@playwright/test'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectNothingFound } from './axe.js'
import { createPage, windowOf } from './people.js'
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

test('lines of JSON come in, and a line that does not is named', async ({ browser }) => {
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await ruth.goto(`${server.url}/importieren`)
  const lines = [
    '{"title":"Aus Zeile eins","kind":"page","space":"lichtenberg","audience":"space","tags":["Kita"],"markdown":"Text"}',
    '{"title":"Aus Zeile zwei","kind":"poem","space":"lichtenberg"}',
  ]
  const buffer = Buffer.from(lines.join('\n'))
  await choose(ruth, [{ name: 'seiten.jsonl', mimeType: 'application/jsonl', buffer }])
  await expect(ruth.getByText(/Zeile 2.*„poem“ gibt es hier nicht\./)).toBeVisible()
  await ruth.getByRole('button', { name: '1 Seite importieren' }).click()
  await ruth.getByRole('link', { name: 'Aus Zeile eins' }).click()
  await expect(ruth.locator('.text')).toContainText('Text')
})

/** A folder with a folder in it, whose pages link to each other. */
function folderOnDisk(name: string): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'denkraum-import-')), name)
  mkdirSync(join(folder, 'innen'), { recursive: true })
  const front = '---\nspace: lichtenberg\naudience: space\n---\n'
  writeFileSync(
    join(folder, 'oben.md'),
    `${front}# Oben aus ${name}\n\nSiehe [Unten aus ${name}](innen/unten.md).`,
  )
  writeFileSync(join(folder, 'innen/unten.md'), `${front}# Unten aus ${name}\n\nEnde.`)
  writeFileSync(join(folder, 'bild.png'), 'kein Text')
  return folder
}

async function bringBoth(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('row', { name: new RegExp(`Unten aus ${name}.*neu`) })).toBeVisible()
  await expect(page.getByText(/bild\.png.*diese Datei bleibt weg/)).toBeVisible()
  await page.getByRole('button', { name: '2 Seiten importieren' }).click()
  await page.getByRole('link', { name: `Oben aus ${name}` }).click()
  await expect(page.locator('.text .wl', { hasText: `Unten aus ${name}` })).toBeVisible()
}

test('a folder comes in with what lies in it, chosen or dropped', async ({ browser }) => {
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await ruth.goto(`${server.url}/importieren`)
  const chooser = ruth.waitForEvent('filechooser')
  await ruth.getByRole('button', { name: 'Ordner wählen' }).press('Enter')
  await (await chooser).setFiles(folderOnDisk('Gewählt'))
  await bringBoth(ruth, 'Gewählt')

  await ruth.goto(`${server.url}/importieren`)
  const target = ruth.getByRole('group', { name: 'Welche Dateien möchten Sie importieren?' })
  const box = await target.boundingBox()
  if (box === null) throw new Error('there is no place to drop files')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const data = { items: [], files: [folderOnDisk('Gezogen')], dragOperationsMask: 1 }
  // As the operating system does it; an event made by a script would hold no folder.
  const devtools = await ruth.context().newCDPSession(ruth)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x, y, data })
  }
  await bringBoth(ruth, 'Gezogen')
  await ruth.context().close()
})

/** Takes something away by its link in an open menu. */
async function taken(page: Page, link: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: 'Weitere Aktionen' }).press('Enter')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: link }).click()
  const file = await download
  await page.keyboard.press('Escape')
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

test('one page and everything can be taken away, and the archives come back', async ({
  browser,
}) => {
  const markdown = 'Ein Satz zum Mitnehmen.'
  const id = await createPage(server, 'ruth.weidner', { title: 'Zum Mitnehmen', markdown })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await ruth.goto(`${server.url}/seiten/${id}`)
  for (const [link, name] of [
    ['Als Markdown herunterladen', /^zum-mitnehmen\.md$/],
    ['Als HTML herunterladen', /^zum-mitnehmen\.html$/],
  ] as const) {
    const file = await taken(ruth, link)
    expect(file.name).toMatch(name)
    expect(file.bytes.toString()).toContain(markdown)
  }
  const page = await taken(ruth, 'Als Archiv (Zip) herunterladen')
  expect(page.name).toMatch(/^denkraum-zum-mitnehmen-\d{4}-\d\d-\d\d\.zip$/)

  await ruth.goto(`${server.url}/raeume`)
  await ruth.getByRole('button', { name: 'Weitere Aktionen' }).press('Enter')
  await expect(ruth.getByRole('heading', { name: 'Alles, was ich lesen darf' })).toBeVisible()
  await ruth.keyboard.press('Escape')
  for (const link of ['Als Markdown (Zip)', 'Als HTML (Zip)']) {
    const { name, bytes } = await taken(ruth, link)
    expect(name).toMatch(/^denkraum-alles-\d{4}-\d\d-\d\d\.zip$/)
    // The names of files stand in a zip as they are.
    const ending = link.includes('HTML') ? 'html' : 'md'
    expect(bytes.includes(`lichtenberg/zum-mitnehmen.${ending}`)).toBe(true)
    expect(bytes.includes(`.${ending}`)).toBe(true)
  }
  const all = await taken(ruth, 'Alles als Archiv (Zip)')
  expect(all.name).toMatch(/^denkraum-alles-\d{4}-\d\d-\d\d\.zip$/)

  const mimeType = 'application/zip'
  for (const [archive, count] of [
    [page, /^1 Seite importieren$/],
    [all, /^\d\d+ Seiten importieren$/],
  ] as const) {
    await ruth.goto(`${server.url}/importieren`)
    await choose(ruth, [{ name: archive.name, mimeType, buffer: Buffer.from(archive.bytes) }])
    await ruth.getByLabel('Vorhandene ersetzen').check()
    await expect(ruth.getByRole('button', { name: count })).toBeEnabled()
    await ruth.getByRole('button', { name: count }).click()
    const came = /^0 Seiten angelegt, (1 Seite|\d\d+ Seiten) ersetzt\.$/
    await expect(ruth.getByText(came).last()).toBeVisible()
  }
  await ruth.context().close()
})

test('replacing says what stays as it is', async ({ browser }) => {
  const id = await createPage(server, 'ruth.weidner', { title: 'Bleibt eng', audience: 'space' })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await ruth.goto(`${server.url}/importieren`)
  const text = `---\nid: ${id}\nspace: lichtenberg\naudience: network\n---\n# Bleibt eng\n\nNeu.`
  await choose(ruth, [file('eng.md', text)])
  await ruth.getByLabel('Vorhandene ersetzen').check()
  await expect(
    ruth.getByText('Wer die vorhandene Seite lesen darf, ändert sich nicht.'),
  ).toBeVisible()
  await ruth.context().close()
})

test('whoever only reads is told so and can still take pages away', async ({ browser }) => {
  const carla = await windowOf(browser, server, 'carla.winter')
  await carla.goto(`${server.url}/importieren`)
  await expect(carla.getByText('Sie können lesen, aber keine Seiten anlegen.')).toBeVisible()
  await expect(carla.getByRole('button', { name: 'Dateien wählen' })).toHaveCount(0)
  await carla.goto(`${server.url}/raeume`)
  await carla.getByRole('button', { name: 'Weitere Aktionen' }).press('Enter')
  await expect(carla.getByRole('link', { name: 'Alles als Archiv (Zip)' })).toBeVisible()
  await expect(carla.getByRole('link', { name: 'Seiten importieren' })).toHaveCount(0)
  await carla.context().close()
})

test('a damaged file says what is wrong', async ({ browser }) => {
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await ruth.goto(`${server.url}/importieren`)
  await choose(ruth, [
    { name: 'kaputt.zip', mimeType: 'application/zip', buffer: Buffer.from('PK\u0003\u0004x') },
  ])
  await expect(ruth.getByRole('alert')).toContainText('Dieses Zip-Archiv ist beschädigt.')
  await ruth.context().close()
})

/** Archiving, bringing back and moving a page, alone and while others have it open. */
import { expect, type Page, test } from '@playwright/test'
import {
  call,
  caretAtEndOf,
  contentOf,
  createPage,
  expectSaved,
  openToWrite,
  readyToWrite,
  saveState,
  textOf,
  windowOf,
} from './people.js'
import { Server } from './server.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

const more = (page: Page) => page.getByRole('button', { name: 'Weitere Aktionen' })
const note = (page: Page) => page.getByText('Diese Seite ist im Archiv.')

async function isFound(login: string, title: string): Promise<boolean> {
  const response = await call(server, login, `/search?q=${encodeURIComponent(title)}`)
  const { hits } = (await response.json()) as { hits: { title: string }[] }
  return hits.some((hit) => hit.title === title)
}

test('an archived page tells everybody who has it open, leaves search, and comes back', async ({
  browser,
}) => {
  const title = 'Kanarienvogel im Foyer'
  const id = await createPage(server, 'ruth.weidner', {
    title,
    markdown: 'Anfang.',
    audience: 'network',
  })
  const address = `${server.url}/seiten/${id}`
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  const jana = await windowOf(browser, server, 'jana.petersen')
  await openToWrite(ruth, address)
  await openToWrite(deniz, address)
  await jana.goto(address)
  await expect(saveState(jana)).toHaveAttribute('data-state', 'reading')
  await expect.poll(() => isFound('jana.petersen', title)).toBe(true)

  await more(deniz).click()
  // Deniz writes the page with Ruth, but does not keep it.
  await expect(deniz.getByRole('button', { name: 'Archivieren' })).toHaveCount(0)
  await deniz.keyboard.press('Escape')

  await more(ruth).click()
  await ruth.getByRole('button', { name: 'Archivieren' }).click()
  for (const page of [ruth, deniz, jana]) {
    await expect(note(page)).toBeVisible()
    await expect(page.locator('.ProseMirror[contenteditable="true"]')).toHaveCount(0)
    await expect(saveState(page)).toHaveAttribute('data-state', 'reading')
  }
  await expect(note(jana)).toContainText('Ruth Weidner')
  expect(await isFound('jana.petersen', title)).toBe(false)
  const back = 'Aus dem Archiv zurückholen'
  await expect(deniz.getByRole('button', { name: back })).toHaveCount(0)
  await expect(jana.getByRole('button', { name: back })).toHaveCount(0)

  // Who opens it now reads it, and its space lists it in the archive.
  await jana.reload()
  await expect(note(jana)).toBeVisible()
  await ruth.goto(`${server.url}/raeume/lichtenberg`)
  await ruth.getByRole('link', { name: 'Eine Seite im Archiv' }).click()
  await expect(ruth.getByText('archiviert heute')).toBeVisible()
  await ruth.getByRole('link', { name: title }).click()
  await ruth.getByRole('button', { name: back }).click()

  await expect(note(ruth)).toHaveCount(0)
  // The button is gone; whoever pressed it by key goes on at the top of the page.
  await expect(ruth.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(note(jana)).toHaveCount(0)
  await readyToWrite(deniz)
  await caretAtEndOf(deniz, 'Anfang')
  await deniz.keyboard.type(' Und weiter.')
  await expectSaved(deniz)
  await expect(textOf(ruth)).toHaveText('Anfang. Und weiter.')
  expect(await contentOf(ruth)).toContain('Und weiter.')
  expect(await isFound('jana.petersen', title)).toBe(true)
  for (const page of [ruth, deniz, jana]) await page.context().close()
})

test('a page moves to another space, and a page of one district only as a draft', async ({
  browser,
}) => {
  const open = await createPage(server, 'ruth.weidner', { title: 'Offen', audience: 'network' })
  const inside = await createPage(server, 'ruth.weidner', { title: 'Innen', audience: 'space' })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  const move = async (id: string): Promise<void> => {
    await openToWrite(ruth, `${server.url}/seiten/${id}`)
    await more(ruth).click()
    await ruth.getByRole('button', { name: 'In einen anderen Raum verschieben' }).click()
    const dialog = ruth.getByRole('dialog', { name: 'Wohin soll die Seite?' })
    await expect(dialog.getByLabel('Neuer Raum')).toBeFocused()
    await dialog.getByLabel('Neuer Raum').selectOption('Berlin-weit')
  }
  await move(open)
  await ruth.getByRole('button', { name: 'Seite verschieben' }).click()
  await expect(ruth.getByRole('navigation', { name: 'Pfad' })).toContainText('Berlin-weit')

  await move(inside)
  await ruth.getByRole('button', { name: 'Als Entwurf verschieben' }).click()
  await expect(ruth.getByRole('navigation', { name: 'Pfad' })).toContainText('Berlin-weit')
  await expect(ruth.locator('.vis')).toContainText('Entwurf')
  const deniz = await call(server, 'deniz.aksoy', `/pages/${inside}`)
  expect(deniz.status).toBe(404)
  await ruth.context().close()
})

test('Escape leaves the question where to move, and the focus goes back', async ({ browser }) => {
  const id = await createPage(server, 'ruth.weidner', { title: 'Bleibt', audience: 'network' })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await more(ruth).press('Enter')
  await ruth.getByRole('button', { name: 'In einen anderen Raum verschieben' }).press('Enter')
  await expect(ruth.getByRole('dialog', { name: 'Wohin soll die Seite?' })).toBeVisible()
  await ruth.keyboard.press('Escape')
  await expect(ruth.getByRole('dialog', { name: 'Wohin soll die Seite?' })).toHaveCount(0)
  await expect(ruth.getByRole('navigation', { name: 'Pfad' })).toContainText('Lichtenberg')
  await expect(more(ruth)).toBeFocused()
  await ruth.context().close()
})

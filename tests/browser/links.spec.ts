/** Links between pages: set with the keyboard, alive when the other page is renamed. */
import { expect, type Page, test } from '@playwright/test'
import {
  call,
  caretAtEndOf,
  createPage,
  expectSaved,
  exported,
  holdBack,
  openToWrite,
  saveState,
  textOf,
  titleOf,
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

const options = (page: Page) => page.getByRole('listbox', { name: 'Seiten verknüpfen' })
const link = (page: Page, id: string) => textOf(page).locator(`a.wl[data-page="${id}"]`)

/** Waits until the page is suggested where somebody links. */
async function expectSuggested(login: string, title: string): Promise<void> {
  await expect
    .poll(async () => {
      const response = await call(server, login, `/suggest?q=${encodeURIComponent(title)}`)
      const { items } = (await response.json()) as { items: { title: string }[] }
      return items.map((item) => item.title)
    })
    .toContain(title)
}

interface Backlink {
  page: { id: string }
  relation: string
  sentence: string
}

async function backlinksOf(login: string, id: string): Promise<Backlink[]> {
  const response = await call(server, login, `/pages/${id}`)
  return ((await response.json()) as { backlinks: Backlink[] }).backlinks
}

test('a link is set with the keyboard and follows a rename by another person', async ({
  browser,
}) => {
  const target = await createPage(server, 'deniz.aksoy', {
    title: 'Lastenrad am Bahnhof',
    markdown: 'Ein Rad.',
  })
  const source = await createPage(server, 'ruth.weidner', { title: 'Ideen', markdown: 'Anfang.' })
  await expectSuggested('ruth.weidner', 'Lastenrad am Bahnhof')
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await ruth.clock.install()
  await openToWrite(ruth, `${server.url}/seiten/${source}`)
  await caretAtEndOf(ruth, 'Anfang')
  await ruth.keyboard.type(' Mehr dazu steht bei [[Lastenrad am')
  const first = options(ruth).getByRole('option').first()
  await expect(first).toContainText('Lastenrad am Bahnhof')
  await expect(first).toHaveAttribute('aria-selected', 'true')
  await expect(textOf(ruth)).toHaveAttribute('aria-activedescendant', /.+/)
  await ruth.keyboard.press('Enter')
  await expect(options(ruth)).toBeHidden()
  await expect(link(ruth, target)).toHaveText('Lastenrad am Bahnhof')
  // One writes on after the link.
  await ruth.keyboard.type(' im Kiez.')
  await expect(textOf(ruth)).toContainText('bei Lastenrad am Bahnhof im Kiez.')
  await expectSaved(ruth)

  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await openToWrite(deniz, `${server.url}/seiten/${target}`)
  await titleOf(deniz).fill('Lastenrad vor der Bibliothek')
  await expectSaved(deniz)
  await expectSuggested('deniz.aksoy', 'Lastenrad vor der Bibliothek')
  // The open window looks again by itself; a moment later, or at once when it is opened again.
  await ruth.clock.fastForward(25_000)
  await expect(link(ruth, target)).toHaveText('Lastenrad vor der Bibliothek')
  await ruth.reload()
  await expect(link(ruth, target)).toHaveText('Lastenrad vor der Bibliothek')
  await expect(saveState(ruth)).toHaveAttribute('data-state', 'saved')
  await expect(link(ruth, target)).toHaveText('Lastenrad vor der Bibliothek')
  expect(await exported(server, 'ruth.weidner', source)).toContain('Lastenrad vor der Bibliothek')

  await link(ruth, target).click()
  await expect(titleOf(ruth)).toHaveValue('Lastenrad vor der Bibliothek')
  await expect(ruth).toHaveURL(new RegExp(`/seiten/${target}`))
  await ruth.context().close()
  await deniz.context().close()
})

test('the page that is linked shows from where, with the sentence', async ({ browser }) => {
  const target = await createPage(server, 'deniz.aksoy', { title: 'Ziel', markdown: 'Text.' })
  const source = await createPage(server, 'ruth.weidner', {
    title: 'Herkunft',
    markdown: `Davor. Wir bauen auf [Ziel](denkraum:${target}) auf. Danach.`,
  })
  await expect
    .poll(async () => (await backlinksOf('deniz.aksoy', target)).map(({ page }) => page.id))
    .toEqual([source])
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await deniz.goto(`${server.url}/seiten/${target}`)
  const backlinks = deniz.getByRole('region', { name: 'Verlinkt von' })
  await expect(backlinks).toContainText('Wir bauen auf Ziel auf.')
  await expect(backlinks).not.toContainText('Davor.')
  await expect(backlinks).toContainText('erwähnt')
  await backlinks.getByRole('link', { name: 'Herkunft' }).click()
  await expect(titleOf(deniz)).toHaveValue('Herkunft')
  await deniz.context().close()
})

test('whoever has no access to a linked page does not learn its title', async ({ browser }) => {
  const secret = 'Vertraulicher Zwischenstand'
  const draft = await createPage(server, 'ruth.weidner', { title: secret, audience: 'draft' })
  const id = await createPage(server, 'ruth.weidner', {
    title: 'Offene Seite',
    audience: 'network',
    markdown: `Siehe [${secret}](denkraum:${draft}) dazu.`,
  })
  const told: string[] = []
  for (const login of ['miriam.adeyemi', 'deniz.aksoy']) {
    const page = await windowOf(browser, server, login)
    page.on('response', async (response) => {
      // A response without a body, such as a switch of protocols, has nothing to tell.
      told.push(await response.text().catch(() => ''))
    })
    await page.goto(`${server.url}/seiten/${id}`)
    await expect(saveState(page)).toHaveAttribute('data-state', /^(saved|reading)$/)
    await expect(link(page, draft)).toHaveText('Seite ohne Zugang')
    await expect(link(page, draft)).not.toHaveAttribute('href', /.*/)
    await expect(page.getByText(secret)).toHaveCount(0)
    await page.context().close()
  }
  expect(told.filter((text) => text.includes(secret))).toEqual([])
})

test('a page that does not exist yet is created while one links it', async ({ browser }) => {
  const source = await createPage(server, 'ruth.weidner', { title: 'Plan', markdown: 'Anfang.' })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${server.url}/seiten/${source}`)
  await caretAtEndOf(ruth, 'Anfang')
  await ruth.keyboard.type(' Offen: [[Kaffeemobil im Park')
  const create = options(ruth).getByRole('option', {
    name: /Seite „Kaffeemobil im Park“ anlegen/,
  })
  await expect(create).toBeVisible()
  const others = (await options(ruth).getByRole('option').count()) - 1
  for (let step = 0; step < others; step++) await ruth.keyboard.press('ArrowDown')
  await expect(create).toHaveAttribute('aria-selected', 'true')
  await ruth.keyboard.press('Enter')
  const made = textOf(ruth).locator('a.wl', { hasText: 'Kaffeemobil im Park' })
  await expect(made).toBeVisible()
  await expectSaved(ruth)
  await made.click()
  await expect(titleOf(ruth)).toHaveValue('Kaffeemobil im Park')
  await ruth.context().close()
})

test('what is typed while the page is being made stays behind its link', async ({ browser }) => {
  const source = await createPage(server, 'ruth.weidner', { title: 'Plan', markdown: 'Anfang.' })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${server.url}/seiten/${source}`)
  await caretAtEndOf(ruth, 'Anfang')
  const letThrough = await holdBack(ruth, '**/api/v1/{suggest?*,pages}')
  // In one go: whether there is such a page is not known yet when Enter comes.
  await ruth.keyboard.type(' Offen: [[Teemobil im Hof')
  await ruth.keyboard.press('Enter')
  await ruth.keyboard.type(' ab Mai.')
  letThrough()
  const made = textOf(ruth).locator('a.wl', { hasText: 'Teemobil im Hof' })
  await expect(made).toHaveCount(1)
  await expect(textOf(ruth)).toHaveText('Anfang. Offen: Teemobil im Hof ab Mai.')
  await ruth.keyboard.type(' Oder Juni.')
  await expect(textOf(ruth)).toHaveText('Anfang. Offen: Teemobil im Hof ab Mai. Oder Juni.')
  await expectSaved(ruth)
  await ruth.context().close()
})

test('Escape closes the list and leaves what was typed', async ({ browser }) => {
  const source = await createPage(server, 'ruth.weidner', { title: 'Notiz', markdown: 'Anfang.' })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${server.url}/seiten/${source}`)
  await caretAtEndOf(ruth, 'Anfang')
  await ruth.keyboard.type(' [[Kita')
  await expect(options(ruth)).toBeVisible()
  await ruth.keyboard.press('Escape')
  await expect(options(ruth)).toBeHidden()
  await expect(textOf(ruth)).toContainText('Anfang. [[Kita')
  await ruth.context().close()
})

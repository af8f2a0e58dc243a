/** A page is made of a passage of the notes; what is written is never lost on the way. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import {
  call,
  caretAtEndOf,
  caretSettled,
  contentOf,
  createPage,
  expectSaved,
  exported,
  openToWrite,
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

const PASSAGE = 'Der Brief ist neu. Er klingt freundlich.'
const NOTES = `Davor.\n\n${PASSAGE}\n\nDanach.`
const NAME = 'Daraus eine Seite machen'
const PAGES = '**/api/v1/pages'

const dialogOf = (page: Page) => page.getByRole('dialog', { name: NAME })
const nameOf = (page: Page) => dialogOf(page).getByLabel('Wie soll sie heißen?')
const passageOf = (page: Page) => textOf(page).locator('.passage')
/** What is marked; where another person's caret stands in it, it is marked in parts. */
const expectMarked = (page: Page, words: string) =>
  expect.poll(async () => (await passageOf(page).allTextContents()).join('')).toBe(words)
const linksOf = (page: Page) => textOf(page).locator('a.wl')
const madeOf = (page: Page) => page.getByRole('status').filter({ hasText: 'Seite angelegt.' })

async function notesOf(browser: Browser, ...logins: string[]) {
  const id = await createPage(server, 'ruth.weidner', { title: 'Notizen', markdown: NOTES })
  const pages = await Promise.all(
    logins.map(async (login) => {
      const page = await windowOf(browser, server, login)
      await openToWrite(page, `${server.url}/seiten/${id}`)
      return page
    }),
  )
  return { id, pages }
}

/** Selects the passage by keyboard. */
async function select(page: Page): Promise<void> {
  await caretAtEndOf(page, 'Der Brief')
  await page.keyboard.press('Shift+Home')
  await caretSettled(page)
}

async function ask(page: Page): Promise<void> {
  await select(page)
  await page.keyboard.press('Control+Alt+KeyN')
  await expect(nameOf(page)).toBeFocused()
}

/** The pages of this title that Ruth is an author of. */
async function pagesCalled(title: string): Promise<string[]> {
  const answer = await call(server, 'ruth.weidner', '/pages?mine=true&limit=200')
  const { items } = (await answer.json()) as { items: { id: string; title: string }[] }
  return items.filter((item) => item.title === title).map(({ id }) => id)
}

test('a passage becomes a page while somebody else goes on writing it', async ({ browser }) => {
  const { id, pages } = await notesOf(browser, 'ruth.weidner', 'deniz.aksoy')
  const [ruth, deniz] = pages as [Page, Page]
  await select(ruth)
  const toolbar = ruth.getByRole('toolbar', { name: 'Text gestalten' })
  await expect(toolbar.getByRole('button').first()).toHaveAccessibleName(NAME)
  await toolbar.getByRole('button', { name: NAME }).click()
  // The title is proposed and selected: the next letters take its place.
  await expect(nameOf(ruth)).toHaveValue('Der Brief ist neu')
  await expect(nameOf(ruth)).toBeFocused()
  await expectMarked(ruth, PASSAGE)
  await expect(dialogOf(ruth).getByRole('radio', { checked: true })).toHaveAccessibleName('Seite')
  await expect(dialogOf(ruth).getByLabel('Wem gehört sie?')).toHaveValue('lichtenberg')

  await caretAtEndOf(deniz, 'Davor')
  await deniz.keyboard.type(' Noch mehr davor.')
  await caretAtEndOf(deniz, 'Der Brief')
  await deniz.keyboard.type(' Das hilft.')
  await expectMarked(ruth, `${PASSAGE} Das hilft.`)
  await ruth.keyboard.type('Zweiter Brief')
  await dialogOf(ruth).getByText('Guter Ansatz').click()
  await ruth.keyboard.press('Control+Enter')

  await expect(madeOf(ruth)).toBeVisible()
  await expect(textOf(ruth)).toBeFocused()
  await expect(linksOf(ruth)).toHaveText('Zweiter Brief')
  await expect(textOf(ruth).locator('p')).toHaveText([
    'Davor. Noch mehr davor.',
    'Zweiter Brief',
    'Danach.',
  ])
  await expectSaved(ruth)
  const made = (await linksOf(ruth).getAttribute('data-page')) ?? ''
  const markdown = await exported(server, 'ruth.weidner', made)
  expect(markdown).toContain('kind: "approach"')
  expect(markdown).toContain('audience: "draft"')
  expect(markdown).toContain(`emerged_from: "${id}"`)
  expect(markdown.trimEnd().endsWith(`---\n\n${PASSAGE} Das hilft.`)).toBe(true)

  // It is a draft: who does not write it sees that there is a link, and no more.
  await expect(linksOf(deniz)).toHaveText('Seite ohne Zugang')
  await deniz.reload()
  await expect(linksOf(deniz)).toHaveText('Seite ohne Zugang')
  await expect(deniz.getByRole('region', { name: 'Verlinkt von' })).toBeVisible()
  await expect(deniz.locator('body')).not.toContainText('Zweiter Brief')

  await madeOf(ruth).getByRole('link', { name: 'Öffnen' }).click()
  await expect(titleOf(ruth)).toHaveValue('Zweiter Brief')
  await expect(ruth.locator('.byline')).toContainText('entstanden aus Notizen')
  const origin = ruth.getByRole('region', { name: 'Verlinkt von' }).getByRole('listitem')
  await expect(origin).toHaveCount(1)
  await expect(origin).toContainText('entstanden aus')
  await ruth.locator('.byline').getByRole('link', { name: 'Notizen' }).click()
  await expect(titleOf(ruth)).toHaveValue('Notizen')
  const grown = ruth.getByRole('region', { name: 'Verlinkt von' }).getByRole('listitem')
  await expect(grown).toContainText('hieraus entstanden')
  await ruth.context().close()
  await deniz.context().close()
})

test('Escape gives the text back as it was, and one step takes the link back', async ({
  browser,
}) => {
  const { pages } = await notesOf(browser, 'ruth.weidner')
  const [ruth] = pages as [Page]
  await ask(ruth)
  await ruth.keyboard.press('Escape')
  await expect(dialogOf(ruth)).toHaveCount(0)
  await expect(passageOf(ruth)).toHaveCount(0)
  await expect(textOf(ruth)).toBeFocused()
  // Still selected: the same key asks for the same passage.
  await ruth.keyboard.press('Control+Alt+KeyN')
  await expectMarked(ruth, PASSAGE)
  await ruth.keyboard.type('Ein Brief')
  await ruth.keyboard.press('Enter')
  await expect(linksOf(ruth)).toHaveText('Ein Brief')
  await expect(textOf(ruth)).toBeFocused()
  await ruth.keyboard.press('Control+z')
  await expect(linksOf(ruth)).toHaveCount(0)
  await expect(textOf(ruth).locator('p')).toHaveText(['Davor.', PASSAGE, 'Danach.'])
  await expect(madeOf(ruth)).toHaveCount(0)
  await ruth.keyboard.press('Control+y')
  await expect(linksOf(ruth)).toHaveText('Ein Brief')
  // One writes on behind the link.
  await ruth.keyboard.type(' und mehr')
  await expect(textOf(ruth)).toContainText('Ein Brief und mehr')
  await expectSaved(ruth)
  await ruth.context().close()
})

test('from the menu of a block, without a selection', async ({ browser }) => {
  const { pages } = await notesOf(browser, 'ruth.weidner')
  const [ruth] = pages as [Page]
  await caretAtEndOf(ruth, 'Danach')
  await ruth.keyboard.press('Alt+Shift+KeyM')
  await ruth.getByRole('menuitem', { name: NAME }).press('Enter')
  await expect(nameOf(ruth)).toBeFocused()
  await expect(nameOf(ruth)).toHaveValue('Danach')
  await expect(passageOf(ruth)).toHaveText('Danach.')
  await ruth.context().close()
})

test('when creating fails, the notes stay and so does what was entered', async ({ browser }) => {
  const { pages } = await notesOf(browser, 'ruth.weidner')
  const [ruth] = pages as [Page]
  await ruth.route(PAGES, (route) => route.fulfill({ status: 503, json: {} }))
  await ask(ruth)
  await ruth.keyboard.type('Brief mit Hindernissen')
  await ruth.keyboard.press('Control+Enter')
  await expect(dialogOf(ruth).getByRole('alert')).toContainText('Versuchen Sie es')
  await expect(nameOf(ruth)).toHaveValue('Brief mit Hindernissen')
  expect(await contentOf(ruth)).toBe(`Davor.${PASSAGE}Danach.`)

  // The page is created, but nobody hears of it: asking again makes no second one.
  await ruth.unroute(PAGES)
  await ruth.route(PAGES, async (route) => {
    await route.fetch()
    await route.abort()
  })
  await ruth.keyboard.press('Control+Enter')
  await expect(dialogOf(ruth).getByRole('alert')).toContainText('nicht zu erreichen')
  expect(await contentOf(ruth)).toBe(`Davor.${PASSAGE}Danach.`)
  expect(await pagesCalled('Brief mit Hindernissen')).toHaveLength(1)
  await ruth.unroute(PAGES)
  await ruth.keyboard.press('Control+Enter')
  await expect(linksOf(ruth)).toHaveText('Brief mit Hindernissen')
  const [made] = await pagesCalled('Brief mit Hindernissen')
  await expect(linksOf(ruth)).toHaveAttribute('data-page', made ?? '')
  expect(await pagesCalled('Brief mit Hindernissen')).toHaveLength(1)
  await ruth.context().close()
})

test('what others write while the page is being created stays in the notes', async ({
  browser,
}) => {
  const { pages } = await notesOf(browser, 'ruth.weidner', 'deniz.aksoy')
  const [ruth, deniz] = pages as [Page, Page]
  let letThrough = (): void => undefined
  const held = new Promise<void>((resolve) => (letThrough = resolve))
  await ruth.route(PAGES, async (route) => {
    const response = await route.fetch()
    await held
    await route.fulfill({ response })
  })
  await ask(ruth)
  await ruth.keyboard.type('Gleichzeitig')
  await ruth.keyboard.press('Control+Enter')
  await expect(dialogOf(ruth).getByRole('button', { name: 'Seite wird angelegt' })).toBeVisible()
  await caretAtEndOf(deniz, 'Der Brief')
  await deniz.keyboard.type(' Gerade noch.')
  await expectMarked(ruth, `${PASSAGE} Gerade noch.`)
  letThrough()
  await expect(madeOf(ruth)).toContainText('steht deshalb noch hier')
  await expect(textOf(ruth).locator('p')).toHaveText([
    'Davor.',
    `${PASSAGE} Gerade noch.`,
    'Gleichzeitig',
    'Danach.',
  ])
  await ruth.context().close()
  await deniz.context().close()
})

test('on a phone it is a sheet, with the passage in sight', async ({ browser }) => {
  const id = await createPage(server, 'ruth.weidner', { title: 'Notizen', markdown: NOTES })
  const viewport = { width: 390, height: 844 }
  const ruth = await windowOf(browser, server, 'ruth.weidner', { viewport, hasTouch: true })
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await select(ruth)
  await ruth.keyboard.press('Control+Alt+KeyN')
  await expect(nameOf(ruth)).toBeFocused()
  const sheet = await dialogOf(ruth).boundingBox()
  expect(sheet).toMatchObject({ x: 0, width: viewport.width })
  expect((sheet?.y ?? 0) + (sheet?.height ?? 0)).toBe(viewport.height)
  const marked = await passageOf(ruth).first().boundingBox()
  expect(marked?.y ?? -1).toBeGreaterThan(0)
  expect((marked?.y ?? 0) + (marked?.height ?? 0)).toBeLessThan(sheet?.y ?? 0)
  await ruth.context().close()
})

/** Comments beside the text: two people, the keyboard, someone who may only comment, a bad line. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import { expectNothingFound } from './axe.js'
import {
  call,
  caretAtEndOf,
  caretSettled,
  createPage,
  expectSaved,
  exported,
  newWindow,
  openToWrite,
  saveState,
  signIn,
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

const FIRST = 'Die Beratung beginnt um neun.'
const SECOND = 'Wir haben 27 Familien erreicht.'

const comments = (page: Page) => page.locator('#kommentare')
const threadOf = (page: Page, words: string) =>
  comments(page).locator('.comment').filter({ hasText: words })
const marks = (page: Page) => textOf(page).locator('.cmark')
const field = (page: Page, name = 'Ihr Kommentar') => page.getByRole('textbox', { name })
const press = (page: Page, thread: string, name: string) =>
  threadOf(page, thread).getByRole('button', { name, exact: true }).click()

async function newPage(audience: 'space' | 'network' = 'space'): Promise<string> {
  return createPage(server, 'ruth.weidner', {
    title: 'Beratung am Morgen',
    markdown: `${FIRST}\n\n${SECOND}\n\nEnde.`,
    audience,
  })
}

/** Selects the last words of a paragraph, back to these. */
async function selectLast(page: Page, paragraph: string, letters: number): Promise<void> {
  await caretAtEndOf(page, paragraph)
  for (let count = 0; count < letters; count += 1) await page.keyboard.press('Shift+ArrowLeft')
  await caretSettled(page)
}

/** Comments by keys alone on the last letters of a paragraph. */
async function say(page: Page, paragraph: string, letters: number, text: string): Promise<void> {
  await selectLast(page, paragraph, letters)
  await page.keyboard.press('Control+Alt+KeyM')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type(text)
  await page.keyboard.press('Control+Enter')
  await expect(threadOf(page, text)).toBeVisible()
}

/** Two people of Lichtenberg at a page. */
async function together(browser: Browser) {
  const id = await newPage()
  const [ruth, deniz] = await Promise.all(
    ['ruth.weidner', 'deniz.aksoy'].map(async (login) => {
      const page = await windowOf(browser, server, login)
      await openToWrite(page, `${server.url}/seiten/${id}`)
      return page
    }),
  )
  return { id, ruth: ruth as Page, deniz: deniz as Page }
}

const close = (...pages: Page[]) => Promise.all(pages.map((page) => page.context().close()))

test('what one says about a passage the other reads at once, answers and settles', async ({
  browser,
}) => {
  const { id, ruth, deniz } = await together(browser)
  await say(ruth, SECOND, 'erreicht.'.length, 'Woher kommt die Zahl?')
  await expect(textOf(ruth)).toBeFocused()
  await expect(threadOf(deniz, 'Woher kommt die Zahl?')).toContainText('Ruth Weidner')
  await expect(marks(deniz)).toHaveText(['erreicht.'])
  await expect(deniz.getByText('Neuer Kommentar von Ruth Weidner.')).toBeAttached()
  await expect(deniz.getByRole('link', { name: '1 Kommentar' })).toBeVisible()

  await press(deniz, 'Woher', 'Antworten')
  await deniz.keyboard.type('Aus der Erhebung.')
  await deniz.getByRole('button', { name: 'Antwort senden' }).click()
  await expect(threadOf(ruth, 'Aus der Erhebung.')).toContainText('Deniz Aksoy')

  // The mark follows what others write; nothing of it stands in the text.
  await caretAtEndOf(deniz, FIRST)
  await deniz.keyboard.press('Home')
  await deniz.keyboard.type('Übrigens: ')
  await expectSaved(deniz)
  await expect(textOf(ruth)).toContainText(`Übrigens: ${FIRST}`)
  await expect(marks(ruth)).toHaveText(['erreicht.'])
  expect(await exported(server, 'ruth.weidner', id)).not.toContain('Zahl')

  await press(ruth, 'Woher', 'Erledigen')
  for (const page of [ruth, deniz]) {
    await expect(comments(page).locator('.comment')).toHaveCount(0)
    await expect(marks(page)).toHaveCount(0)
  }
  await deniz.getByRole('button', { name: 'Erledigte zeigen (1)' }).click()
  await expect(threadOf(deniz, 'Woher')).toContainText(/erledigt .*Ruth Weidner/)
  await press(deniz, 'Woher', 'Wieder öffnen')
  await expect(marks(ruth)).toHaveText(['erreicht.'])
  await close(ruth, deniz)
})

test('marks are reached, opened and left by keys, and the text stays as it is', async ({
  browser,
}) => {
  const { id, ruth, deniz } = await together(browser)
  await say(ruth, FIRST, 'neun.'.length, 'Ist das nicht zu früh?')
  await say(ruth, SECOND, 'erreicht.'.length, 'Woher kommt die Zahl?')
  const before = await exported(server, 'ruth.weidner', id)

  await caretAtEndOf(deniz, 'Ende.')
  await expect(marks(deniz)).toHaveCount(2)
  await deniz.keyboard.press('Alt+ArrowUp')
  await expect(deniz.getByText(/^Kommentar 2 von 2, Ruth Weidner: Woher/)).toBeAttached()
  await deniz.keyboard.press('Alt+ArrowUp')
  await expect(deniz.getByText(/^Kommentar 1 von 2, Ruth Weidner: Ist das/)).toBeAttached()
  await deniz.keyboard.press('Enter')
  const card = deniz.getByRole('article', { name: 'Kommentar von Ruth Weidner zu „neun.“' })
  await expect(card).toBeFocused()
  await deniz.keyboard.press('Tab')
  await expect(card.getByRole('button', { name: 'Antworten' })).toBeFocused()
  await deniz.keyboard.press('Enter')
  await expect(field(deniz, 'Ihre Antwort')).toBeFocused()
  await deniz.keyboard.type('Die Kitas öffnen um sieben.')
  await deniz.keyboard.press('Control+Enter')
  await expect(threadOf(ruth, 'Die Kitas öffnen')).toBeVisible()
  await card.focus()
  await deniz.keyboard.press('Escape')
  await expect(textOf(deniz)).toBeFocused()
  expect(await exported(server, 'ruth.weidner', id)).toBe(before)
  // Without a step to a mark, Enter is Enter again.
  await deniz.keyboard.press('Enter')
  await expect(textOf(deniz).locator('p')).toHaveCount(4)
  await expectNothingFound(deniz, 'threads beside the text')
  await close(ruth, deniz)
})

test('a thread whose passage is gone keeps the words that it was about', async ({ browser }) => {
  const { ruth, deniz } = await together(browser)
  await say(ruth, SECOND, 'erreicht.'.length, 'Woher kommt die Zahl?')
  await expect(marks(deniz)).toHaveCount(1)
  await selectLast(deniz, SECOND, 'Familien erreicht.'.length)
  await deniz.keyboard.press('Backspace')
  for (const page of [ruth, deniz]) {
    const gone = page.locator('.gone')
    await expect(gone).toContainText('Zu gelöschten Stellen')
    await expect(gone).toContainText('Zu „erreicht.“')
  }
  // Her own words she changes and takes away.
  await threadOf(ruth, 'Woher').click()
  await press(ruth, 'Woher', 'Bearbeiten')
  await field(ruth).fill('Welche Zahl stimmt?')
  await ruth.getByRole('button', { name: 'Änderung sichern' }).click()
  await expect(threadOf(deniz, 'Welche Zahl stimmt?')).toContainText('bearbeitet')
  await press(ruth, 'Welche Zahl', 'Löschen')
  await press(ruth, 'Welche Zahl', 'Wirklich löschen')
  for (const page of [ruth, deniz]) await expect(comments(page)).toBeHidden()
  await close(ruth, deniz)
})

test('who may comment and not write comments on a text that stays as it is', async ({
  browser,
}) => {
  const id = await newPage()
  const person = {
    login: 'carlo',
    name: 'Carlo Fein',
    grants: [{ role: 'commenter', space: 'lichtenberg' }],
    password: 'ein langes Passwort',
  }
  const added = await call(server, 'alex.morgenroth', '/people', person)
  expect(added.status).toBe(201)
  const page = await newWindow(browser)
  await page.goto(`${server.url}/seiten/${id}`)
  await signIn(page, person.login, person.password)
  await expect(saveState(page)).toHaveAttribute('data-state', 'reading')
  const text = page.locator('.ProseMirror[contenteditable="false"]')
  await text.locator('p', { hasText: SECOND }).click({ clickCount: 3 })
  await page.getByRole('button', { name: 'Kommentieren' }).click()
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('Das freut mich.')
  await page.keyboard.press('Control+Enter')
  await expect(threadOf(page, 'Das freut mich.')).toContainText('Carlo Fein')
  await expect(text.locator('.cmark')).toHaveText([SECOND])
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await expect(threadOf(ruth, 'Das freut mich.')).toBeVisible()
  // In another district a page for its own district is not there; who only reads has no field.
  await close(page, ruth)
})

test('what is typed into a field is kept until the server has it', async ({ browser }) => {
  const id = await newPage()
  const page = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(page, `${server.url}/seiten/${id}`)
  await selectLast(page, SECOND, 'erreicht.'.length)
  await page.keyboard.press('Control+Alt+KeyM')
  await expect(field(page)).toBeFocused()
  await page.route('**/api/v1/pages/*/comments', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  )
  await page.keyboard.type('Woher kommt die Zahl?')
  await page.keyboard.press('Control+Enter')
  await expect(comments(page).getByRole('alert')).toBeVisible()
  await expect(comments(page)).toContainText('Ihr Text bleibt auf diesem Gerät')
  await page.reload()
  await expect(field(page)).toHaveValue('Woher kommt die Zahl?')
  await expect(marks(page)).toHaveText(['erreicht.'])
  await page.unrouteAll()
  await comments(page).getByRole('button', { name: 'Kommentieren' }).click()
  await expect(threadOf(page, 'Woher kommt die Zahl?')).toContainText('Ruth Weidner')
  await expect(field(page)).toHaveCount(0)
  await page.reload()
  await expect(threadOf(page, 'Woher kommt die Zahl?')).toBeVisible()
  await expect(field(page)).toHaveCount(0)
  await close(page)
})

test('on a phone threads stand below the text and come as a sheet from the mark', async ({
  browser,
}) => {
  const id = await newPage()
  const wide = await windowOf(browser, server, 'deniz.aksoy')
  await openToWrite(wide, `${server.url}/seiten/${id}`)
  await say(wide, SECOND, 'erreicht.'.length, 'Woher kommt die Zahl?')
  const page = await windowOf(browser, server, 'ruth.weidner', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  await openToWrite(page, `${server.url}/seiten/${id}`)
  await expect(threadOf(page, 'Woher')).toContainText('Zu „erreicht.“')
  await marks(page).tap()
  const sheet = page.locator('dialog[open]')
  await expect(sheet).toContainText('Woher kommt die Zahl?')
  await expectNothingFound(page, 'the sheet of a thread')
  await sheet.getByRole('button', { name: 'Antworten' }).click()
  await sheet.getByRole('textbox', { name: 'Ihre Antwort' }).fill('Aus der Erhebung.')
  await sheet.getByRole('button', { name: 'Antwort senden' }).click()
  await expect(sheet).toContainText('Ruth Weidner')
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await expect(threadOf(wide, 'Aus der Erhebung.')).toBeVisible()
  await close(wide, page)
})

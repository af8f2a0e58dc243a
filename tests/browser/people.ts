/** People at browsers: signing in, opening pages, writing, and what they see. */
import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test'
import type { Server } from './server.js'

/** What a new page is made of; the space is Lichtenberg where nothing else is said. */
export interface NewPage {
  title: string
  markdown?: string
  audience?: 'draft' | 'space' | 'network'
  kind?: string
  space?: string
}

const sessions = new WeakMap<Server, Map<string, Promise<string>>>()

/** The person's session on this server; signing in takes the server a while, so it is kept. */
function sessionOf(server: Server, login: string): Promise<string> {
  const known = sessions.get(server) ?? new Map<string, Promise<string>>()
  sessions.set(server, known)
  const session = known.get(login) ?? server.session(login)
  known.set(login, session)
  return session
}

/** A window of its own, with no session. */
export async function newWindow(browser: Browser, options?: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    ...options,
  })
  return context.newPage()
}

/** A window of its own whose person is signed in already. */
export async function windowOf(
  browser: Browser,
  server: Server,
  login: string,
  options?: BrowserContextOptions,
): Promise<Page> {
  const page = await newWindow(browser, options)
  const [name = '', value = ''] = (await sessionOf(server, login)).split('=')
  await page.context().addCookies([{ name, value, url: server.url, httpOnly: true }])
  return page
}

/** Signs in through the screen that is shown. */
export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel('Anmeldename oder E-Mail-Adresse').fill(login)
  await page.getByLabel('Passwort').fill(password)
  await page.getByRole('button', { name: 'Anmelden' }).click()
}

/** A program's call, signed in as this person. */
export async function call(
  server: Server,
  login: string,
  path: string,
  body?: object,
  method = body === undefined ? 'GET' : 'POST',
): Promise<Response> {
  const cookie = await sessionOf(server, login)
  return fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', cookie, origin: server.url },
    body: body === undefined ? null : JSON.stringify(body),
  })
}

/** Creates a page and gives its id. */
export async function createPage(server: Server, login: string, page: NewPage): Promise<string> {
  const whole = { kind: 'page', space: 'lichtenberg', audience: 'space', ...page }
  const response = await call(server, login, '/pages', whole)
  expect(response.status).toBe(201)
  return ((await response.json()) as { id: string }).id
}

/** The page as the server holds it, as Markdown. */
export async function exported(server: Server, login: string, id: string): Promise<string> {
  const response = await call(server, login, `/pages/${id}/export?format=md`)
  expect(response.status).toBe(200)
  return response.text()
}

/** The live text of the page that is open. */
export const textOf = (page: Page) => page.locator('.ProseMirror[contenteditable]')
export const titleOf = (page: Page) => page.getByLabel('Titel der Seite')
export const saveState = (page: Page) => page.locator('.saved')

/** Where this person sees the caret of another one. */
export const caretOf = (page: Page, firstName: string) =>
  textOf(page).locator(`.cursor[data-name="${firstName}"]`)

/** Opens a page and waits until it may be written. */
export async function openToWrite(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await readyToWrite(page)
}

export async function readyToWrite(page: Page): Promise<void> {
  await expect(page.locator('.ProseMirror[contenteditable="true"]')).toBeVisible()
  await expectSaved(page)
}

/** Waits until the page says that everything is on the server's disk. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(saveState(page)).toHaveAttribute('data-state', 'saved')
  await expect(saveState(page)).toHaveText('gesichert')
}

/**
 * Waits until the page has heard where the caret is: the browser tells it with the next frame,
 * which no hand outruns but a script does.
 */
export async function caretSettled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))
      }),
  )
}

/** Puts the caret at the end of the text block that contains these words. */
export async function caretAtEndOf(page: Page, words: string): Promise<void> {
  const block = textOf(page).locator('p, h2, h3, h4', { hasText: words })
  // On the last line: the End key knows only the line, not the block.
  const { height } = (await block.boundingBox()) ?? { height: 0 }
  await block.click({ position: { x: 4, y: Math.max(1, height - 6) } })
  await caretSettled(page)
  await page.keyboard.press('End')
  await caretSettled(page)
}

/** Both type, key by key and at the same time. */
export async function typeTogether(one: [Page, string], two: [Page, string]): Promise<void> {
  const [first, second] = [one, two].map(([page, text]) => ({ page, keys: [...text] }))
  while (first && second && first.keys.length + second.keys.length > 0) {
    await Promise.all(
      [first, second].map(async ({ page, keys }) => {
        const key = keys.shift()
        if (key !== undefined) await page.keyboard.type(key)
      }),
    )
  }
}

/** The text without anything that is only drawn; `innerText` would depend on the style sheet. */
export async function contentOf(page: Page): Promise<string> {
  return (await textOf(page).textContent()) ?? ''
}

/** Holds back the answers for these addresses, as a slow network would, until they are let through. */
export async function holdBack(page: Page, addresses: string): Promise<() => void> {
  let letThrough = (): void => undefined
  const held = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  await page.route(addresses, async (route) => {
    await held
    await route.continue()
  })
  return letThrough
}

/** Makes the page's scripts so many times slower. */
export async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
}

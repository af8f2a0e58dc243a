/** axe finds nothing on any screen, and no screen breaks a rule of the browser. */
import { expect, type Page, test } from '@playwright/test'
import { expectNothingFound, violations } from './axe.js'
import { Line } from './line.js'
import {
  call,
  createPage,
  newWindow,
  openToWrite,
  saveState,
  signIn,
  titleOf,
  windowOf,
} from './people.js'
import { openScreens, type Screen, screens } from './screens.js'
import { Server } from './server.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

/** Who sees the screens that everybody sees. */
const READER = 'deniz.aksoy'

const sizes = [
  { viewport: { width: 1280, height: 800 }, hasTouch: false, isMobile: false },
  { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
]

for (const size of sizes) {
  const { width } = size.viewport

  for (const { name, path, show } of openScreens) {
    test(`axe finds nothing on ${name} at ${width} pixels`, async ({ browser }) => {
      const page = await newWindow(browser, size)
      await page.goto(`${server.url}${path}`)
      await show(page)
      await expectNothingFound(page)
      await page.context().close()
    })
  }

  for (const { name, path, login = READER, show } of screens) {
    test(`axe finds nothing on ${name} at ${width} pixels`, async ({ browser }) => {
      const page = await windowOf(browser, server, login, size)
      await page.goto(`${server.url}${path}`)
      await show(page)
      await expectNothingFound(page)
      await page.context().close()
    })
  }

  test(`axe finds nothing on a refused sign-in at ${width} pixels`, async ({ browser }) => {
    const page = await newWindow(browser, size)
    await page.goto(server.url)
    await signIn(page, READER, 'falsch')
    await expect(page.getByRole('alert')).toBeVisible()
    await expectNothingFound(page)
    await page.context().close()
  })

  test(`axe finds nothing on the first set-up at ${width} pixels`, async ({ browser }) => {
    const empty = await Server.startEmpty()
    const page = await newWindow(browser, size)
    await page.goto(empty.setUpLink)
    await expect(page.getByRole('heading', { name: 'Denkraum einrichten' })).toBeVisible()
    await expectNothingFound(page, 'at rest')
    await page.getByRole('button', { name: 'Konto anlegen' }).click()
    await expect(page.getByText('Geben Sie Ihren Namen ein.')).toBeVisible()
    await expectNothingFound(page, 'with what is missing')
    await page.context().close()
    await empty.dispose()
  })

  test(`axe finds nothing on the words of the search with what is wrong at ${width} pixels`, async ({
    browser,
  }) => {
    const told = await call(server, READER, '/search/misses', { q: 'xyzzyquux' })
    expect(told.status).toBe(204)
    const page = await windowOf(browser, server, 'alex.morgenroth', size)
    await page.goto(`${server.url}/verwaltung/suche`)
    await expect(page.getByRole('cell', { name: 'xyzzyquux' })).toBeVisible()
    const list = page.getByRole('textbox', { name: 'Synonyme und Abkürzungen' })
    await list.fill(`${await list.inputValue()}\n= ohne Anfang\n`)
    await page.getByRole('button', { name: 'Liste sichern' }).click()
    await expect(page.getByText('Diese Zeilen ließen sich nicht lesen')).toBeVisible()
    await expectNothingFound(page)
    await page.context().close()
  })

  test(`axe finds nothing on a page without connection or refused at ${width} pixels`, async ({
    browser,
  }) => {
    const id = await createPage(server, 'ruth.weidner', { title: 'Kurz', markdown: 'Anfang.' })
    const line = await Line.to(server.url)
    const deniz = await windowOf(browser, server, READER, size)
    await openToWrite(deniz, `${line.url}/seiten/${id}`)
    line.cut()
    await titleOf(deniz).fill(`Kurz ${'und länger '.repeat(25)}`)
    await expect(saveState(deniz)).toHaveAttribute('data-state', 'offline')
    await expectNothingFound(deniz, 'offline')

    // Each title is short enough; both together are not, and who comes second is refused.
    const ruth = await windowOf(browser, server, 'ruth.weidner')
    await openToWrite(ruth, `${server.url}/seiten/${id}`)
    await titleOf(ruth).fill(`Kurz ${'oder anders '.repeat(25)}`)
    await expect(saveState(ruth)).toHaveText('gesichert')
    line.mend()
    await expect(saveState(deniz)).toHaveAttribute('data-state', 'refused')
    await expect(deniz.getByRole('button', { name: 'Meinen Text kopieren' })).toBeVisible()
    await expectNothingFound(deniz, 'refused')
    for (const page of [ruth, deniz]) await page.context().close()
    await line.close()
  })

  test(`axe finds nothing on a page that was taken away at ${width} pixels`, async ({
    browser,
  }) => {
    const id = await createPage(server, 'ruth.weidner', { title: 'Bald fort', markdown: 'Anfang.' })
    const deniz = await windowOf(browser, server, READER, size)
    await openToWrite(deniz, `${server.url}/seiten/${id}`)
    const target = { space: 'berlin', audience: 'draft' }
    const moved = await call(server, 'ruth.weidner', `/pages/${id}/move`, target)
    expect(moved.status).toBe(200)
    await expect(saveState(deniz)).toHaveAttribute('data-state', 'closed')
    await expect(deniz.getByText('Sie haben keinen Zugang mehr zu dieser Seite.')).toBeVisible()
    await expectNothingFound(deniz)
    await deniz.context().close()
  })
}

/** Notes what breaks a rule in this window, and which hosts it asks. */
async function watch(page: Page, complaints: string[], hosts: Set<string>): Promise<void> {
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    // The browser itself writes a line for each answer that is no success, such as an unknown page.
    if (/the server responded with a status of 404/.test(message.text())) return
    complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host))
  page.on('requestfailed', (request) => {
    const text = request.failure()?.errorText ?? ''
    // What a screen no longer needs when one leaves it is given up.
    if (text !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${text}`)
  })
  await page.exposeFunction('complain', (text: string) => complaints.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { complain } = globalThis as unknown as { complain: (text: string) => void }
      complain(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)
    })
  })
}

test('a walk through all screens breaks no rule and asks no other host', async ({ browser }) => {
  const complaints: string[] = []
  const hosts = new Set<string>()
  const seenBy = ({ login = READER }: Screen): string => login
  for (const login of new Set(screens.map(seenBy))) {
    const page = await windowOf(browser, server, login)
    await watch(page, complaints, hosts)
    for (const { path, show } of screens.filter((screen) => seenBy(screen) === login)) {
      await page.goto(`${server.url}${path}`)
      await show(page)
    }
    await page.context().close()
  }
  expect(complaints).toEqual([])
  expect([...hosts]).toEqual([new URL(server.url).host])
})

test('axe sees text of too little contrast', async ({ browser }) => {
  const page = await windowOf(browser, server, READER)
  await page.goto(`${server.url}/raeume`)
  const heading = page.getByRole('heading', { level: 1 })
  await heading.evaluate((element) => element.style.setProperty('color', '#bbb'))
  expect((await violations(page)).join()).toContain('color-contrast')
  await page.context().close()
})

test('the watch over rules and hosts sees a breach', async ({ browser }) => {
  const page = await windowOf(browser, server, READER)
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.goto(server.url)
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.src = 'https://denkraum.example/x.js'
    document.head.append(script)
  })
  await expect.poll(() => errors.join('\n')).toContain('Content Security Policy')
  await page.context().close()
})

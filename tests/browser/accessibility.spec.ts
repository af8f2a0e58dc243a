/** axe finds nothing on any screen, and no screen breaks a rule of the browser. */
import { expect, type Page, test } from '@playwright/test'
import { expectNothingFound, expectNothingFoundAtAnyWidth, VIEWPORTS, violations } from './axe.js'
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
import {
  archivedPage,
  elsewhere,
  onPage,
  type Opening,
  whileOpen,
  writingTogether,
} from './openings.js'
import { isStill, openScreens, screens } from './screens.js'
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

/** What a window did that it must not do, and which hosts it asked. */
interface Watched {
  complaints: string[]
  hosts: Set<string>
}

function expectNoBreach({ complaints, hosts }: Watched): void {
  expect(complaints).toEqual([])
  expect([...hosts]).toEqual([new URL(server.url).host])
}

for (const { name, path, show } of openScreens) {
  test(`${name}: axe finds nothing, no rule is broken`, async ({ browser }) => {
    const page = await newWindow(browser)
    const watched = await watch(page)
    await page.goto(`${server.url}${path}`)
    await show(page)
    await expectNothingFoundAtAnyWidth(page)
    expectNoBreach(watched)
    await page.context().close()
  })
}

for (const { name, path, login = READER, show } of screens.filter(isStill)) {
  test(`${name}: axe finds nothing, no rule is broken`, async ({ browser }) => {
    const page = await windowOf(browser, server, login)
    const watched = await watch(page)
    await page.goto(`${server.url}${path}`)
    await show(page)
    await expectNothingFoundAtAnyWidth(page)
    expectNoBreach(watched)
    await page.context().close()
  })
}

for (const viewport of VIEWPORTS) {
  const isPhone = viewport.width < 600
  for (const { name, path, login = READER, show } of screens.filter((one) => !isStill(one))) {
    const title = `${name} at ${viewport.width} pixels: axe finds nothing, no rule is broken`
    test(title, async ({ browser }) => {
      const options = { viewport, hasTouch: isPhone, isMobile: isPhone }
      const page = await windowOf(browser, server, login, options)
      const watched = await watch(page)
      await page.goto(`${server.url}${path}`)
      await show(page)
      await expectNothingFound(page)
      expectNoBreach(watched)
      await page.context().close()
    })
  }
}

for (const viewport of VIEWPORTS) {
  const isPhone = viewport.width < 600
  const options = { viewport, hasTouch: isPhone, isMobile: isPhone }

  test(`axe finds nothing in what opens at ${viewport.width} pixels`, async ({ browser }) => {
    const archived = await archivedPage(server)
    const { page, end } = await writingTogether(browser, server, options)
    await expectNothingFound(page, 'every block')
    const look = (opening: Opening) =>
      whileOpen(page, opening, () =>
        expectNothingFound(page, opening.name, opening.within ?? opening.part),
      )
    for (const opening of onPage) await look(opening)
    for (const opening of elsewhere.filter(({ only }) => only === undefined || isPhone)) {
      await page.goto(`${server.url}${opening.path}`)
      await look(opening)
    }
    await page.goto(`${server.url}/seiten/${archived}`)
    await expect(page.getByText('Diese Seite ist im Archiv.')).toBeVisible()
    await expect(saveState(page)).toHaveAttribute('data-state', 'reading')
    await expectNothingFound(page, 'a page in the archive')
    await end()
  })
}

test('axe finds nothing on a refused sign-in', async ({ browser }) => {
  const page = await newWindow(browser)
  await page.goto(server.url)
  await signIn(page, READER, 'falsch')
  await expect(page.getByRole('alert')).toBeVisible()
  await expectNothingFoundAtAnyWidth(page)
  await page.context().close()
})

test('axe finds nothing on the first set-up', async ({ browser }) => {
  const empty = await Server.startEmpty()
  const page = await newWindow(browser)
  await page.goto(empty.setUpLink)
  await expect(page.getByRole('heading', { name: 'Denkraum einrichten' })).toBeVisible()
  await expectNothingFoundAtAnyWidth(page, 'at rest')
  await page.getByRole('button', { name: 'Konto anlegen' }).click()
  await expect(page.getByText('Geben Sie Ihren Namen ein.')).toBeVisible()
  await expectNothingFoundAtAnyWidth(page, 'with what is missing')
  await page.context().close()
  await empty.dispose()
})

test('axe finds nothing on the words of the search with what is wrong', async ({ browser }) => {
  const told = await call(server, READER, '/search/misses', { q: 'xyzzyquux' })
  expect(told.status).toBe(204)
  const page = await windowOf(browser, server, 'alex.morgenroth')
  await page.goto(`${server.url}/verwaltung/suche`)
  await expect(page.getByRole('cell', { name: 'xyzzyquux' })).toBeVisible()
  const list = page.getByRole('textbox', { name: 'Synonyme und Abkürzungen' })
  await list.fill(`${await list.inputValue()}\n= ohne Anfang\n`)
  await page.getByRole('button', { name: 'Liste sichern' }).click()
  await expect(page.getByText('Diese Zeilen ließen sich nicht lesen')).toBeVisible()
  await expectNothingFoundAtAnyWidth(page)
  await page.context().close()
})

test('axe finds nothing on a page without connection or refused', async ({ browser }) => {
  const id = await createPage(server, 'ruth.weidner', { title: 'Kurz', markdown: 'Anfang.' })
  const line = await Line.to(server.url)
  const deniz = await windowOf(browser, server, READER)
  await openToWrite(deniz, `${line.url}/seiten/${id}`)
  line.cut()
  await titleOf(deniz).fill(`Kurz ${'und länger '.repeat(25)}`)
  await expect(saveState(deniz)).toHaveAttribute('data-state', 'offline')
  await expectNothingFoundAtAnyWidth(deniz, 'offline')

  // Each title is short enough; both together are not, and who comes second is refused.
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await titleOf(ruth).fill(`Kurz ${'oder anders '.repeat(25)}`)
  await expect(saveState(ruth)).toHaveText('gesichert')
  line.mend()
  await expect(deniz.getByRole('region', { name: 'Ihr Text ist noch nicht' })).toBeVisible()
  await expectNothingFoundAtAnyWidth(deniz, 'refused')
  for (const page of [ruth, deniz]) await page.context().close()
  await line.close()
})

test('axe finds nothing on a page that was taken away', async ({ browser }) => {
  const id = await createPage(server, 'ruth.weidner', { title: 'Bald fort', markdown: 'Anfang.' })
  const deniz = await windowOf(browser, server, READER)
  await openToWrite(deniz, `${server.url}/seiten/${id}`)
  const target = { space: 'berlin', audience: 'draft' }
  const moved = await call(server, 'ruth.weidner', `/pages/${id}/move`, target)
  expect(moved.status).toBe(200)
  await expect(saveState(deniz)).toHaveAttribute('data-state', 'closed')
  await expect(deniz.getByText('Sie haben keinen Zugang mehr zu dieser Seite.')).toBeVisible()
  await expectNothingFoundAtAnyWidth(deniz)
  await deniz.context().close()
})

/** Notes what breaks a rule in this window, and which hosts it asks. */
async function watch(page: Page): Promise<Watched> {
  const complaints: string[] = []
  const hosts = new Set<string>()
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    // The browser itself writes a line for each answer that is no success: an unknown page, no session yet.
    if (/the server responded with a status of (401|404)/.test(message.text())) return
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
  return { complaints, hosts }
}

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

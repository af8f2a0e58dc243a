/** axe finds nothing where something went wrong, and sees what is wrong. */
import { expect, test } from '@playwright/test'
import { expectNothingFoundAtAnyWidth, violations } from './axe.js'
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
import { Server } from './server.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

const READER = 'deniz.aksoy'

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

test('axe sees text of too little contrast', async ({ browser }) => {
  const page = await windowOf(browser, server, READER)
  await page.goto(`${server.url}/raeume`)
  const heading = page.getByRole('heading', { level: 1 })
  await heading.evaluate((element) => element.style.setProperty('color', '#bbb'))
  expect((await violations(page)).join()).toContain('color-contrast')
  await page.context().close()
})

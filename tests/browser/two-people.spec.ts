/** Two people write one page together, in two browsers. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import { Line } from './line.js'
import {
  caretAtEndOf,
  caretOf,
  caretSettled,
  contentOf,
  createPage,
  expectSaved,
  exported,
  newWindow,
  openToWrite,
  readyToWrite,
  saveState,
  signIn,
  textOf,
  titleOf,
  typeTogether,
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

/** Comes to a page without a session and signs in on the way. */
async function arrive(browser: Browser, login: string, id: string): Promise<Page> {
  const page = await newWindow(browser)
  await page.goto(`${server.url}/seiten/${id}`)
  await signIn(page, login, server.signIn(login).password)
  await readyToWrite(page)
  return page
}

/** Both see the same text, and it is what the server holds. */
async function expectAgreement(ruth: Page, deniz: Page, id: string): Promise<string> {
  await expectSaved(ruth)
  await expectSaved(deniz)
  await expect.poll(async () => (await contentOf(ruth)) === (await contentOf(deniz))).toBe(true)
  const markdown = await Promise.all([
    exported(server, 'ruth.weidner', id),
    exported(server, 'deniz.aksoy', id),
  ])
  expect(markdown[0]).toBe(markdown[1])
  const text = await contentOf(ruth)
  for (const paragraph of await textOf(ruth).locator('p').allTextContents()) {
    expect(markdown[0]).toContain(paragraph)
  }
  return text
}

test('two people who type into one paragraph see each other and end with one text', async ({
  browser,
}) => {
  const id = await createPage(server, 'ruth.weidner', {
    title: 'Treffpunkt',
    markdown: 'Der Anfang steht schon hier.',
  })
  const [ruth, deniz] = await Promise.all([
    arrive(browser, 'ruth.weidner', id),
    arrive(browser, 'deniz.aksoy', id),
  ])
  await expect(ruth.getByRole('button', { name: 'Gerade hier: Deniz Aksoy' })).toBeVisible()
  await expect(deniz.getByRole('button', { name: 'Gerade hier: Ruth Weidner' })).toBeVisible()

  await caretAtEndOf(ruth, 'Anfang')
  await caretAtEndOf(deniz, 'Anfang')
  await deniz.keyboard.press('Home')
  await caretSettled(deniz)
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  const digits = '13579024681357902468'
  await typeTogether([ruth, letters], [deniz, digits])
  // Each sees the other's caret with the name, in the colour of that person.
  const named = /\bperson-[1-6]\b.*\bnamed\b/
  await Promise.all([
    expect(caretOf(ruth, 'Deniz')).toHaveClass(named),
    expect(caretOf(deniz, 'Ruth')).toHaveClass(named),
  ])
  expect(await expectAgreement(ruth, deniz, id)).toBe(
    `${digits}Der Anfang steht schon hier.${letters}`,
  )

  // At one and the same place: each one's letters stay in their order.
  await caretAtEndOf(deniz, 'Anfang')
  await expect(caretOf(ruth, 'Deniz')).toHaveClass(/\bend\b/)
  await typeTogether([ruth, 'ABCDEFGHIJKL'], [deniz, '998877665544'])
  const text = await expectAgreement(ruth, deniz, id)
  expect(text.replace(/[^A-L]/g, '').slice(-12)).toBe('ABCDEFGHIJKL')
  expect(text.replace(/\D/g, '').slice(-12)).toBe('998877665544')
  expect(text).toHaveLength(digits.length + 28 + letters.length + 24)

  // What one selects the other sees, in the same colour.
  const end = text.slice(-3)
  await ruth.keyboard.press('End')
  await caretSettled(ruth)
  for (let letter = 0; letter < end.length; letter += 1) {
    await ruth.keyboard.press('Shift+ArrowLeft')
  }
  const selected = textOf(deniz).locator('.sel.person')
  await expect(selected).toHaveText(end)
  await expect(selected).toHaveClass(/\bperson-[1-6]\b/)
  await ruth.context().close()
  await deniz.context().close()
})

test('two people who write one title end with one title', async ({ browser }) => {
  const id = await createPage(server, 'ruth.weidner', { title: 'Mitte', markdown: 'Text' })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await openToWrite(deniz, `${server.url}/seiten/${id}`)
  await titleOf(ruth).press('Home')
  await titleOf(deniz).press('End')
  await typeTogether([ruth, 'In der '], [deniz, ' der Stadt'])
  const title = 'In der Mitte der Stadt'
  await expect(titleOf(ruth)).toHaveValue(title)
  await expect(titleOf(deniz)).toHaveValue(title)
  await expect(ruth).toHaveTitle(new RegExp(`^${title}`))
  await expectSaved(ruth)
  await expectSaved(deniz)
  expect(await exported(server, 'ruth.weidner', id)).toContain(title)
  await ruth.context().close()
  await deniz.context().close()
})

test('what two people write while one has no connection is all there afterwards', async ({
  browser,
}) => {
  const line = await Line.to(server.url)
  const id = await createPage(server, 'ruth.weidner', {
    title: 'Unterwegs',
    markdown: 'Gemeinsamer Absatz.\n\nZweiter Absatz.',
  })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await openToWrite(deniz, `${line.url}/seiten/${id}`)
  await caretAtEndOf(ruth, 'Gemeinsamer')
  await caretAtEndOf(deniz, 'Gemeinsamer')
  await expect(caretOf(ruth, 'Deniz')).toBeAttached()
  await deniz.keyboard.press('Home')
  await caretSettled(deniz)

  line.cut()
  await expect(caretOf(ruth, 'Deniz')).not.toBeAttached()
  await typeTogether([ruth, ' Ruth war hier.'], [deniz, 'Deniz war hier. '])
  await expect(saveState(deniz)).toHaveAttribute('data-state', 'offline')
  await expect(saveState(deniz)).toHaveText('ohne Verbindung, auf diesem Gerät aufbewahrt')
  await caretAtEndOf(deniz, 'Zweiter')
  await deniz.keyboard.press('Enter')
  await deniz.keyboard.type('Ein neuer Absatz aus der Bahn.')
  await expectSaved(ruth)
  expect(await contentOf(ruth)).not.toContain('Deniz')
  expect(await contentOf(deniz)).not.toContain('Ruth')

  line.mend()
  await expectSaved(deniz)
  expect(await expectAgreement(ruth, deniz, id)).toBe(
    'Deniz war hier. Gemeinsamer Absatz. Ruth war hier.' +
      'Zweiter Absatz.Ein neuer Absatz aus der Bahn.',
  )
  await ruth.context().close()
  await deniz.context().close()
  await line.close()
})

test('the caret goes where its keys lead while somebody else writes', async ({ browser }) => {
  const digits = '0123456789'.repeat(6)
  const id = await createPage(server, 'ruth.weidner', {
    title: 'Nebeneinander',
    markdown: `Hier schreibt jemand.\n\n${digits}`,
  })
  const [ruth, deniz] = await Promise.all([
    windowOf(browser, server, 'ruth.weidner'),
    windowOf(browser, server, 'deniz.aksoy'),
  ])
  await Promise.all([ruth, deniz].map((page) => openToWrite(page, `${server.url}/seiten/${id}`)))
  await caretAtEndOf(deniz, 'jemand')
  await caretAtEndOf(ruth, digits)
  await ruth.keyboard.press('Home')
  await caretSettled(ruth)
  const steps = 40
  for (let step = 0; step < steps; step += 1) {
    await Promise.all([ruth.keyboard.press('ArrowRight'), deniz.keyboard.type('x')])
  }
  await caretSettled(ruth)
  await ruth.keyboard.type('|')
  await expect(textOf(ruth).locator('p', { hasText: '|' })).toHaveText(
    `${digits.slice(0, steps)}|${digits.slice(steps)}`,
  )
  await ruth.context().close()
  await deniz.context().close()
})

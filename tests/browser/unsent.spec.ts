/** What somebody wrote and the server does not have is never lost. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import { Line } from './line.js'
import {
  call,
  caretAtEndOf,
  createPage,
  expectSaved,
  exported,
  newWindow,
  openToWrite,
  saveState,
  signIn,
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

const offer = (page: Page) => page.getByRole('region', { name: 'Ihr Text ist noch nicht' })
const button = (page: Page, name: string) => offer(page).getByRole('button', { name })

/** A page that Ruth has open over a line that can be cut, with the caret behind its only word. */
async function begun(browser: Browser) {
  const line = await Line.to(server.url)
  const id = await createPage(server, 'ruth.weidner', { title: 'Werkstatt', markdown: 'Anfang.' })
  // A session that no other test has: one of them ends it.
  const cookie = await server.session('ruth.weidner')
  const [name = '', value = ''] = cookie.split('=')
  const ruth = await newWindow(browser)
  await ruth.context().addCookies([{ name, value, url: server.url, httpOnly: true }])
  await openToWrite(ruth, `${line.url}/seiten/${id}`)
  await caretAtEndOf(ruth, 'Anfang')
  return { line, id, ruth, cookie }
}

/** Types without a connection. */
async function typeAlone(line: Line, page: Page, text: string): Promise<void> {
  line.cut()
  await expect(saveState(page)).toHaveAttribute('data-state', 'offline')
  await page.keyboard.type(text)
  await expect(saveState(page)).toHaveText('ohne Verbindung, auf diesem Gerät aufbewahrt')
}

/** Leaves a person with nothing but reading, until it is given back. */
async function takeRole(login: string): Promise<{ giveBack: () => Promise<void> }> {
  interface Person {
    id: string
    login: string
    grants: object[]
  }
  const admin = 'alex.morgenroth'
  const all = (await (await call(server, admin, '/people')).json()) as { items: Person[] }
  const person = all.items.find((one) => one.login === login)
  if (!person) throw new Error(`there is no ${login}`)
  const grant = async (grants: object[]) => {
    const changed = await call(server, admin, `/people/${person.id}`, { grants }, 'PATCH')
    expect(changed.status).toBe(200)
  }
  await grant([{ role: 'reader', space: 'lichtenberg' }])
  return { giveBack: () => grant(person.grants) }
}

test('what a limit stopped is offered back and can be taken over', async ({ browser }) => {
  const slow = await Server.start(['--updates-per-second', '5'])
  try {
    const id = await createPage(slow, 'ruth.weidner', { title: 'Eilig', markdown: 'Anfang.' })
    const ruth = await windowOf(browser, slow, 'ruth.weidner')
    await openToWrite(ruth, `${slow.url}/seiten/${id}`)
    await caretAtEndOf(ruth, 'Anfang')
    const words = ` ${'Sehr viele Worte in einem Zug. '.repeat(12)}Ende`
    await ruth.keyboard.type(words)
    await expect(offer(ruth)).toContainText('zu viele Änderungen auf einmal')
    const missing = ((await offer(ruth).locator('ins').last().textContent()) ?? '').trim()
    expect(words).toContain(missing)
    await button(ruth, 'In die Seite übernehmen').click()
    await expect(offer(ruth)).toHaveCount(0)
    await expectSaved(ruth)
    // Up to the last letter that was offered nothing is missing and nothing is there twice.
    // Markdown writes a space at the end as a reference.
    const text = (await exported(slow, 'ruth.weidner', id)).replaceAll('&#32;', ' ')
    const written = text.slice(text.indexOf('Anfang.')).trim()
    expect(written).toBe(`Anfang.${words}`.slice(0, written.length))
    expect(written.endsWith(missing)).toBe(true)
    await ruth.context().close()
  } finally {
    await slow.dispose()
  }
})

test('what was written to a page that others archived meanwhile becomes a draft', async ({
  browser,
}) => {
  const { line, id, ruth } = await begun(browser)
  await typeAlone(line, ruth, ' Ein Satz ohne Netz.')
  const archived = await call(server, 'ruth.weidner', `/pages/${id}/archive`, {})
  expect(archived.status).toBe(200)
  line.mend()
  await expect(offer(ruth)).toContainText('Ein Satz ohne Netz.')
  await expect(offer(ruth).getByRole('heading')).toBeFocused()
  await expect(saveState(ruth)).toHaveAttribute('data-state', 'reading')
  await expect(textOf(ruth)).not.toContainText('Ein Satz ohne Netz.')
  await expect(button(ruth, 'In die Seite übernehmen')).toHaveCount(0)

  await button(ruth, 'Als neuen Entwurf sichern').click()
  await expect(titleOf(ruth)).toHaveValue('Werkstatt (mein Text)')
  await expect(textOf(ruth)).toContainText('Anfang. Ein Satz ohne Netz.')
  await expectSaved(ruth)
  const [, draft = ''] = /seiten\/([0-9a-z]{26})/.exec(ruth.url()) ?? []
  expect(draft).not.toBe(id)
  await expect
    .poll(() => exported(server, 'ruth.weidner', draft))
    .toContain('Anfang. Ein Satz ohne Netz.')
  await ruth.context().close()
  await line.close()
})

test('what was written by somebody whose role was taken away meanwhile stays theirs', async ({
  browser,
}) => {
  const { line, id, ruth } = await begun(browser)
  await typeAlone(line, ruth, ' Ein Satz ohne Netz.')
  const role = await takeRole('ruth.weidner')
  line.mend()
  await expect(offer(ruth)).toContainText('Ein Satz ohne Netz.')
  await expect(saveState(ruth)).toHaveAttribute('data-state', 'reading')
  await expect(textOf(ruth)).not.toContainText('Ein Satz ohne Netz.')
  expect(await exported(server, 'ruth.weidner', id)).not.toContain('ohne Netz')
  // It waits on the device for the day when she may write again.
  await role.giveBack()
  await ruth.reload()
  await button(ruth, 'In die Seite übernehmen').click()
  await expect(textOf(ruth)).toContainText('Anfang. Ein Satz ohne Netz.')
  await expectSaved(ruth)
  await expect.poll(() => exported(server, 'ruth.weidner', id)).toContain('Ein Satz ohne Netz.')
  await ruth.context().close()
  await line.close()
})

test('what was written after the session ended is there again after signing in', async ({
  browser,
}) => {
  const { line, id, ruth, cookie } = await begun(browser)
  await typeAlone(line, ruth, ' Noch ein Satz.')
  const ended = await fetch(`${server.url}/api/v1/session`, {
    method: 'DELETE',
    headers: { cookie, origin: server.url },
  })
  expect(ended.status).toBe(204)
  line.mend()
  await expect(ruth).toHaveURL(/\/anmelden/)
  const { login, password } = server.signIn('ruth.weidner')
  await signIn(ruth, login, password)
  await expect(textOf(ruth)).toContainText('Anfang. Noch ein Satz.')
  await expectSaved(ruth)
  await expect.poll(() => exported(server, 'ruth.weidner', id)).toContain('Noch ein Satz.')
  await ruth.context().close()
  await line.close()
})

test('whoever leaves a page without a connection finds the text again', async ({ browser }) => {
  const { line, id, ruth } = await begun(browser)
  await typeAlone(line, ruth, ' Unterwegs geschrieben.')
  await ruth.getByRole('link', { name: 'Denkraum', exact: true }).click()
  // The start page was never here: without a connection it cannot come.
  await expect(ruth.getByRole('heading', { level: 1 })).toHaveText('Denkraum lädt nicht')
  line.mend()
  await ruth.getByRole('button', { name: 'Erneut versuchen' }).click()
  const kept = ruth.getByRole('status').filter({ hasText: 'Text von Ihnen' })
  await kept.getByRole('link', { name: 'Werkstatt' }).click()
  await expect(textOf(ruth)).toContainText('Anfang. Unterwegs geschrieben.')
  await expectSaved(ruth)
  await expect.poll(() => exported(server, 'ruth.weidner', id)).toContain('Unterwegs geschrieben.')

  await ruth.getByRole('link', { name: 'Denkraum', exact: true }).click()
  await expect(ruth.getByRole('heading', { level: 1 })).toContainText('Ruth Weidner')
  await expect(kept).toHaveCount(0)
  await ruth.context().close()
  await line.close()
})

test('what is on its way when one leaves arrives, and nothing waits', async ({ browser }) => {
  const { line, id, ruth } = await begun(browser)
  await ruth.keyboard.type(' Schnell weiter.')
  await ruth.getByRole('link', { name: 'Denkraum', exact: true }).click()
  await expect(ruth.getByRole('heading', { level: 1 })).toContainText('Ruth Weidner')
  await expect.poll(() => exported(server, 'ruth.weidner', id)).toContain('Schnell weiter.')
  await ruth.reload()
  await expect(ruth.getByRole('heading', { level: 2 }).first()).toBeVisible()
  await expect(ruth.getByText('Text von Ihnen')).toHaveCount(0)
  await ruth.context().close()
  await line.close()
})

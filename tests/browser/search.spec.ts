/** Search finds what was just written, shows the passage and needs no mouse. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import {
  call,
  caretAtEndOf,
  createPage,
  expectSaved,
  holdBack,
  openToWrite,
  slowDown,
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

interface Results {
  total: number
  hits: { id: string; title: string }[]
}

async function found(login: string, word: string): Promise<Results> {
  const response = await call(server, login, `/search?q=${encodeURIComponent(word)}`)
  expect(response.status).toBe(200)
  return (await response.json()) as Results
}

/** Ruth writes this sentence into a new page and waits until it is saved. */
async function ruthWrites(browser: Browser, title: string, sentence: string): Promise<string> {
  const id = await createPage(server, 'ruth.weidner', { title, markdown: 'Anfang.' })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await caretAtEndOf(ruth, 'Anfang')
  await ruth.keyboard.type(` ${sentence}`)
  await expectSaved(ruth)
  await ruth.context().close()
  return id
}

const input = (page: Page) => page.getByRole('searchbox', { name: 'Was suchen Sie?' })
const hits = (page: Page) => page.locator('.hits h3 a')

/** Asks again with Enter until the first hit has this title; gives the moment at which it is seen. */
async function askUntilFound(page: Page, title: string): Promise<number> {
  const answered = page.locator('section[aria-busy="false"]')
  await expect(async () => {
    await page.keyboard.press('Enter')
    await expect(answered).toBeVisible()
    expect((await hits(page).allTextContents())[0]).toBe(title)
  }).toPass({ intervals: [50] })
  return performance.now()
}

test('a word typed by one person is found by another within two seconds', async ({ browser }) => {
  const title = 'Neues vom Hof'
  const id = await createPage(server, 'ruth.weidner', { title, markdown: 'Anfang.' })
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await deniz.goto(`${server.url}/suche?q=Lastenradverleih`)
  await expect(deniz.getByText('Nichts gefunden zu „Lastenradverleih“')).toBeVisible()
  await input(deniz).focus()
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await caretAtEndOf(ruth, 'Anfang')
  await ruth.keyboard.type(' Der Lastenradverleih öffnet im Mai.')
  // From the last key on: two seconds, and what it takes until Ruth reads that her text is saved.
  const lastKey = performance.now()
  const [saved, shown] = await Promise.all([
    expectSaved(ruth).then(() => performance.now()),
    askUntilFound(deniz, title),
  ])
  expect(shown - lastKey).toBeLessThan(saved - lastKey + 2_000)
  for (const page of [ruth, deniz]) await page.context().close()
})

test('the hits show the passage while one types', async ({ browser }) => {
  const id = await ruthWrites(
    browser,
    'Sommerfest',
    'Im Hof steht ein Drachenkarussell für die Kleinsten.',
  )
  await expect.poll(async () => (await found('deniz.aksoy', 'Drachenkarussell')).total).toBe(1)
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await deniz.goto(`${server.url}/suche`)
  await expect(input(deniz)).toBeFocused()
  // Only the beginning of the word: no Enter, no button.
  await deniz.keyboard.type('Drachenkar')
  await expect(hits(deniz)).toHaveText(['Sommerfest'])
  const passage = deniz.locator('.hits .x')
  await expect(passage).toContainText('Im Hof steht ein Drachenkarussell für die Kleinsten.')
  await expect(passage.locator('mark')).toHaveText('Drachenkarussell')
  await expect(deniz.getByRole('status').filter({ hasText: '1 Treffer' })).toBeAttached()
  await expect(deniz).toHaveURL(/\/suche\?q=Drachenkar$/)
  const there = `/seiten/${id}/sommerfest?fund=Drachenkarussell`
  await expect(hits(deniz).first()).toHaveAttribute('href', there)

  // The address alone brings the same hits back.
  await deniz.reload()
  await expect(hits(deniz)).toHaveText(['Sommerfest'])
  await deniz.context().close()
})

test('search needs only the keyboard', async ({ browser }) => {
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await deniz.goto(server.url)
  await expect(deniz.getByRole('heading', { level: 1 })).toBeVisible()
  await deniz.keyboard.press('Control+k')
  const palette = deniz.getByRole('combobox', { name: 'Wohin möchten Sie?' })
  await expect(palette).toBeFocused()
  await deniz.keyboard.type('Familien')
  const all = deniz.getByRole('option', { name: 'Alle Treffer für „Familien“ ansehen' })
  await expect(all).toBeVisible()
  // Nothing is chosen until the answer is there; then it is the first page.
  const pages = deniz.getByRole('group', { name: 'Seiten' }).getByRole('option')
  await expect(pages.first()).toHaveAttribute('aria-selected', 'true')
  const names = await deniz.getByRole('option').allTextContents()
  const steps = names.findIndex((name) => name.includes('Alle Treffer'))
  for (let step = 0; step < steps; step++) await deniz.keyboard.press('ArrowDown')
  await expect(all).toHaveAttribute('aria-selected', 'true')
  await deniz.keyboard.press('Enter')

  await expect(deniz).toHaveURL(/\/suche\?q=Familien$/)
  await expect(hits(deniz).nth(2)).toBeVisible()
  await input(deniz).focus()
  await deniz.keyboard.press('ArrowDown')
  await expect(hits(deniz).nth(0)).toBeFocused()
  await deniz.keyboard.press('ArrowDown')
  await expect(hits(deniz).nth(1)).toBeFocused()
  await deniz.keyboard.press('ArrowUp')
  await deniz.keyboard.press('ArrowUp')
  await expect(input(deniz)).toBeFocused()
  await deniz.keyboard.press('ArrowDown')
  const title = await hits(deniz).nth(0).textContent()
  await deniz.keyboard.press('Enter')
  await expect(deniz.getByRole('heading', { level: 1 })).toHaveText(title ?? '')
  await expect(textOf(deniz)).toBeVisible()
  await deniz.context().close()
})

test('a page is opened from the palette with the keyboard alone', async ({ browser }) => {
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await deniz.goto(server.url)
  await expect(deniz.getByRole('heading', { level: 1 })).toBeVisible()
  await deniz.keyboard.press('Control+k')
  await deniz.keyboard.type('Waschsalon')
  const first = deniz.getByRole('group', { name: 'Seiten' }).getByRole('option').first()
  await expect(first).toContainText('Waschsalon')
  await expect(first).toHaveAttribute('aria-selected', 'true')
  await deniz.keyboard.press('Enter')
  await expect(deniz.getByRole('heading', { level: 1 })).toContainText('Waschsalon')
  await deniz.context().close()
})

test('the palette takes every letter from the first on, before its options are there', async ({
  browser,
}) => {
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  const letThrough = await holdBack(deniz, '**/assets/*Palette*.js')
  await deniz.goto(server.url)
  await expect(deniz.getByRole('heading', { level: 1 })).toBeVisible()
  await slowDown(deniz, 6)
  await deniz.keyboard.press('Control+k')
  await deniz.keyboard.type('Waschsalon')
  await deniz.keyboard.press('Enter')
  await expect(deniz.getByRole('combobox')).toHaveValue('Waschsalon')
  letThrough()
  await slowDown(deniz, 1)
  // Enter waits for the answer: not what stood there before it came is opened.
  await expect(deniz.getByRole('heading', { level: 1 })).toContainText('Waschsalon')
  await expect(deniz).toHaveURL(/\/seiten\//)
  await deniz.context().close()
})

test('what is typed on the way to the search arrives there', async ({ browser }) => {
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  const letThrough = await holdBack(deniz, '**/assets/SearchScreen-*.js')
  await deniz.goto(`${server.url}/suche`)
  await expect(deniz.getByRole('button', { name: 'Neu', exact: true })).toBeVisible()
  await deniz.keyboard.type('Wasch')
  letThrough()
  await expect(input(deniz)).toHaveValue('Wasch')
  await expect(input(deniz)).toBeFocused()
  await expect(hits(deniz).first()).toBeVisible()
  await deniz.context().close()
})

test('hits can be narrowed to one district and one kind', async ({ browser }) => {
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await deniz.goto(`${server.url}/suche?q=Familien`)
  await expect(hits(deniz).nth(2)).toBeVisible()
  await deniz.getByRole('checkbox', { name: /^Pankow/ }).check()
  await expect(deniz).toHaveURL(/space=pankow/)
  const places = deniz.locator('.hits .meta .dot')
  await expect(places.first()).toHaveText('Pankow')
  expect(new Set(await places.allTextContents())).toEqual(new Set(['Pankow']))
  // A second choice in the same filter widens; the address holds filters, order and letters.
  await deniz.getByRole('checkbox', { name: /^Mitte/ }).check()
  await expect(deniz).toHaveURL(/space=mitte&space=pankow/)
  await expect(places.filter({ hasText: /^Mitte$/ }).first()).toBeVisible()
  expect(new Set(await places.allTextContents())).toEqual(new Set(['Mitte', 'Pankow']))
  await deniz.getByLabel('Sortiert nach').selectOption('Letzte Änderung')
  await expect(deniz).toHaveURL(/order=changed/)
  // The way back undoes one choice after the other.
  await deniz.goBack()
  await expect(deniz.getByLabel('Sortiert nach')).toHaveValue('closeness')
  await deniz.goBack()
  await expect(deniz.getByRole('checkbox', { name: /^Mitte/ })).not.toBeChecked()
  await expect(deniz.getByRole('checkbox', { name: /^Pankow/ })).toBeChecked()
  await expect(places.filter({ hasText: /^Mitte$/ })).toHaveCount(0)
  await deniz.goForward()
  await deniz.goForward()
  await expect(deniz).toHaveURL(/space=mitte&space=pankow&order=changed/)
  await deniz.getByRole('link', { name: 'Nur „Familien“ suchen' }).click()
  await expect(deniz.getByText('Buchstabe für Buchstabe', { exact: false })).toBeVisible()
  const titles = await hits(deniz).allTextContents()
  await deniz.reload()
  await expect(hits(deniz)).toHaveText(titles)
  await expect(deniz.getByRole('checkbox', { name: /^Mitte/ })).toBeChecked()
  await expect(deniz.getByRole('checkbox', { name: /^Pankow/ })).toBeChecked()
  await expect(deniz.getByLabel('Sortiert nach')).toHaveValue('changed')
  // Whoever is sent the address sees the same.
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await ruth.goto(deniz.url())
  await expect(hits(ruth)).toHaveText(titles)
  await expect(ruth.getByText('Bezirk: Mitte')).toBeVisible()
  await ruth.context().close()
  await deniz.getByRole('button', { name: 'Filter Pankow entfernen' }).click()
  await expect(deniz).not.toHaveURL(/space=pankow/)

  // What was loaded is there again on the way back from a page, then without what is gone.
  const gone = { title: 'Kinder, Kinder', audience: 'network' } as const
  const id = await createPage(server, 'ruth.weidner', gone)
  await expect
    .poll(async () => (await found('deniz.aksoy', 'Kinder')).hits.map((hit) => hit.id))
    .toContain(id)
  await deniz.goto(`${server.url}/suche?q=Kinder`)
  await expect(hits(deniz)).toHaveCount(20)
  await deniz.getByRole('button', { name: /weitere.* Treffer.* zeigen/ }).click()
  await expect(hits(deniz).nth(20)).toBeFocused()
  const all = await hits(deniz).allTextContents()
  await hits(deniz).nth(20).click()
  await expect(deniz.getByRole('heading', { level: 1 })).toHaveText(all[20] ?? '')
  expect((await call(server, 'ruth.weidner', `/pages/${id}/archive`, {})).status).toBe(200)
  const letThrough = await holdBack(deniz, '**/api/v1/search?*')
  await deniz.goBack()
  await expect(hits(deniz)).toHaveText(all)
  await expect(hits(deniz).nth(20)).toBeInViewport()
  await expect(hits(deniz).getByText(gone.title)).toHaveCount(1)
  await hits(deniz).nth(20).focus()
  letThrough()
  await expect(hits(deniz).getByText(gone.title)).toHaveCount(0)
  const held = hits(deniz).getByText(all[20] ?? '', { exact: true })
  await expect(held).toBeFocused()
  await expect(held).toBeInViewport()
  await deniz.context().close()
})

test('a hit leads to its section, where the words are marked until Escape', async ({ browser }) => {
  const filler = 'Hier steht etwas anderes. '.repeat(80)
  const markdown = `${filler}\n\n## Wer kommt\n\nDie Quittenrunde trifft sich. Zur Quitten-Runde kommen viele.`
  const id = await createPage(server, 'ruth.weidner', { title: 'Obst im Kiez', markdown })
  await expect.poll(async () => (await found('deniz.aksoy', 'Quittenrunde')).hits[0]?.id).toBe(id)
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await deniz.goto(`${server.url}/suche?q=Quittenrunden`)
  await expect(deniz.getByText('Auch gefunden:', { exact: false })).toBeVisible()
  await deniz.getByLabel('Sortiert nach').selectOption('Letzte Änderung')
  await expect(deniz).toHaveURL(/order=changed/)

  await deniz.getByRole('button', { name: 'Suche merken' }).click()
  await expect(deniz.getByRole('button', { name: 'Gemerkt' })).toBeVisible()
  const near = {
    audience: 'network',
    markdown: 'Die Quittenrunde trifft sich. Viele kommen.',
  } as const
  await createPage(server, 'ruth.weidner', { ...near, title: 'Obst nebenan' })
  await createPage(server, 'miriam.adeyemi', {
    ...near,
    title: 'Obst in Mitte',
    space: 'mitte',
    markdown: 'Auch in Mitte trifft sich eine Quittenrunde.',
  })
  await deniz.getByRole('link', { name: 'Nur „Quittenrunden“ suchen' }).click()
  await expect(deniz.getByText('Nichts gefunden zu „Quittenrunden“')).toBeVisible()
  await expect
    .poll(async () => (await found('deniz.aksoy', 'Quittenrunde')).hits.map(({ title }) => title))
    .toEqual(expect.arrayContaining(['Obst nebenan', 'Obst in Mitte']))
  await deniz.goto(`${server.url}/suche`)
  await expect(deniz.getByText('2 neu')).toBeVisible()
  await deniz.getByRole('link', { name: 'Quittenrunden', exact: true }).click()
  await expect(deniz.locator('.hits .new')).toHaveCount(2)
  await deniz.getByLabel('Sortiert nach').selectOption('Nähe zum Suchwort')
  await deniz.getByRole('link', { name: 'Neue zuerst zeigen' }).click()
  await expect(deniz).toHaveURL(/order=changed/)
  await expect(hits(deniz).nth(1)).toHaveText(/^Obst (nebenan|in Mitte)$/)
  await expect(deniz.locator('.hits .new')).toHaveCount(2)

  await deniz.getByRole('link', { name: 'Abschnitt „Wer kommt“' }).click()
  await expect(deniz.getByRole('heading', { name: 'Wer kommt' })).toBeInViewport()
  await expect(deniz.getByText('Fundstellen sind hervorgehoben', { exact: false })).toBeAttached()
  const marked = () => deniz.evaluate(() => CSS.highlights.get('found')?.size ?? 0)
  await expect.poll(marked).toBe(2)
  await deniz.keyboard.press('Escape')
  await expect.poll(marked).toBe(0)
  await expect(deniz).not.toHaveURL(/fund=/)

  // Like this section: another district first, though a page of the own one is closer.
  const similar = deniz.getByRole('region', { name: 'Ähnliche Seiten' })
  await similar.getByLabel('Ähnlich wie').selectOption('Wer kommt')
  await expect(similar.getByRole('link').first()).toHaveText('Obst in Mitte')
  await expect(similar.getByRole('link', { name: 'Obst nebenan' })).toBeVisible()
  await expect(similar.getByText(/^Gemeinsam: .*Quittenrunde/).first()).toBeVisible()
  await deniz.context().close()
})

test('what nobody wrote is answered with a way on', async ({ browser }) => {
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await deniz.goto(`${server.url}/suche?q=xyzzyquux`)
  await expect(deniz.getByText('Nichts gefunden zu „xyzzyquux“')).toBeVisible()
  await expect(deniz.getByText('Prüfen Sie die Schreibweise', { exact: false })).toBeVisible()
  await deniz.goto(`${server.url}/suche?q=Familien&year=1999`)
  await deniz.getByRole('button', { name: /^Filter „Jahr“ aufheben/ }).click()
  await expect(hits(deniz).nth(2)).toBeVisible()
  await deniz.context().close()
})

test('a draft is found by nobody else', async ({ browser }) => {
  const markdown = 'Das Wort Geheimniskrämerei steht hier.'
  await createPage(server, 'ruth.weidner', { title: 'Nur für mich', markdown, audience: 'draft' })
  await expect.poll(async () => (await found('ruth.weidner', 'Geheimniskrämerei')).total).toBe(1)
  expect((await found('deniz.aksoy', 'Geheimniskrämerei')).total).toBe(0)
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await deniz.goto(`${server.url}/suche?q=Geheimniskrämerei`)
  await expect(deniz.getByText('Nichts gefunden zu „Geheimniskrämerei“')).toBeVisible()
  await deniz.context().close()
})

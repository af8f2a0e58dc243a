/** Every block a page may hold, made, filled in and used by hand in a real browser. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import { expectNothingFoundAtAnyWidth } from './axe.js'
import {
  caretAtEndOf,
  caretSettled,
  createPage,
  expectSaved,
  exported,
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

const PEOPLE = ['ruth.weidner', 'deniz.aksoy'] as const

/** A new page with one paragraph, opened by as many people as asked for. */
async function open(
  browser: Browser,
  people: 1 | 2 = 1,
  options?: Parameters<typeof windowOf>[3],
): Promise<{ id: string; pages: [Page, ...Page[]] }> {
  const id = await createPage(server, PEOPLE[0], { title: 'Blöcke', markdown: 'Anfang' })
  const pages = await Promise.all(
    PEOPLE.slice(0, people).map(async (login) => {
      const page = await windowOf(browser, server, login, options)
      await openToWrite(page, `${server.url}/seiten/${id}`)
      return page
    }),
  )
  return { id, pages: pages as [Page, ...Page[]] }
}

/** Begins a new paragraph behind the first one and makes a block by the slash menu. */
async function slash(page: Page, query: string): Promise<void> {
  await caretAtEndOf(page, 'Anfang')
  await page.keyboard.press('Enter')
  await page.keyboard.type(`/${query}`)
  await expect(page.getByRole('listbox', { name: 'Einfügen' })).toBeVisible()
  await page.keyboard.press('Enter')
  await caretSettled(page)
}

const panelOf = (page: Page) => page.getByRole('dialog', { name: 'Angaben zum Block' })
const frameOf = (page: Page, name: string) => textOf(page).locator(`[data-block="${name}"]`)

test('the slash menu finds blocks by German and English names and leaves the focus in the text', async ({
  browser,
}) => {
  const { pages } = await open(browser)
  const [page] = pages
  await caretAtEndOf(page, 'Anfang')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/famil')
  const options = page.getByRole('listbox', { name: 'Einfügen' }).getByRole('option')
  await expect(options.first()).toHaveText('Familienstimme')
  await expect(textOf(page)).toBeFocused()
  const active = await textOf(page).getAttribute('aria-activedescendant')
  expect(await options.first().getAttribute('id')).toBe(active)
  for (let letter = 0; letter < 5; letter += 1) await page.keyboard.press('Backspace')
  await page.keyboard.type('question')
  await expect(options.first()).toHaveText('Offene Frage')
  await page.keyboard.press('Escape')
  await expect(options).toHaveCount(0)
  await expect(textOf(page).locator('p').last()).toHaveText('/question')
  await page.context().close()
})

for (const { name, query, label } of [
  { name: 'openQuestion', query: 'offene', label: 'Offene Frage' },
  { name: 'guidingQuestion', query: 'leitfrage', label: 'Leitfrage' },
  { name: 'insight', query: 'einsicht', label: 'Einsicht' },
  { name: 'familyVoice', query: 'familienstimme', label: 'Familienstimme' },
  { name: 'agreement', query: 'vereinbarung', label: 'Vereinbarung' },
  { name: 'callout', query: 'hinweis', label: 'Hinweis' },
]) {
  test(`${label}: made by the slash menu, left by Ctrl+Enter, kept by the server`, async ({
    browser,
  }) => {
    const { id, pages } = await open(browser)
    const [page] = pages
    await slash(page, query)
    await page.keyboard.type('Worte darin')
    await expect(frameOf(page, name).locator('.frame-label')).toHaveText(label)
    await page.keyboard.press('Control+Enter')
    await page.keyboard.type('Danach')
    await expect(frameOf(page, name)).toContainText('Worte darin')
    await expect(frameOf(page, name)).not.toContainText('Danach')
    await expectSaved(page)
    expect(await exported(server, PEOPLE[0], id)).toContain('Worte darin')
    await page.reload()
    await expect(frameOf(page, name)).toContainText('Worte darin')
    await page.context().close()
  })
}

test('the attributes of a family voice are filled in by keyboard and shown as words', async ({
  browser,
}) => {
  const { pages } = await open(browser)
  const [page] = pages
  await slash(page, 'familienstimme')
  await page.keyboard.type('Danke fürs Zuhören')
  await page.keyboard.press('Alt+Enter')
  const panel = panelOf(page)
  await expect(panel.getByLabel('Wie wurde die Familie gehört?')).toBeFocused()
  await page.keyboard.type('Gespräch')
  await panel.getByLabel('In welchem Monat?').fill('2024-03')
  await panel.getByLabel('Wie ist die Familie einverstanden?').selectOption('schriftlich')
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(textOf(page)).toBeFocused()
  await expect(frameOf(page, 'familyVoice').locator('.frame-details')).toHaveText(
    'Gespräch · März 2024 · schriftliches Einverständnis',
  )
  await page.context().close()
})

test('a callout changes its tone by a press on its button', async ({ browser }) => {
  const { pages } = await open(browser)
  const [page] = pages
  await slash(page, 'hinweis')
  await page.keyboard.type('Vorsicht')
  await frameOf(page, 'callout').getByRole('button', { name: 'Ändern: Hinweis' }).click()
  await panelOf(page).getByLabel('Wie soll es klingen?').selectOption('Achtung')
  await expect(frameOf(page, 'callout').locator('.frame-label')).toHaveText('Achtung')
  await panelOf(page).getByRole('button', { name: 'Fertig' }).click()
  await expect(textOf(page)).toBeFocused()
  await page.context().close()
})

test('a collapsible passage folds for its reader alone', async ({ browser }) => {
  const { pages } = await open(browser, 2)
  const [ruth, deniz] = pages
  if (deniz === undefined) throw new Error('nobody else')
  await slash(ruth, 'aufklappen')
  await ruth.keyboard.type('Sichtbar')
  await ruth.keyboard.press('Enter')
  await ruth.keyboard.type('Verborgen')
  await expect(frameOf(deniz, 'collapsible')).toContainText('Verborgen')
  await ruth.getByRole('button', { name: 'Zuklappen' }).click()
  await expect(textOf(ruth).getByText('Verborgen')).toBeHidden()
  await expect(textOf(deniz).getByText('Verborgen')).toBeVisible()
  await ruth.getByRole('button', { name: 'Aufklappen' }).click()
  await expect(textOf(ruth).getByText('Verborgen')).toBeVisible()
  for (const page of pages) await page.context().close()
})

test('two people share a task: one names who does it, the other checks it off', async ({
  browser,
}) => {
  const { id, pages } = await open(browser, 2)
  const [ruth, deniz] = pages
  if (deniz === undefined) throw new Error('nobody else')
  await caretAtEndOf(ruth, 'Anfang')
  await ruth.keyboard.press('Enter')
  await ruth.keyboard.type('[ ] Einladung schreiben')
  const task = (page: Page) => textOf(page).locator('ul.tasks > li')
  await expect(task(deniz)).toContainText('Einladung schreiben')
  // On a slow machine the first letter already belongs to the panel, whatever the other one does.
  await slowDown(ruth, 6)
  await ruth.keyboard.press('Alt+Enter')
  await Promise.all([
    ruth.keyboard.type('Jugendamt'),
    deniz.getByRole('checkbox', { name: 'Erledigt: Einladung schreiben' }).check(),
  ])
  await expect(panelOf(ruth).getByLabel('Wer übernimmt das?')).toHaveValue('Jugendamt')
  await slowDown(ruth, 1)
  await panelOf(ruth).getByLabel('Bis wann?').fill('2031-06-03')
  await ruth.keyboard.press('Escape')
  for (const page of [ruth, deniz]) {
    await expect(task(page)).toHaveAttribute('data-checked', 'true')
    await expect(task(page).locator('.duty')).toHaveText('Jugendamt · bis 3. Juni 2031')
    await expect(task(page).locator('p')).toHaveText('Einladung schreiben')
  }
  await ruth.keyboard.press('Control+Enter')
  await expect(task(deniz)).toHaveAttribute('data-checked', 'false')
  await expectSaved(ruth)
  expect(await exported(server, PEOPLE[0], id)).toContain('- [ ] Einladung schreiben')
  for (const page of pages) await page.context().close()
})

test('two people write in one table while its shape changes', async ({ browser }) => {
  const { id, pages } = await open(browser, 2)
  const [ruth, deniz] = pages
  if (deniz === undefined) throw new Error('nobody else')
  await slash(ruth, 'tabelle')
  await ruth.keyboard.type('Bezirk')
  await ruth.keyboard.press('Tab')
  await ruth.keyboard.type('Stand')
  const cells = (page: Page) => textOf(page).locator('th, td')
  await expect(cells(deniz)).toHaveCount(9)
  await cells(deniz).nth(3).click()
  await caretSettled(deniz)
  // Both at once: one adds a column, the other a row, then both write.
  await Promise.all([
    ruth.getByRole('button', { name: 'Spalte danach' }).click(),
    deniz.getByRole('button', { name: 'Zeile darunter' }).click(),
  ])
  await deniz.keyboard.type('Mitte')
  await ruth.keyboard.type(' 2024')
  await expectSaved(ruth)
  await expectSaved(deniz)
  for (const page of [ruth, deniz]) {
    await expect(cells(page).filter({ hasText: 'Mitte' })).toHaveCount(1)
    await expect(cells(page).filter({ hasText: 'Stand 2024' })).toHaveCount(1)
    await expect(textOf(page).locator('tr')).toHaveCount(4)
  }
  expect(await cells(ruth).allTextContents()).toEqual(await cells(deniz).allTextContents())
  const markdown = await exported(server, PEOPLE[0], id)
  for (const word of ['Bezirk', 'Stand 2024', 'Mitte']) expect(markdown).toContain(word)
  for (const page of pages) await page.context().close()
})

test('a table is walked with Tab, and its toolbar is reached and left by key', async ({
  browser,
}) => {
  const { pages } = await open(browser)
  const [page] = pages
  await slash(page, 'tabelle')
  for (let step = 0; step < 9; step += 1) await page.keyboard.press('Tab')
  await page.keyboard.type('neue Zeile')
  await expect(textOf(page).locator('tr')).toHaveCount(4)
  await expect(textOf(page).locator('tr').last()).toContainText('neue Zeile')
  await page.keyboard.press('Alt+F10')
  const bar = page.getByRole('toolbar', { name: 'Tabelle bearbeiten' })
  await expect(bar.getByRole('button').first()).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(bar.getByRole('button').nth(1)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(textOf(page)).toBeFocused()
  await bar.getByRole('button', { name: 'Tabelle löschen' }).click()
  await expect(textOf(page).locator('table')).toHaveCount(0)
  await page.context().close()
})

test('a footnote is numbered, listed below the text and written in its field', async ({
  browser,
}) => {
  const { id, pages } = await open(browser)
  const [page] = pages
  await caretAtEndOf(page, 'Anfang')
  await page.keyboard.press('Control+Alt+KeyF')
  await expect(panelOf(page).getByLabel('Text der Fußnote')).toBeFocused()
  await page.keyboard.type('Eigene Zählung')
  await page.keyboard.press('Escape')
  await expect(textOf(page).getByRole('button', { name: 'Fußnote 1' })).toHaveText('1')
  await expect(page.getByRole('region', { name: 'Fußnoten' })).toContainText('Eigene Zählung')
  await expectSaved(page)
  expect(await exported(server, PEOPLE[0], id)).toContain('[^1]')
  await page.context().close()
})

test('a slash among words puts a footnote there and turns no block', async ({ browser }) => {
  const { pages } = await open(browser)
  const [page] = pages
  await caretAtEndOf(page, 'Anfang')
  await page.keyboard.type(' und/oder /')
  const options = page.getByRole('listbox', { name: 'Einfügen' }).getByRole('option')
  await expect(options).toHaveText(['Fußnote', 'Seite verknüpfen'])
  await page.keyboard.type('fu')
  await expect(options).toHaveText(['Fußnote'])
  await page.keyboard.press('Enter')
  await expect(panelOf(page).getByLabel('Text der Fußnote')).toBeFocused()
  await page.keyboard.type('Eigene Zählung')
  await page.keyboard.press('Escape')
  await expect(textOf(page).locator('p', { hasText: 'Anfang' })).toHaveText('Anfang und/oder 1')
  await expect(page.getByRole('region', { name: 'Fußnoten' })).toContainText('Eigene Zählung')
  await page.context().close()
})

test('code keeps its signs and offers no page for [[', async ({ browser }) => {
  const { pages } = await open(browser)
  const [page] = pages
  await caretAtEndOf(page, 'Anfang')
  await page.keyboard.press('Enter')
  await page.keyboard.type('```js a [[b')
  await expect(textOf(page).locator('pre')).toHaveText('a [[b')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await page.context().close()
})

test('the menu of a block moves, turns, duplicates and deletes, all by key', async ({
  browser,
}) => {
  const { pages } = await open(browser)
  const [page] = pages
  await caretAtEndOf(page, 'Anfang')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Zweiter')
  await page.keyboard.press('Alt+Shift+ArrowUp')
  await expect(textOf(page).locator('p').first()).toHaveText('Zweiter')
  await page.keyboard.press('Alt+Shift+KeyM')
  const menu = page.getByRole('menu')
  await expect(menu.getByRole('menuitem').first()).toBeFocused()
  await menu.getByRole('menuitem', { name: 'Umwandeln in' }).press('Enter')
  await page.getByRole('menuitemradio', { name: 'Einsicht' }).press('Enter')
  await expect(frameOf(page, 'insight')).toContainText('Zweiter')
  await expect(textOf(page)).toBeFocused()
  await page.keyboard.press('Alt+Shift+KeyM')
  await menu.getByRole('menuitem', { name: 'Verdoppeln' }).press('Enter')
  await expect(frameOf(page, 'insight')).toHaveCount(2)
  await page.keyboard.press('Alt+Shift+KeyM')
  await menu.getByRole('menuitem', { name: 'Löschen' }).press('Enter')
  await expect(frameOf(page, 'insight')).toHaveCount(1)
  await page.context().close()
})

test('words are found and replaced, each time as one step for undo', async ({ browser }) => {
  const { pages } = await open(browser)
  const [page] = pages
  await caretAtEndOf(page, 'Anfang')
  await page.keyboard.type(' eins zwei eins')
  await page.keyboard.press('Control+h')
  const bar = page.getByRole('region', { name: 'Suchen und ersetzen' })
  await expect(bar.getByLabel('Suchen nach')).toBeFocused()
  await page.keyboard.type('eins')
  await expect(bar.getByRole('status')).toHaveText('Stelle 1 von 2')
  await page.keyboard.press('Enter')
  await expect(bar.getByRole('status')).toHaveText('Stelle 2 von 2')
  await bar.getByLabel('Ersetzen durch').fill('drei')
  await bar.getByRole('button', { name: 'Alle ersetzen' }).click()
  await expect(bar.getByRole('status')).toHaveText('2 Stellen ersetzt')
  await expect(textOf(page)).toHaveText('Anfang drei zwei drei')
  await page.keyboard.press('Escape')
  await expect(textOf(page)).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(textOf(page)).toHaveText('Anfang eins zwei eins')
  await page.context().close()
})

test('what Word puts on the clipboard comes in as lists and tables', async ({ browser }) => {
  const { pages } = await open(browser)
  const [page] = pages
  await caretAtEndOf(page, 'Anfang')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => /paste-/.test(name)),
  )
  await textOf(page).evaluate((text) => {
    const data = new DataTransfer()
    data.setData(
      'text/html',
      '<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">1.</span>' +
        'Eins</p><table><tr><td>Zelle</td><td>zwei</td></tr></table><img src="https://example.org/a.png">',
    )
    text.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  })
  await expect(textOf(page).locator('ol > li')).toHaveText('Eins')
  await expect(textOf(page).locator('td')).toHaveText(['Zelle', 'zwei'])
  await expect(textOf(page).locator('img:not(.ProseMirror-separator)')).toHaveCount(0)
  await expectSaved(page)
  await page.context().close()
})

/** Every block at once, made as people make them. */
async function everything(page: Page): Promise<void> {
  for (const [query, words] of [
    ['code', 'Zeile'],
    ['aufklappen', 'Mehr dazu'],
    ['hinweis', 'Bitte beachten'],
    ['vereinbarung', 'Wir treffen uns'],
    ['einsicht', 'Zuhören hilft'],
    ['familienstimme', 'Danke'],
    ['leitfrage', 'Was wirkt'],
    ['offene', 'Wer hilft'],
    ['tabelle', 'Kopf'],
    ['aufgaben', 'Einladen'],
    ['zitat', 'Gesagt'],
    ['überschrift', 'Ziele'],
  ] as const) {
    await slash(page, query)
    await page.keyboard.type(words)
    if (query !== 'tabelle') continue
    // A head without words says nothing to anybody.
    for (const head of ['Stand', 'Wer']) {
      await page.keyboard.press('Tab')
      await page.keyboard.type(head)
    }
  }
}

test('axe finds nothing on a page with all blocks', async ({ browser }) => {
  const { pages } = await open(browser, 1)
  const [page] = pages
  await everything(page)
  await expectNothingFoundAtAnyWidth(page)
  await page.context().close()
})

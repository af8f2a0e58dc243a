/** Every block a page may hold, made, filled in and used by hand in a real browser. */
import { expect, type Page, test } from '@playwright/test'
import { expectNothingFoundAtAnyWidth } from './axe.js'
import { caretAtEndOf, expectSaved, exported, textOf } from './people.js'
import { Server } from './server.js'
import { frameOf, openAlone, openPanel, panelOf, PEOPLE, pressByKey, slash } from './writing.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

test('the slash menu finds blocks by German and English names and leaves the focus in the text', async ({
  browser,
}) => {
  const { page } = await openAlone(server, browser)
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

/** How each block is called in the slash menu, how it shows, and how its text is kept. */
const MADE = [
  { query: 'offene', shown: '[data-block="openQuestion"]', kept: '> [!openQuestion]\n> ' },
  { query: 'leitfrage', shown: '[data-block="guidingQuestion"]', kept: '> [!guidingQuestion]\n> ' },
  { query: 'einsicht', shown: '[data-block="insight"]', kept: '> [!insight]\n> ' },
  { query: 'familienstimme', shown: '[data-block="familyVoice"]', kept: '> [!familyVoice]\n> ' },
  { query: 'vereinbarung', shown: '[data-block="agreement"]', kept: '> [!agreement]\n> ' },
  { query: 'hinweis', shown: '[data-block="callout"]', kept: '> [!NOTE]\n> ' },
  { query: 'aufklappen', shown: '[data-block="collapsible"]', kept: '> [!collapsible]\n> ' },
  { query: 'zitat', shown: 'blockquote', kept: '> ' },
  { query: 'code', shown: '.code', kept: '```\n' },
] as const

test('blocks are made by the slash menu, left by Ctrl+Enter and kept by the server', async ({
  browser,
}) => {
  const { id, page } = await openAlone(server, browser)
  await slash(page, 'trennlinie')
  await page.keyboard.type('Nach der Linie')
  await expect(textOf(page).locator('p + hr + p')).toHaveText('Nach der Linie')
  for (const { query, shown } of MADE) {
    await slash(page, query)
    await page.keyboard.type(`Worte in ${query}`)
    await page.keyboard.press('Control+Enter')
    await page.keyboard.type(`Nach ${query}`)
    await expect(textOf(page).locator(shown)).toContainText(`Worte in ${query}`)
    await expect(textOf(page).locator(`${shown} + p`)).toHaveText(`Nach ${query}`)
  }
  for (const [name, label] of [
    ['openQuestion', 'Offene Frage'],
    ['guidingQuestion', 'Leitfrage'],
    ['insight', 'Einsicht'],
    ['familyVoice', 'Familienstimme'],
    ['agreement', 'Vereinbarung'],
    ['callout', 'Hinweis'],
  ] as const) {
    await expect(frameOf(page, name).locator('.frame-label')).toHaveText(label)
  }
  await expectSaved(page)
  const markdown = await exported(server, PEOPLE[0], id)
  for (const { query, kept } of MADE) {
    expect(markdown).toContain(`\n${kept}Worte in ${query}\n`)
    expect(markdown).toContain(`\n\nNach ${query}\n`)
  }
  expect(markdown).toContain('\n\n---\n\nNach der Linie\n')
  await page.reload()
  for (const { query, shown } of MADE) {
    await expect(textOf(page).locator(shown)).toContainText(`Worte in ${query}`)
    await expect(textOf(page).locator(`${shown} + p`)).toHaveText(`Nach ${query}`)
  }
  await expect(textOf(page).locator('p + hr + p')).toHaveText('Nach der Linie')
  await page.context().close()
})

test('what is known about a block is filled in by keyboard, shown as words and kept', async ({
  browser,
}) => {
  const markdown = [
    '> [!familyVoice]\n> Danke fürs Zuhören',
    '> [!agreement]\n> Raum am Dienstag',
    '> [!NOTE]\n> Vorsicht',
    'Ein Satz',
  ].join('\n\n')
  const { id, page } = await openAlone(server, browser, { markdown })
  const panel = panelOf(page)
  /** Back to the text by key. */
  const leave = async (): Promise<void> => {
    await page.keyboard.press('Escape')
    await expect(panel).toHaveCount(0)
    await expect(textOf(page)).toBeFocused()
  }
  await openPanel(page, 'Danke')
  await expect(panel.getByLabel('Wie wurde die Familie gehört?')).toBeFocused()
  await page.keyboard.type('Gespräch')
  await panel.getByLabel('In welchem Monat?').fill('2024-03')
  await panel.getByLabel('Wie ist die Familie einverstanden?').selectOption('schriftlich')
  await leave()

  await openPanel(page, 'Dienstag')
  await expect(panel.getByLabel('Wer hat das vereinbart?')).toBeFocused()
  await page.keyboard.type('Jugendamt')
  await panel.getByLabel('Bis wann gilt es?').fill('2031-06-30')
  await leave()

  await frameOf(page, 'callout').getByRole('button', { name: 'Ändern: Hinweis' }).click()
  await panel.getByLabel('Wie soll es klingen?').selectOption('Achtung')
  await panel.getByRole('button', { name: 'Fertig' }).click()
  await expect(textOf(page)).toBeFocused()

  await caretAtEndOf(page, 'Ein Satz')
  await page.keyboard.press('Enter')
  await page.keyboard.type('``` a [[b')
  // No page is offered where signs are only signs.
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await page.keyboard.press('Alt+Enter')
  await expect(panel.getByLabel('Welche Sprache?')).toBeFocused()
  await page.keyboard.type('sql')
  await leave()

  await caretAtEndOf(page, 'Ein Satz')
  await page.keyboard.press('Control+Alt+KeyF')
  await expect(panel.getByLabel('Text der Fußnote')).toBeFocused()
  await page.keyboard.type('Eigene Zählung')
  await leave()

  await expectSaved(page)
  const kept = await exported(server, PEOPLE[0], id)
  for (const block of [
    '> [!familyVoice method="Gespräch" consent="written" month="2024-03"]\n> Danke fürs Zuhören\n',
    '> [!agreement who="Jugendamt" until="2031-06-30"]\n> Raum am Dienstag\n',
    '> [!WARNING]\n> Vorsicht\n',
    'Ein Satz[^1]\n',
    '```sql\na [[b\n```\n',
    '[^1]: Eigene Zählung\n',
  ]) {
    expect(kept).toContain(`\n${block}`)
  }
  for (const again of [false, true]) {
    if (again) await page.reload()
    await expect(frameOf(page, 'familyVoice').locator('.frame-details')).toHaveText(
      'Gespräch · März 2024 · schriftliches Einverständnis',
    )
    await expect(frameOf(page, 'agreement').locator('.frame-details')).toHaveText(
      'Jugendamt · bis 30. Juni 2031',
    )
    await expect(frameOf(page, 'callout').locator('.frame-label')).toHaveText('Achtung')
    await expect(textOf(page).locator('pre')).toHaveText('a [[b')
    await expect(textOf(page).getByRole('button', { name: 'Angaben: sql' })).toHaveText('sql')
    await expect(textOf(page).getByRole('button', { name: 'Fußnote 1' })).toHaveText('1')
    await expect(page.getByRole('region', { name: 'Fußnoten' })).toContainText('Eigene Zählung')
  }
  await page.context().close()
})

test('a slash among words puts a footnote there and turns no block', async ({ browser }) => {
  const { page } = await openAlone(server, browser)
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

test('the menu of a block moves, turns, duplicates and deletes, all by key', async ({
  browser,
}) => {
  const { page } = await openAlone(server, browser)
  await caretAtEndOf(page, 'Anfang')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Zweiter')
  await page.keyboard.press('Alt+Shift+ArrowUp')
  await expect(textOf(page).locator('p').first()).toHaveText('Zweiter')
  const menu = page.getByRole('menu')
  const item = (name: string) => menu.getByRole('menuitem', { name })
  await page.keyboard.press('Alt+Shift+KeyM')
  await expect(menu.getByRole('menuitem').first()).toBeFocused()
  // Above it there is nothing.
  await expect(item('Nach oben')).toHaveCount(0)
  await item('Nach unten').press('Enter')
  await expect(textOf(page).locator('p')).toHaveText(['Anfang', 'Zweiter'])
  await expect(textOf(page)).toBeFocused()
  await page.keyboard.press('Alt+Shift+KeyM')
  await expect(item('Nach unten')).toHaveCount(0)
  await item('Nach oben').press('Enter')
  await expect(textOf(page).locator('p')).toHaveText(['Zweiter', 'Anfang'])
  await page.keyboard.press('Alt+Shift+KeyM')
  await item('Umwandeln in').press('Enter')
  await page.getByRole('menuitemradio', { name: 'Einsicht' }).press('Enter')
  await expect(frameOf(page, 'insight')).toContainText('Zweiter')
  await expect(textOf(page)).toBeFocused()
  await page.keyboard.press('Alt+Shift+KeyM')
  await item('Verdoppeln').press('Enter')
  await expect(frameOf(page, 'insight')).toHaveCount(2)
  await page.keyboard.press('Alt+Shift+KeyM')
  await item('Löschen').press('Enter')
  await expect(frameOf(page, 'insight')).toHaveCount(1)
  await page.context().close()
})

test('words are found and replaced, each time as one step for undo', async ({ browser }) => {
  const { page } = await openAlone(server, browser)
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

/** What the toolbar over a selection offers: tried on which word, how that shows, how it is kept. */
const OFFERED = [
  ['Fett', 'Anton', 'strong', '**Anton**'],
  ['Kursiv', 'Berta', 'em', '*Berta*'],
  ['Durchgestrichen', 'Cäsar', 's', '~~Cäsar~~'],
  ['Hervorgehoben', 'Dora', 'mark', '<mark>Dora</mark>'],
  ['Wörtlich (Code)', 'Emil', 'code', '`Emil`'],
  ['Hochgestellt', 'Friedrich', 'sup', '<sup>Friedrich</sup>'],
  ['Tiefgestellt', 'Gustav', 'sub', '<sub>Gustav</sub>'],
  ['Überschrift', 'Ida', 'h2', '# Ida'],
  ['Überschrift, zweite Ebene', 'Julius', 'h3', '## Julius'],
  ['Liste', 'Konrad', 'ul:not(.tasks) > li', '- Konrad'],
  ['Nummerierte Liste', 'Ludwig', 'ol > li', '1. Ludwig'],
  ['Aufgaben', 'Martha', 'ul.tasks > li p', '- [ ] Martha'],
  ['Zitat', 'Nordpol', 'blockquote', '> Nordpol'],
] as const

test('the toolbar over a selection makes each mark and block, by press and by key', async ({
  browser,
}) => {
  const words = [...OFFERED.map(([, word]) => word), 'Heinrich', 'Otto']
  const { id, page } = await openAlone(server, browser, { markdown: words.join('\n\n') })
  const bar = page.getByRole('toolbar', { name: 'Text gestalten' })
  const button = (name: string) => bar.getByRole('button', { name, exact: true })
  const select = async (word: string): Promise<void> => {
    await caretAtEndOf(page, word)
    await expect(bar).toHaveCount(0)
    await page.keyboard.press('Shift+Home')
    await expect(button('Fett')).toBeVisible()
  }
  for (const [index, [name, word, shown]] of OFFERED.entries()) {
    await select(word)
    await expect(button(name)).toHaveAttribute('aria-pressed', 'false')
    if (index % 2 === 0) await button(name).click()
    else await pressByKey(page, bar, name)
    await expect(button(name)).toHaveAttribute('aria-pressed', 'true')
    await expect(textOf(page).locator(shown)).toHaveText(word)
    await expect(textOf(page)).toBeFocused()
  }
  await select('Heinrich')
  await button('Verknüpfen').click()
  await page.keyboard.type('https://example.org/')
  await page.keyboard.press('Enter')
  await expect(textOf(page).getByRole('link', { name: 'Heinrich' })).toHaveAttribute(
    'href',
    'https://example.org/',
  )
  await select('Otto')
  await pressByKey(page, bar, 'Block bearbeiten')
  await expect(page.getByRole('menu', { name: 'Block: Absatz' })).toBeVisible()
  await page.keyboard.press('Escape')
  await button('Fußnote').click()
  await expect(panelOf(page).getByLabel('Text der Fußnote')).toBeFocused()
  await page.keyboard.type('Quelle')
  await page.keyboard.press('Escape')

  await expectSaved(page)
  const markdown = await exported(server, PEOPLE[0], id)
  for (const [, , , kept] of OFFERED) expect(markdown).toContain(`\n${kept}\n`)
  expect(markdown).toContain('\n[Heinrich](https://example.org/)\n\nOtto[^1]\n')
  await page.reload()
  for (const [, word, shown] of OFFERED) {
    await expect(textOf(page).locator(shown).filter({ hasText: word })).toHaveText(word)
  }
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
  const { page } = await openAlone(server, browser)
  await everything(page)
  await expectNothingFoundAtAnyWidth(page)
  await page.context().close()
})

/** Blocks that two people write in and fill in at once. */
import { expect, type Page, test } from '@playwright/test'
import {
  caretAtEndOf,
  caretSettled,
  expectSaved,
  exported,
  slowDown,
  textOf,
  typeTogether,
} from './people.js'
import { Server } from './server.js'
import { frameOf, openPanel, openTogether, panelOf, PEOPLE, slash } from './writing.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

test('a collapsible passage folds for its reader alone', async ({ browser }) => {
  const { ruth, deniz } = await openTogether(server, browser)
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
  for (const page of [ruth, deniz]) await page.context().close()
})

test('two people share a task: one names who does it, the other checks it off', async ({
  browser,
}) => {
  const { id, ruth, deniz } = await openTogether(server, browser)
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
  for (const page of [ruth, deniz]) await page.context().close()
})

test('two people write in one family voice, one piece of code and one footnote, and fill in what is known', async ({
  browser,
}) => {
  const markdown = [
    '> [!familyVoice]\n> Danke',
    '> [!agreement]\n> Raum am Dienstag',
    '```\nselect\n```',
    'Ein Satz[^1]',
    '[^1]: Zählung',
  ].join('\n\n')
  const { id, ruth, deniz } = await openTogether(server, browser, { markdown })
  const both = [ruth, deniz]
  const leave = () => Promise.all(both.map((page) => page.keyboard.press('Escape')))

  for (const page of both) await caretAtEndOf(page, 'Danke')
  await deniz.keyboard.press('Home')
  await caretSettled(deniz)
  await typeTogether([ruth, ' fürs Zuhören'], [deniz, 'Allen hier '])
  for (const page of both) {
    await expect(frameOf(page, 'familyVoice').locator('p')).toHaveText(
      'Allen hier Danke fürs Zuhören',
    )
  }

  // Each in a field of their own of one panel; what the other one gives appears in it.
  await Promise.all(both.map((page) => openPanel(page, 'Danke')))
  await Promise.all([
    ruth.keyboard.type('Gespräch'),
    panelOf(deniz).getByLabel('In welchem Monat?').fill('2024-03'),
  ])
  await expect(panelOf(ruth).getByLabel('In welchem Monat?')).toHaveValue('2024-03')
  await panelOf(deniz).getByLabel('Wie ist die Familie einverstanden?').selectOption('mündlich')
  await expect(panelOf(ruth).getByLabel('Wie ist die Familie einverstanden?')).toHaveValue('spoken')
  await expect(panelOf(deniz).getByLabel('Wie wurde die Familie gehört?')).toHaveValue('Gespräch')
  await leave()
  await Promise.all(both.map((page) => openPanel(page, 'Dienstag')))
  await Promise.all([
    ruth.keyboard.type('Jugendamt'),
    panelOf(deniz).getByLabel('Bis wann gilt es?').fill('2031-06-30'),
  ])
  for (const page of both) {
    await expect(panelOf(page).getByLabel('Wer hat das vereinbart?')).toHaveValue('Jugendamt')
    await expect(panelOf(page).getByLabel('Bis wann gilt es?')).toHaveValue('2031-06-30')
  }
  await leave()

  for (const [page, key] of [
    [ruth, 'End'],
    [deniz, 'Home'],
  ] as const) {
    await textOf(page).locator('pre').click()
    await caretSettled(page)
    await page.keyboard.press(key)
    await caretSettled(page)
  }
  await typeTogether([ruth, ' 1 + 1'], [deniz, 'explain '])

  // The same footnote, letter by letter.
  const note = (page: Page) => panelOf(page).getByLabel('Text der Fußnote')
  for (const page of both) await textOf(page).getByRole('button', { name: 'Fußnote 1' }).click()
  await note(ruth).press('End')
  await note(deniz).press('Home')
  await typeTogether([ruth, ' von 2024'], [deniz, 'Eigene '])
  for (const page of both) {
    await expect(note(page)).toHaveValue('Eigene Zählung von 2024')
    await expect(page.getByRole('region', { name: 'Fußnoten' })).toContainText(
      'Eigene Zählung von 2024',
    )
  }
  await leave()
  for (const page of both) {
    await expect(frameOf(page, 'familyVoice').locator('.frame-details')).toHaveText(
      'Gespräch · März 2024 · mündliches Einverständnis',
    )
    await expect(frameOf(page, 'agreement').locator('.frame-details')).toHaveText(
      'Jugendamt · bis 30. Juni 2031',
    )
    await expect(textOf(page).locator('pre')).toHaveText('explain select 1 + 1')
    await expectSaved(page)
  }
  const kept = await exported(server, PEOPLE[0], id)
  for (const block of [
    '> [!familyVoice method="Gespräch" consent="spoken" month="2024-03"]\n> Allen hier Danke fürs Zuhören\n',
    '> [!agreement who="Jugendamt" until="2031-06-30"]\n> Raum am Dienstag\n',
    '```\nexplain select 1 + 1\n```\n',
    '[^1]: Eigene Zählung von 2024\n',
  ]) {
    expect(kept).toContain(`\n${block}`)
  }
  for (const page of both) await page.context().close()
})

test('two people write at once in one heading, list, quotation and every other frame', async ({
  browser,
}) => {
  const words = [
    'Überschrift',
    'Aufzählung',
    'Nummer',
    'Zitat',
    'Hinweis',
    'Frage',
    'Antwort',
    'Erkenntnis',
    'Offenes',
    'Vereinbartes',
    'Klappe',
    'Verborgenes',
  ]
  const markdown = [
    '## Überschrift',
    '- Aufzählung',
    '1. Nummer',
    '> Zitat',
    '> [!NOTE]\n> Hinweis',
    '> [!guidingQuestion]\n> Frage\n>\n> Antwort',
    '> [!insight]\n> Erkenntnis',
    '> [!openQuestion]\n> Offenes',
    '> [!agreement]\n> Vereinbartes',
    '> [!collapsible]\n> Klappe\n>\n> Verborgenes',
    'Zum Schluss',
  ].join('\n\n')
  const { id, ruth, deniz } = await openTogether(server, browser, { markdown })
  const both = [ruth, deniz]
  for (const word of words) {
    for (const page of both) await caretAtEndOf(page, word)
    await deniz.keyboard.press('Home')
    await caretSettled(deniz)
    await typeTogether([ruth, ' rechts'], [deniz, 'links '])
    for (const page of both) await expect(textOf(page)).toContainText(`links ${word} rechts`)
  }

  // One gives the callout another tone while the other writes in it.
  await openPanel(deniz, 'Hinweis')
  await caretAtEndOf(ruth, 'Hinweis')
  await Promise.all([
    ruth.keyboard.type(' gilt'),
    panelOf(deniz).getByLabel('Wie soll es klingen?').selectOption('Achtung'),
  ])
  await deniz.keyboard.press('Escape')

  // Each marks the same words in a way of their own.
  for (const page of both) {
    await caretAtEndOf(page, 'Zum Schluss')
    await page.keyboard.press('Shift+Home')
    await caretSettled(page)
  }
  await Promise.all([
    ruth.keyboard.press('Control+Shift+KeyH'),
    deniz.keyboard.press('Control+KeyB'),
  ])
  for (const page of both) {
    await expect(frameOf(page, 'callout')).toContainText('links Hinweis rechts gilt')
    await expect(frameOf(page, 'callout')).toHaveAttribute('data-tone', 'warning')
    for (const mark of ['mark', 'strong']) {
      await expect(textOf(page).locator(mark, { hasText: 'Zum Schluss' })).toBeVisible()
    }
    await expectSaved(page)
  }
  const kept = await exported(server, PEOPLE[0], id)
  for (const block of [
    '## links Überschrift rechts\n',
    '- links Aufzählung rechts\n',
    '1. links Nummer rechts\n',
    '> links Zitat rechts\n',
    '> [!WARNING]\n> links Hinweis rechts gilt\n',
    '> [!guidingQuestion]\n> links Frage rechts\n>\n> links Antwort rechts\n',
    '> [!insight]\n> links Erkenntnis rechts\n',
    '> [!openQuestion]\n> links Offenes rechts\n',
    '> [!agreement]\n> links Vereinbartes rechts\n',
    '> [!collapsible]\n> links Klappe rechts\n>\n> links Verborgenes rechts\n',
  ]) {
    expect(kept).toContain(`\n${block}`)
  }
  for (const page of both) await page.context().close()
})

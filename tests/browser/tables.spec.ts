/** Tables: written by two people at once, walked and shaped by key. */
import { expect, type Page, test } from '@playwright/test'
import { caretSettled, expectSaved, exported, textOf } from './people.js'
import { Server } from './server.js'
import { openAlone, openTogether, PEOPLE, pressByKey, slash } from './writing.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

test('two people write in one table while its shape changes', async ({ browser }) => {
  const { id, ruth, deniz } = await openTogether(server, browser)
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
  for (const page of [ruth, deniz]) await page.context().close()
})

test('a table is walked with Tab, and its toolbar is reached and left by key', async ({
  browser,
}) => {
  const { page } = await openAlone(server, browser)
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

test('cells are merged and split, heads set and taken, rows and columns removed, all by key', async ({
  browser,
}) => {
  const { id, page } = await openAlone(server, browser)
  const table = textOf(page).locator('table')
  const act = async (name: string): Promise<void> => {
    await pressByKey(page, page.getByRole('toolbar', { name: 'Tabelle bearbeiten' }), name)
    await expect(textOf(page)).toBeFocused()
  }
  const back = async (cells: number): Promise<void> => {
    for (let cell = 0; cell < cells; cell += 1) await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('End')
    await caretSettled(page)
  }
  await slash(page, 'tabelle')
  const words = ['Bezirk', 'Stand', 'Wer', 'Mitte', '2024', 'Ada', 'Pankow', '2025', 'Bea']
  for (const [index, word] of words.entries()) {
    if (index > 0) await page.keyboard.press('Tab')
    await page.keyboard.type(word)
  }
  await expect(table.locator('th')).toHaveText(['Bezirk', 'Stand', 'Wer'])

  // The head is the first row or column, wherever the caret is.
  await act('Kopfspalte')
  await expect(table.locator('th')).toHaveText(['Bezirk', 'Stand', 'Wer', 'Mitte', 'Pankow'])
  await act('Kopfzeile')
  await expect(table.locator('th')).toHaveText(['Bezirk', 'Mitte', 'Pankow'])
  await act('Kopfzeile')
  await act('Kopfspalte')
  await expect(table.locator('th')).toHaveText(['Bezirk', 'Stand', 'Wer'])

  await back(5)
  await page.keyboard.press('Shift+ArrowRight')
  await expect(table.locator('.selectedCell')).toHaveText(['Mitte', '2024'])
  await act('Zellen verbinden')
  await expect(table.locator('[colspan="2"] p')).toHaveText(['Mitte', '2024'])
  await expect(table.locator('td')).toHaveText(['Mitte2024', 'Ada', 'Pankow', '2025', 'Bea'])
  await expectSaved(page)
  expect((await exported(server, PEOPLE[0], id)).replace(/\n+/g, '')).toContain(
    '<tr><td colspan="2">Mitte2024</td><td>Ada</td></tr>',
  )
  await page.reload()
  await expect(table.locator('[colspan="2"] p')).toHaveText(['Mitte', '2024'])

  await table.getByText('2024').click()
  await caretSettled(page)
  await act('Zelle teilen')
  await expect(table.locator('[colspan="2"]')).toHaveCount(0)
  await expect(table.locator('td')).toHaveText(['Mitte2024', '', 'Ada', 'Pankow', '2025', 'Bea'])
  await act('Zeile löschen')
  await expect(table.locator('tr')).toHaveText(['BezirkStandWer', 'Pankow2025Bea'])
  await table.getByText('Bea').click()
  await caretSettled(page)
  await act('Spalte löschen')
  await expectSaved(page)
  expect(await exported(server, PEOPLE[0], id)).toContain(
    '\n| Bezirk | Stand |\n| --- | --- |\n| Pankow | 2025 |\n',
  )
  await page.reload()
  await expect(table.locator('tr')).toHaveText(['BezirkStand', 'Pankow2025'])
  await page.context().close()
})

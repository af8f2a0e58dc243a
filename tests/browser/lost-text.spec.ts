/** What one person writes into a block while another one rearranges it is offered to them again. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import { expectNothingFound } from './axe.js'
import { Line } from './line.js'
import {
  caretAtEndOf,
  contentOf,
  createPage,
  expectSaved,
  exported,
  openToWrite,
  saveState,
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

const offer = (page: Page) => page.getByRole('region', { name: 'Ihr Text ist nicht verloren' })
const button = (page: Page, name: string) => offer(page).getByRole('button', { name })

const FIRST = 'Die Werkstatt beginnt um neun.'

/** A page that Ruth has open over a line, and Deniz beside her. */
async function together(browser: Browser) {
  const line = await Line.to(server.url)
  const id = await createPage(server, 'ruth.weidner', {
    title: 'Werkstatt',
    markdown: `${FIRST}\n\nEnde.`,
  })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  const other = await windowOf(browser, server, 'deniz.aksoy')
  await openToWrite(ruth, `${line.url}/seiten/${id}`)
  await openToWrite(other, `${server.url}/seiten/${id}`)
  await caretAtEndOf(ruth, FIRST)
  return { line, id, ruth, other }
}

/** Turns the first paragraph into a heading. */
async function makeHeading(page: Page): Promise<void> {
  await caretAtEndOf(page, FIRST)
  await page.keyboard.press('Control+Alt+Digit1')
  await expect(textOf(page).locator('h2', { hasText: FIRST })).toBeVisible()
  await expectSaved(page)
}

test('a sentence written without a connection is put back where its paragraph is a heading now', async ({
  browser,
}) => {
  const { line, id, ruth, other } = await together(browser)
  line.cut()
  await expect(saveState(ruth)).toHaveAttribute('data-state', 'offline')
  await ruth.keyboard.type(' Bitte bringt Stühle mit.')
  await makeHeading(other)
  line.mend()
  await expect(offer(ruth)).toContainText('Bitte bringt Stühle mit.')
  await expect(textOf(ruth)).not.toContainText('Stühle')
  await expectNothingFound(ruth, 'the offer')
  await expect(offer(other)).toHaveCount(0)

  await button(ruth, 'Wieder einfügen').press('Enter')
  await expect(offer(ruth)).toHaveCount(0)
  await expect(textOf(ruth)).toBeFocused()
  const whole = `${FIRST} Bitte bringt Stühle mit.`
  for (const page of [ruth, other]) {
    await expect(textOf(page).locator('h2', { hasText: whole })).toBeVisible()
  }
  await expectSaved(ruth)
  await expect.poll(() => exported(server, 'ruth.weidner', id)).toContain(whole)
  await ruth.reload()
  await expect(textOf(ruth).locator('h2', { hasText: whole })).toBeVisible()
  await expectSaved(ruth)
  await expect(offer(ruth)).toHaveCount(0)
  for (const page of [ruth, other]) await page.context().close()
  await line.close()
})

test('what was under way while the block changed is offered until it is thrown away', async ({
  browser,
}) => {
  const { line, ruth, other } = await together(browser)
  // What Ruth types is on its way; what others do reaches her.
  line.hold()
  await ruth.keyboard.type(' Noch ein Wort')
  await makeHeading(other)
  await expect(textOf(ruth).locator('h2', { hasText: FIRST })).toBeVisible()
  expect(await contentOf(ruth)).not.toContain('Noch ein Wort')
  line.mend()
  await expect(offer(ruth)).toContainText('Noch ein Wort')
  await expectSaved(ruth)

  await ruth.reload()
  await expect(offer(ruth)).toContainText('Noch ein Wort')
  await button(ruth, 'Verwerfen').click()
  await button(ruth, 'Wirklich verwerfen').click()
  await expect(offer(ruth)).toHaveCount(0)
  await expect(textOf(ruth)).not.toContainText('Noch ein Wort')
  for (const page of [ruth, other]) await page.context().close()
  await line.close()
})

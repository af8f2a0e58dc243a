/** Finding one's way in a page: contents that follow, a count of words, links to sections. */
import { expect, test } from '@playwright/test'
import { VIEWPORTS } from './axe.js'
import {
  caretAtEndOf,
  createPage,
  openToWrite,
  readyToWrite,
  saveState,
  textOf,
  windowOf,
} from './people.js'
import { Server } from './server.js'
import { PEOPLE } from './writing.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

const [wide, narrow] = VIEWPORTS
const SECTIONS = ['Ziele', 'Wege', 'Ende'] as const
/** Paragraphs of five words below each heading: more than a window shows. */
const PARAGRAPHS = 20
const WORDS = SECTIONS.length * (1 + 5 * PARAGRAPHS)

const markdown = SECTIONS.flatMap((title) => [
  `# ${title}`,
  ...Array.from(
    { length: PARAGRAPHS },
    (_, index) => `Wir fragen ${title.length} Familien ${index}.`,
  ),
]).join('\n\n')

test('the contents follow the scrolling, words are counted, and a copied link leads to its section', async ({
  browser,
}) => {
  const id = await createPage(server, PEOPLE[0], { title: 'Lang', markdown })
  const page = await windowOf(browser, server, PEOPLE[0], {
    viewport: wide,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await openToWrite(page, `${server.url}/seiten/${id}`)
  const contents = page.getByRole('navigation', { name: 'Auf dieser Seite' })
  const current = contents.locator('[aria-current="location"]')
  const heading = (name: string) => textOf(page).getByRole('heading', { name })
  await expect(contents.getByRole('link')).toHaveText([...SECTIONS])
  await expect(current).toHaveCount(0)

  // By wheel, down and up again.
  await page.mouse.move(400, 400)
  for (const name of SECTIONS) {
    const { y } = (await heading(name).boundingBox()) ?? { y: 0 }
    await page.mouse.wheel(0, y - 100)
    await expect(current).toHaveText(name)
  }
  await page.mouse.wheel(0, -100_000)
  await expect(current).toHaveCount(0)
  await contents.getByRole('link', { name: 'Wege' }).click()
  await expect(heading('Wege')).toBeInViewport()
  await expect(current).toHaveText('Wege')

  await expect(contents).toContainText(`${WORDS} Wörter`)
  await caretAtEndOf(page, 'Wege')
  await page.keyboard.type(' für alle')
  await expect(contents).toContainText(`${WORDS + 2} Wörter`)

  await page.keyboard.press('Alt+Shift+KeyM')
  await page.getByRole('menuitem', { name: 'Link zu diesem Abschnitt kopieren' }).press('Enter')
  await expect(page.getByText('Link kopiert.')).toBeAttached()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(`${page.url().replace(/#.*$/, '')}#h-wege-fuer-alle`)
  await expect(saveState(page)).toHaveAttribute('data-state', 'saved')
  await page.goto('about:blank')
  await page.goto(copied)
  await readyToWrite(page)
  await expect(heading('Wege für alle')).toBeInViewport()
  await expect(current).toHaveText('Wege für alle')

  // On a phone both are in the page's menu.
  await page.setViewportSize(narrow)
  await expect(contents).toBeHidden()
  const more = page.getByRole('button', { name: 'Weitere Aktionen' })
  const menu = page.locator('#page-menu')
  await more.click()
  await expect(menu.getByText(`${WORDS + 2} Wörter`)).toBeVisible()
  await contents.getByRole('link', { name: 'Ende' }).click()
  await expect(contents).toBeHidden()
  await expect(heading('Ende')).toBeInViewport()

  // Without headings there are no contents, but there are words.
  const short = await createPage(server, PEOPLE[0], {
    title: 'Kurz',
    markdown: 'Akteur*innen hören zu.',
  })
  for (const viewport of VIEWPORTS) {
    await page.setViewportSize(viewport)
    if (viewport === wide) await openToWrite(page, `${server.url}/seiten/${short}`)
    await more.click()
    await expect(contents).toHaveCount(0)
    await expect(menu.getByText('3 Wörter')).toBeVisible()
    await page.keyboard.press('Escape')
  }
  await page.context().close()
})

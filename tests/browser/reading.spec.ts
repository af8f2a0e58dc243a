/** A page reads before and without any script, and the editor takes over where it stands. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import {
  createPage,
  exported,
  holdBack,
  newWindow,
  readyToWrite,
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

const paragraphs = Array.from(
  { length: 30 },
  (_, index) => `Absatz ${index + 1}: Kaffee vor der Kita, jeden Dienstag, mit Zeit zum Zuhören.`,
)
const markdown = `## Wie es anfing\n\n${paragraphs.join('\n\n')}\n\n- eins\n- zwei\n\n> Ein Zitat.`

function newPage(kind = 'page'): Promise<string> {
  return createPage(server, 'ruth.weidner', { title: 'Elterncafé am Zaun', markdown, kind })
}

/** Where title and blocks stand, in pixels from the top of the document. */
async function places(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const seen = (selector: string): HTMLElement | undefined =>
      [...document.querySelectorAll<HTMLElement>(selector)].find(
        (element) => element.getClientRects().length > 0 && element.offsetHeight > 4,
      )
    const top = (element: HTMLElement | undefined): number =>
      element === undefined ? -1 : Math.round(element.getBoundingClientRect().top + scrollY)
    return {
      title: top(seen('article h1:not(.vh), article .title textarea')),
      heading: top(seen('.prose h3, .prose h2')),
      first: top(seen('.prose p')),
      quote: top(seen('.prose blockquote')),
      left: Math.round(seen('.prose p')?.getBoundingClientRect().left ?? -1),
    }
  })
}

test("without JavaScript the page reads, in the reader's words", async ({ browser }) => {
  const id = await newPage('approach')
  const reader = await windowOf(browser, server, 'ruth.weidner', { javaScriptEnabled: false })
  await reader.goto(`${server.url}/seiten/${id}/elterncafe-am-zaun`)
  await expect(reader).toHaveTitle('Elterncafé am Zaun · Denkraum')
  await expect(reader.locator('html')).toHaveAttribute('lang', 'de')
  await expect(reader.getByRole('heading', { level: 1, name: 'Elterncafé am Zaun' })).toBeVisible()
  await expect(reader.getByText('Absatz 30: Kaffee vor der Kita')).toBeVisible()
  await expect(reader.getByText('Auf einen Blick')).toBeAttached()
  await expect(reader.locator('noscript p')).toContainText('Lesen geht ohne')
  const font = await reader
    .locator('.prose p')
    .first()
    .evaluate((p) => getComputedStyle(p).fontFamily)
  expect(font).toContain('Literata')
})

test('without a session nothing of the page is told', async ({ browser }) => {
  const id = await newPage()
  const address = `${server.url}/seiten/${id}/elterncafe-am-zaun`
  const text = await (await fetch(address)).text()
  expect(text).not.toContain('Elterncafé')
  expect(text).not.toContain('Kaffee')
  const stranger = await newWindow(browser)
  await stranger.goto(address)
  await expect(stranger).toHaveURL(/\/anmelden\?weiter=/)
})

/** One move of what stood still before: its share of the window, and what moved. */
interface Shift {
  value: number
  moved: string[]
}

/** Opens the page with fonts that come late, and scripts held back until `release` is called. */
async function opened(
  browser: Browser,
  id: string,
  size: { width: number; height: number },
): Promise<{ page: Page; release: () => void }> {
  const page = await windowOf(browser, server, 'ruth.weidner', { viewport: size })
  const release = await holdBack(page, '**/assets/PageRoute-*.js')
  const showFonts = await holdBack(page, '**/*.woff2')
  await page.addInitScript(() => {
    const shifts: Shift[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, sources } = entry as unknown as { value: number; sources: { node: Node }[] }
        const moved = sources.map(({ node }) => (node as HTMLElement)?.className ?? node?.nodeName)
        shifts.push({ value, moved })
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(`${server.url}/seiten/${id}`, { waitUntil: 'domcontentloaded' })
  await expect(page.locator('#first .prose')).toBeVisible()
  // The text stands there first, the fonts come after it, as on a slow network.
  showFonts()
  await page.evaluate(() => document.fonts.ready)
  return { page, release }
}

for (const { kind, ...size } of [
  { width: 1280, height: 800, kind: 'page' },
  { width: 1280, height: 800, kind: 'approach' },
  { width: 390, height: 844, kind: 'page' },
  { width: 390, height: 844, kind: 'approach' },
]) {
  test(`the editor of a page (${kind}) takes over in place at ${size.width} pixels`, async ({
    browser,
  }) => {
    const id = await newPage(kind)
    const { page, release } = await opened(browser, id, size)
    const before = await places(page)
    await page.evaluate(() => scrollTo({ top: 600, behavior: 'instant' }))
    release()
    await readyToWrite(page)
    await expect(page.locator('#first')).toHaveCount(0)
    expect(await page.evaluate(() => scrollY)).toBe(600)
    const after = await places(page)
    for (const [name, place] of Object.entries(before)) {
      expect(Math.abs((after[name] ?? -99) - place), name).toBeLessThanOrEqual(1)
    }
    const shifts = await page.evaluate(() => (window as unknown as { shifts: Shift[] }).shifts)
    const sum = shifts.reduce((all, { value }) => all + value, 0)
    expect(sum, JSON.stringify(shifts)).toBeLessThan(0.02)
  })
}

test('what is typed before the editor is there is not lost', async ({ browser }) => {
  const id = await newPage()
  const { page, release } = await opened(browser, id, { width: 1280, height: 800 })
  const line = page.locator('#first .prose p', { hasText: 'Absatz 2:' })
  const box = await line.boundingBox()
  await line.click({ position: { x: (box?.width ?? 0) - 2, y: (box?.height ?? 0) - 6 } })
  await page.keyboard.type(' Und Kuchen.')
  release()
  await page.keyboard.type(' Und Obst.')
  await readyToWrite(page)
  await page.keyboard.type(' Und Tee.')
  await expect(textOf(page)).toContainText('Zuhören. Und Kuchen. Und Obst. Und Tee.')
  await expect
    .poll(() => exported(server, 'ruth.weidner', id))
    .toContain('Und Kuchen. Und Obst. Und Tee.')
})

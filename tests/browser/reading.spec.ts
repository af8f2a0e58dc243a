/** A page reads before and without any script, and the editor takes over where it stands. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import {
  call,
  caretSettled,
  createPage,
  exported,
  holdBack,
  newWindow,
  readyToWrite,
  saveState,
  textOf,
  titleOf,
  windowOf,
} from './people.js'
import { EVERY_BLOCK } from './sample.js'
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

/** A part of a page, and where it stands, in pixels from the top left of the document. */
type Place = [name: string, top: number, left: number, height: number]

/** Where everything on the page stands, from the title to what links to it. */
async function places(page: Page): Promise<Place[]> {
  return page.evaluate(() => {
    const parts = {
      note: 'article > .note',
      title: 'article h1:not(.vh), article .title',
      byline: '.byline',
      field: '.fields > .field',
      block: '.prose > *',
      line:
        '.prose > * :is(p, li, h2, h3, h4, td, th, .frame-head, .duty:not(.empty)), ' +
        '.prose summary:not(:has(h2, h3, h4), .fold-label)',
      footnotes: 'section.footnotes',
      footnote: 'section.footnotes li',
      after: '.after > section:first-child',
      link: '.after > section:first-child li',
    }
    return Object.entries(parts).flatMap(([name, selector]) =>
      [...document.querySelectorAll<HTMLElement>(selector)]
        .filter((element) => element.checkVisibility())
        .map((element, index): Place => {
          const { top, left, height } = element.getBoundingClientRect()
          return [`${name} ${index}`, top + scrollY, left + scrollX, height]
        }),
    )
  })
}

/** What stands elsewhere than before, or has another height; a pixel may be lost in rounding. */
function moved(before: Place[], after: Place[]): string[] {
  const now = new Map(after.map(([name, ...numbers]) => [name, numbers]))
  return before.flatMap(([name, ...numbers]) => {
    const found = now.get(name)
    const stands = found?.every((number, at) => Math.abs(number - (numbers[at] ?? 0)) <= 1.1)
    return stands === true ? [] : [`${name}: ${numbers.join()} → ${found?.join() ?? 'gone'}`]
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

const WIDE = { width: 1280, height: 800 }
const NARROW = { width: 390, height: 844 }

/** Pages of the demonstration with many answers; Ruth writes two of them and reads the third. */
const FULL = {
  approach: '01ha9vqt0046b195eztn770qz4',
  strategy: '01hq5zj610pfkmhp15pk2wxrp2',
  workshop: '01jpt25nq8h1j5yn5h715bcp6n',
} as const
/** Others of the demonstration. */
const MORE = {
  'workshop with insights': '01kak58p78t53rrpcry0ye0hks',
  offer: '01k4pn5h2rmqsfs6se5ncm7f5c',
  inquiry: '01jzn7rwtgdq8hhxxrmhzmr6w4',
  notes: '01kkh32fk08cxen5myy58120qa',
  milestone: '01heqrvz60f66s4zs2pps9v7rq',
} as const

/** A short page with two pages that link to it, and one out of use. */
async function shortPages(): Promise<Record<string, string>> {
  const ruth = 'ruth.weidner'
  const short = await createPage(server, ruth, { title: 'Kurz', markdown: 'Ein Satz.' })
  for (const title of ['Erste Seite am Zaun', 'Zweite Seite am Zaun']) {
    const markdown = `Davor. Wir haben bei [uns](denkraum:${short}) gelernt, wie es geht. Danach.`
    await createPage(server, ruth, { title, markdown })
  }
  const archived = await createPage(server, ruth, { title: 'Vorbei', markdown })
  expect((await call(server, ruth, `/pages/${archived}/archive`, {})).status).toBe(200)
  return { short, archived }
}

/** Lets the editor come, and says what moved on the way and how much of the window that was. */
async function takenOver(page: Page, release: () => void) {
  const before = await places(page)
  await page.evaluate(() => scrollTo({ top: 600, behavior: 'instant' }))
  const scrolled = await page.evaluate(() => scrollY)
  // Pages like this one come last, below everything else.
  const related = page.waitForResponse((answer) => answer.url().endsWith('/related'))
  release()
  await expect(page.locator('.ProseMirror[contenteditable]')).toBeVisible()
  await expect(saveState(page)).toHaveAttribute('data-state', /^(saved|reading)$/)
  await expect(page.locator('#first')).toHaveCount(0)
  await (await related).finished()
  await caretSettled(page)
  expect(await page.evaluate(() => scrollY)).toBe(scrolled)
  const shifts = await page.evaluate(() => (window as unknown as { shifts: Shift[] }).shifts)
  return {
    before,
    moved: moved(before, await places(page)),
    shifts,
    sum: shifts.reduce((all, { value }) => all + value, 0),
  }
}

for (const size of [WIDE, NARROW]) {
  test(`the editor takes over in place at ${size.width} pixels`, async ({ browser }) => {
    const made = {
      'every block': await createPage(server, 'ruth.weidner', EVERY_BLOCK),
      ...(await shortPages()),
      ...FULL,
      // Their frames, tables and answers are those of the others: one width shows what there is to see.
      ...(size === WIDE ? MORE : { 'without answers': await newPage('approach') }),
    }
    for (const [name, id] of Object.entries(made)) {
      const { page, release } = await opened(browser, id, size)
      const { before, moved, shifts, sum } = await takenOver(page, release)
      expect(before.length, name).toBeGreaterThan(3)
      expect.soft(moved, name).toEqual([])
      expect.soft(sum, `${name}: ${JSON.stringify(shifts)}`).toBeLessThan(0.02)
      await page.context().close()
    }
  })
}

test('every class of the first answer has its style', async ({ browser }) => {
  const made = [await createPage(server, 'ruth.weidner', EVERY_BLOCK), await newPage('approach')]
  const pages = [...made, ...Object.values({ ...(await shortPages()), ...FULL, ...MORE })]
  const { page } = await opened(browser, pages[0] ?? '', WIDE)
  const unknown = new Set<string>()
  for (const id of pages) {
    const answer = await page.request.get(`${server.url}/seiten/${id}`)
    for (const name of await withoutStyle(page, await answer.text())) unknown.add(name)
  }
  expect([...unknown]).toEqual([])
  expect(await withoutStyle(page, '<div id="first"><p class="no-such c-x-Y"></p></div>')).toEqual([
    'no-such',
    'c-x-Y',
  ])
  await page.context().close()
})

/** Classes in the sent page that no style sheet of it knows; those of components must fit a rule. */
async function withoutStyle(page: Page, html: string): Promise<string[]> {
  return page.evaluate((text) => {
    const selectors: string[] = []
    const read = (rules: CSSRuleList): void => {
      for (const rule of rules) {
        if (rule instanceof CSSStyleRule) selectors.push(rule.selectorText)
        if ('cssRules' in rule) read(rule.cssRules as CSSRuleList)
      }
    }
    for (const sheet of document.styleSheets) read(sheet.cssRules)
    const plain = (selector: string): string => {
      const outer = selector.replace(/::?[\w-]+\([^()]*\)/g, '')
      return outer === selector ? selector.replace(/::?[\w-]+/g, '') : plain(outer)
    }
    /** Named for scripts, or for what a page is about, without a look of their own. */
    const words = /^(lucide|page-link|kind-.*)$/
    const found = new DOMParser().parseFromString(text, 'text/html')
    return [...found.querySelectorAll('#first [class]')].flatMap((element) =>
      [...element.classList].filter((name) => {
        if (words.test(name)) return false
        const about = selectors.filter((selector) => selector.includes(`.${CSS.escape(name)}`))
        if (!name.startsWith('c-')) return about.length === 0
        // Without states and what is only drawn: no pointer is on an element of a parsed page.
        const still = about.flatMap((one) => plain(one).split(/[\s>+~,]+/))
        return !still.some((one) => one !== '' && element.matches(one))
      }),
    )
  }, html)
}

test('what is typed before the editor is there is not lost', async ({ browser }) => {
  const id = await newPage()
  const { page, release } = await opened(browser, id, WIDE)
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
  await page.context().close()
})

test('nor is what is typed into the title, or composed there', async ({ browser }) => {
  const id = await newPage()
  const { page, release } = await opened(browser, id, WIDE)
  const title = page.locator('#first h1')
  const box = await title.boundingBox()
  await title.click({ position: { x: 2, y: (box?.height ?? 0) / 2 } })
  await page.keyboard.type('Das ')
  const keys = await page.context().newCDPSession(page)
  // As a dead key does: first the accent, then both as one letter.
  await keys.send('Input.imeSetComposition', { text: '´', selectionStart: 1, selectionEnd: 1 })
  release()
  await expect(page.locator('.title textarea')).toHaveValue('Elterncafé am Zaun')
  await keys.send('Input.insertText', { text: 'é' })
  await page.keyboard.type(' ')
  await readyToWrite(page)
  await page.keyboard.type('und ')
  await expect(titleOf(page)).toHaveValue('Das é und Elterncafé am Zaun')
  await expect(titleOf(page)).toBeFocused()
  await expect
    .poll(async () => (await exported(server, 'ruth.weidner', id)).includes('Das é und Elterncafé'))
    .toBe(true)
  await page.context().close()
})

test('nor is an answer', async ({ browser }) => {
  const id = await newPage('approach')
  const { page, release } = await opened(browser, id, WIDE)
  const answer = page.locator('#first [data-early^="field:"]').first()
  await answer.click()
  await page.keyboard.type('Kaffee zur ')
  release()
  await page.keyboard.type('Bringzeit')
  await readyToWrite(page)
  await page.keyboard.type('.')
  const field = page.locator('.fields textarea').first()
  await expect(field).toHaveValue('Kaffee zur Bringzeit.')
  await expect(field).toBeFocused()
  await expect.poll(() => exported(server, 'ruth.weidner', id)).toContain('Kaffee zur Bringzeit.')
  await page.context().close()
})

/** What can be opened on a page or a space: menus, panels, lists. One opening of the page shows all. */
import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test'
import {
  call,
  caretAtEndOf,
  caretOf,
  caretSettled,
  createPage,
  openToWrite,
  textOf,
  windowOf,
} from './people.js'
import { EVERY_BLOCK } from './sample.js'
import type { Server } from './server.js'

export interface Opening {
  name: string
  /** What is opened, as a selector. */
  part: string
  open: (page: Page) => Promise<void>
  /** What axe looks at, if not at all of it. */
  within?: string
  /** Other than by Escape. */
  close?: (page: Page) => Promise<void>
}

const more = (page: Page) => page.getByRole('button', { name: 'Weitere Aktionen' })

/** What is opened on a page with every block, in this order. */
export const onPage: readonly Opening[] = [
  {
    name: 'who else is here',
    part: '#presence-panel',
    open: (page) => page.getByRole('button', { name: 'Gerade hier: Deniz Aksoy' }).click(),
  },
  { name: 'menu of a page', part: '#page-menu', open: (page) => more(page).click() },
  {
    name: 'moving a page',
    part: 'dialog[open]',
    async open(page) {
      await more(page).click()
      await page.getByRole('button', { name: 'In einen anderen Raum verschieben' }).click()
    },
  },
  {
    name: 'panel of a block',
    part: '.fields-panel',
    async open(page) {
      await caretAtEndOf(page, 'zum ersten Mal jemand gefragt')
      await page.keyboard.press('Alt+Enter')
    },
  },
  {
    name: 'toolbar of a table',
    part: '.table-bar',
    open: (page) => textOf(page).getByRole('cell', { name: 'Freitag' }).click(),
    close: (page) => caretAtEndOf(page, 'Der letzte Absatz'),
  },
  {
    name: 'making a page of a passage',
    part: 'dialog.make',
    open: (page) => page.keyboard.press('Control+Alt+KeyN'),
  },
  {
    name: 'menu of a block',
    part: '.block-menu',
    open: (page) => page.keyboard.press('Alt+Shift+KeyM'),
  },
  {
    name: 'what a block can become',
    part: '.block-menu',
    async open(page) {
      await page.keyboard.press('Alt+Shift+KeyM')
      await page.getByRole('menuitem', { name: 'Umwandeln in' }).press('Enter')
    },
    async close(page) {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
    },
  },
  {
    name: 'slash menu',
    part: '.picker',
    // The keys of the text scroll the list, which axe cannot know.
    within: '.picker [role="option"]',
    async open(page) {
      await page.keyboard.press('Enter')
      await page.keyboard.type('/')
    },
  },
  {
    name: 'picking a page',
    part: '.picker',
    within: '.picker [role="option"]',
    async open(page) {
      await page.keyboard.press('Backspace')
      await page.keyboard.type('Siehe [[Eltern')
      await expect(page.getByRole('option').first()).toBeVisible()
    },
  },
  {
    name: 'finding and replacing',
    part: '.find',
    async open(page) {
      await page.keyboard.press('Control+h')
      await page.getByLabel('Suchen nach').fill('Familie')
      await expect(page.getByText(/^Stelle 1 von/)).toBeVisible()
    },
  },
  {
    name: 'comment on a passage',
    part: '.comments textarea, .in-sheet textarea',
    async open(page) {
      await caretAtEndOf(page, 'Der letzte Absatz')
      await page.keyboard.press('Shift+Home')
      await caretSettled(page)
      await page.keyboard.press('Control+Alt+KeyM')
    },
  },
  {
    name: 'keys',
    part: 'dialog[open]',
    open: (page) => page.keyboard.press('Control+Slash'),
  },
]

/** Opens something, and closes it again when it was looked at. */
export async function whileOpen(
  page: Page,
  { part, open, close }: Opening,
  look: () => Promise<void>,
): Promise<void> {
  await open(page)
  const shown = page.locator(part).filter({ visible: true })
  await expect(shown).toBeVisible()
  await look()
  await (close?.(page) ?? page.keyboard.press('Escape'))
  await expect(shown).toHaveCount(0)
}

/** Ruth at a page with every block that Deniz writes, too. */
export async function writingTogether(
  browser: Browser,
  server: Server,
  options: BrowserContextOptions,
): Promise<{ page: Page; end: () => Promise<void> }> {
  const id = await createPage(server, 'ruth.weidner', EVERY_BLOCK)
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  const page = await windowOf(browser, server, 'ruth.weidner', options)
  await openToWrite(page, `${server.url}/seiten/${id}`)
  await openToWrite(deniz, `${server.url}/seiten/${id}`)
  await caretAtEndOf(deniz, 'Zuhören kommt vor dem Angebot')
  await deniz.keyboard.press('Shift+Home')
  await expect(caretOf(page, 'Deniz')).toBeVisible()
  return {
    page,
    async end() {
      await deniz.context().close()
      await page.context().close()
    },
  }
}

/** A page that is in the archive of its space. */
export async function archivedPage(server: Server): Promise<string> {
  const title = 'Kleiderkammer am Markt'
  const id = await createPage(server, 'ruth.weidner', { title, markdown: 'Seit März geschlossen.' })
  const answer = await call(server, 'ruth.weidner', `/pages/${id}/archive`, {})
  expect(answer.status).toBe(200)
  return id
}

/** What is opened elsewhere, each at its own address, by Ruth. */
export const elsewhere: readonly (Opening & { path: string; only?: 'phone' })[] = [
  {
    name: 'menu of a space',
    path: '/raeume/lichtenberg',
    part: '#space-menu',
    open: (page) => more(page).click(),
  },
  {
    name: 'facets of the search',
    path: '/suche?q=Familien',
    only: 'phone',
    part: 'dialog[open]',
    async open(page) {
      await expect(page.locator('.hits mark').first()).toBeVisible()
      await page.getByRole('button', { name: /Eingrenzen/ }).click()
    },
  },
  {
    name: 'archive of a space with pages',
    path: '/raeume/lichtenberg?archiv',
    part: 'main',
    open: (page) =>
      expect(page.getByRole('link', { name: 'Kleiderkammer am Markt' }).first()).toBeVisible(),
    close: (page) => page.goto('about:blank').then(() => undefined),
  },
  {
    name: 'report of an import',
    path: '/importieren',
    part: 'main',
    async open(page) {
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Dateien wählen' }).click()
      const text =
        '---\nspace: lichtenberg\naudience: space\n---\n# Wandertag\n\nMit <u>Strich</u>.'
      const buffer = Buffer.from(text)
      await (await chooser).setFiles([{ name: 'tag.md', mimeType: 'text/markdown', buffer }])
      await page.getByRole('button', { name: /importieren$/ }).click()
      await expect(page.getByRole('heading', { name: 'Das ist gekommen' })).toBeVisible()
    },
    close: (page) => page.goto('about:blank').then(() => undefined),
  },
]

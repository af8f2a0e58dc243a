/** Pages to write in: opened by one person or two, with blocks made by hand. */
import { type Browser, expect, type Locator, type Page } from '@playwright/test'
import { caretAtEndOf, caretSettled, createPage, openToWrite, textOf, windowOf } from './people.js'
import type { Server } from './server.js'

export const PEOPLE = ['ruth.weidner', 'deniz.aksoy'] as const

interface Wish {
  markdown?: string
  options?: Parameters<typeof windowOf>[3]
}

async function openFor(
  server: Server,
  browser: Browser,
  logins: readonly string[],
  { markdown = 'Anfang', options }: Wish,
): Promise<{ id: string; pages: Page[] }> {
  const id = await createPage(server, PEOPLE[0], { title: 'Blöcke', markdown })
  const pages = await Promise.all(
    logins.map(async (login) => {
      const page = await windowOf(browser, server, login, options)
      await openToWrite(page, `${server.url}/seiten/${id}`)
      return page
    }),
  )
  return { id, pages }
}

/** A new page, opened by one person. */
export async function openAlone(
  server: Server,
  browser: Browser,
  wish: Wish = {},
): Promise<{ id: string; page: Page }> {
  const { id, pages } = await openFor(server, browser, PEOPLE.slice(0, 1), wish)
  return { id, page: pages[0] as Page }
}

/** A new page, opened by two people. */
export async function openTogether(
  server: Server,
  browser: Browser,
  wish: Wish = {},
): Promise<{ id: string; ruth: Page; deniz: Page }> {
  const { id, pages } = await openFor(server, browser, PEOPLE, wish)
  return { id, ruth: pages[0] as Page, deniz: pages[1] as Page }
}

/** Begins a new paragraph behind the one with these words and makes a block by the slash menu. */
export async function slash(page: Page, query: string, behind = 'Anfang'): Promise<void> {
  await caretAtEndOf(page, behind)
  await page.keyboard.press('Enter')
  await page.keyboard.type(`/${query}`)
  await expect(page.getByRole('listbox', { name: 'Einfügen' })).toBeVisible()
  await page.keyboard.press('Enter')
  await caretSettled(page)
}

/** The panel for what is known about a block. */
export const panelOf = (page: Page) => page.getByRole('dialog', { name: 'Angaben zum Block' })
export const frameOf = (page: Page, name: string) => textOf(page).locator(`[data-block="${name}"]`)

/** Opens the panel of the block with these words by key. */
export async function openPanel(page: Page, words: string): Promise<void> {
  await caretAtEndOf(page, words)
  await page.keyboard.press('Alt+Enter')
  await expect(panelOf(page)).toBeVisible()
}

/** Goes from the text to a toolbar, along it to one button, and presses that, all by key. */
export async function pressByKey(page: Page, toolbar: Locator, name: string): Promise<void> {
  await page.keyboard.press('Alt+F10')
  const button = toolbar.getByRole('button', { name, exact: true })
  await expect(button).toBeVisible()
  for (let step = await toolbar.getByRole('button').count(); step > 0; step -= 1) {
    if (await button.evaluate((found) => found === document.activeElement)) break
    await page.keyboard.press('ArrowRight')
  }
  await expect(button).toBeFocused()
  await page.keyboard.press('Enter')
}

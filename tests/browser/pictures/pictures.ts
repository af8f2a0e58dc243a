/**
 * Pictures of every screen and of what opens on it, at 1280 and 390 pixels, light and dark, of the
 * demonstration: `npm run pictures`, with `PICTURES` as the folder if it is to be another one.
 */
import { expect, type Page, test } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { VIEWPORTS } from '../axe.js'
import { archivedPage, elsewhere, onPage, whileOpen, writingTogether } from '../openings.js'
import { newWindow, saveState, windowOf } from '../people.js'
import { isStill, openScreens, screens } from '../screens.js'
import { Server } from '../server.js'

const folder = resolve(
  process.env.PICTURES ?? join(import.meta.dirname, '../../../test-results/pictures'),
)

let server: Server
test.beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

for (const viewport of VIEWPORTS) {
  const { width } = viewport
  const isPhone = width < 600
  const options = { viewport, hasTouch: isPhone, isMobile: isPhone }

  /** The screen light and dark; all of it, where nothing floats over it. */
  async function picture(page: Page, name: string, fullPage = false): Promise<void> {
    await page.evaluate(() => document.fonts.ready)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const path = join(folder, `${name.replaceAll(' ', '-')}-${width}-${colorScheme}.png`)
      await page.screenshot({ path, fullPage, caret: 'initial' })
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }

  test(`screens at ${width} pixels`, async ({ browser }) => {
    for (const screen of [...openScreens, ...screens]) {
      const { name, path, login = 'ruth.weidner', show } = screen
      const page = openScreens.includes(screen)
        ? await newWindow(browser, options)
        : await windowOf(browser, server, login, options)
      await page.goto(`${server.url}${path}`)
      await show(page)
      await picture(page, name, isStill(screen))
      await page.context().close()
    }
  })

  test(`what opens at ${width} pixels`, async ({ browser }) => {
    const archived = await archivedPage(server)
    const { page, end } = await writingTogether(browser, server, options)
    await picture(page, 'every block', true)
    for (const opening of onPage) {
      await whileOpen(page, opening, () => picture(page, opening.name))
    }
    for (const opening of elsewhere.filter(({ only }) => only === undefined || isPhone)) {
      await page.goto(`${server.url}${opening.path}`)
      await whileOpen(page, opening, () => picture(page, opening.name))
    }
    await page.goto(`${server.url}/seiten/${archived}`)
    await expect(saveState(page)).toHaveAttribute('data-state', 'reading')
    await picture(page, 'archived page')
    await end()
  })

  test(`a page without JavaScript at ${width} pixels`, async ({ browser }) => {
    const { page: writer, end } = await writingTogether(browser, server, options)
    const page = await windowOf(browser, server, 'ruth.weidner', {
      ...options,
      javaScriptEnabled: false,
    })
    await page.goto(writer.url())
    await picture(page, 'every block without JavaScript', true)
    await page.context().close()
    await end()
  })
}

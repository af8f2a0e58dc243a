/** axe finds nothing in whatever opens over a screen, nor in every block that one can write. */
import { expect, test } from '@playwright/test'
import { expectNothingFound, VIEWPORTS } from './axe.js'
import { saveState } from './people.js'
import {
  archivedPage,
  elsewhere,
  onPage,
  type Opening,
  whileOpen,
  writingTogether,
} from './openings.js'
import { Server } from './server.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

for (const viewport of VIEWPORTS) {
  const isPhone = viewport.width < 600
  const options = { viewport, hasTouch: isPhone, isMobile: isPhone }

  test(`axe finds nothing in what opens at ${viewport.width} pixels`, async ({ browser }) => {
    const archived = await archivedPage(server)
    const { page, end } = await writingTogether(browser, server, options)
    await expectNothingFound(page, 'every block')
    const look = (opening: Opening) =>
      whileOpen(page, opening, () =>
        expectNothingFound(page, opening.name, opening.within ?? opening.part),
      )
    for (const opening of onPage) await look(opening)
    for (const opening of elsewhere.filter(({ only }) => only === undefined || isPhone)) {
      await page.goto(`${server.url}${opening.path}`)
      await look(opening)
    }
    await page.goto(`${server.url}/seiten/${archived}`)
    await expect(page.getByText('Diese Seite ist im Archiv.')).toBeVisible()
    await expect(saveState(page)).toHaveAttribute('data-state', 'reading')
    await expectNothingFound(page, 'a page in the archive')
    await end()
  })
}

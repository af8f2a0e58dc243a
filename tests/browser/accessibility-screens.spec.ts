/** axe finds nothing on any screen, and no screen breaks a rule of the browser. */
import { expect, test } from '@playwright/test'
import { expectNothingFound, expectNothingFoundAtAnyWidth, VIEWPORTS } from './axe.js'
import { newWindow, windowOf } from './people.js'
import { isStill, openScreens, screens } from './screens.js'
import { Server } from './server.js'
import { expectNoBreach, watch } from './watch.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

/** Who sees the screens that everybody sees. */
const READER = 'deniz.aksoy'

for (const { name, path, show } of openScreens) {
  test(`${name}: axe finds nothing, no rule is broken`, async ({ browser }) => {
    const page = await newWindow(browser)
    const watched = await watch(page)
    await page.goto(`${server.url}${path}`)
    await show(page)
    await expectNothingFoundAtAnyWidth(page)
    expectNoBreach(server, watched)
    await page.context().close()
  })
}

for (const { name, path, login = READER, show } of screens.filter(isStill)) {
  test(`${name}: axe finds nothing, no rule is broken`, async ({ browser }) => {
    const page = await windowOf(browser, server, login)
    const watched = await watch(page)
    await page.goto(`${server.url}${path}`)
    await show(page)
    await expectNothingFoundAtAnyWidth(page)
    expectNoBreach(server, watched)
    await page.context().close()
  })
}

for (const viewport of VIEWPORTS) {
  const isPhone = viewport.width < 600
  for (const { name, path, login = READER, show } of screens.filter((one) => !isStill(one))) {
    const title = `${name} at ${viewport.width} pixels: axe finds nothing, no rule is broken`
    test(title, async ({ browser }) => {
      const options = { viewport, hasTouch: isPhone, isMobile: isPhone }
      const page = await windowOf(browser, server, login, options)
      const watched = await watch(page)
      await page.goto(`${server.url}${path}`)
      await show(page)
      await expectNothingFound(page)
      expectNoBreach(server, watched)
      await page.context().close()
    })
  }
}

test('the watch over rules and hosts sees a breach', async ({ browser }) => {
  const page = await windowOf(browser, server, READER)
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.goto(server.url)
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.src = 'https://denkraum.example/x.js'
    document.head.append(script)
  })
  await expect.poll(() => errors.join('\n')).toContain('Content Security Policy')
  await page.context().close()
})

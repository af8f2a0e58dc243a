/** axe finds nothing on any screen, and no screen breaks a rule of the browser. */
import { expect, test } from '@playwright/test'
import { expectNothingFound, violations } from './axe.js'
import { newWindow, signIn, windowOf } from './people.js'
import { screens, signInScreen } from './screens.js'
import { Server } from './server.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

const sizes = [
  { viewport: { width: 1280, height: 800 }, hasTouch: false, isMobile: false },
  { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
]

for (const size of sizes) {
  const { width } = size.viewport

  test(`axe finds nothing on the sign-in screen at ${width} pixels`, async ({ browser }) => {
    const page = await newWindow(browser, size)
    await page.goto(`${server.url}${signInScreen.path}`)
    await signInScreen.show(page)
    await expectNothingFound(page)
    await signIn(page, 'deniz.aksoy', 'falsch')
    await expect(page.getByRole('alert')).toBeVisible()
    await expectNothingFound(page)
    await page.context().close()
  })

  for (const { name, path, show } of screens) {
    test(`axe finds nothing on ${name} at ${width} pixels`, async ({ browser }) => {
      const page = await windowOf(browser, server, 'deniz.aksoy', size)
      await page.goto(`${server.url}${path}`)
      await show(page)
      await expectNothingFound(page)
      await page.context().close()
    })
  }
}

test('a walk through all screens breaks no rule and asks no other host', async ({ browser }) => {
  const page = await windowOf(browser, server, 'deniz.aksoy')
  const complaints: string[] = []
  const hosts = new Set<string>()
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    // The browser itself writes a line for each answer that is no success, such as an unknown page.
    if (/the server responded with a status of 404/.test(message.text())) return
    complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host))
  page.on('requestfailed', (request) => {
    const text = request.failure()?.errorText ?? ''
    // What a screen no longer needs when one leaves it is given up.
    if (text !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${text}`)
  })
  await page.exposeFunction('complain', (text: string) => complaints.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { complain } = globalThis as unknown as { complain: (text: string) => void }
      complain(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)
    })
  })
  for (const { path, show } of [...screens]) {
    await page.goto(`${server.url}${path}`)
    await show(page)
  }
  expect(complaints).toEqual([])
  expect([...hosts]).toEqual([new URL(server.url).host])
  await page.context().close()
})

test('axe sees text of too little contrast', async ({ browser }) => {
  const page = await windowOf(browser, server, 'deniz.aksoy')
  await page.goto(`${server.url}/raeume`)
  const heading = page.getByRole('heading', { level: 1 })
  await heading.evaluate((element) => element.style.setProperty('color', '#bbb'))
  expect((await violations(page)).join()).toContain('color-contrast')
  await page.context().close()
})

test('the watch over rules and hosts sees a breach', async ({ browser }) => {
  const page = await windowOf(browser, server, 'deniz.aksoy')
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

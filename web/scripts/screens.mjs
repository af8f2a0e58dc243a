// Pictures of the screens at 1280 and 390 pixels, light and dark, and what axe finds on each.
//
//   npm run build && npm run mock            in one terminal
//   npm run screens -- FOLDER [SERVER]       in another
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const folder = process.argv[2] ?? 'test-results/screens'
const server = process.argv[3] ?? 'http://127.0.0.1:8080'
const only = process.argv[4]
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
mkdirSync(folder, { recursive: true })

const page = '01ha4xbeg0nd9zrm4ndkcftk3v'
const screens = [
  { name: 'start', path: '/' },
  { name: 'spaces', path: '/raeume' },
  { name: 'space', path: '/raeume/pankow' },
  { name: 'space-empty', path: '/raeume/spandau?seitenart=impulse' },
  { name: 'search', path: '/suche?q=famil' },
  { name: 'search-none', path: '/suche?q=xyzzy' },
  { name: 'search-asked-nothing', path: '/suche' },
  { name: 'not-found', path: '/gibt/es/nicht' },
  { name: 'page', path: `/seiten/${page}` },
  {
    name: 'palette',
    path: '/',
    act: async (tab) => {
      await tab.keyboard.press('Control+k')
      await tab.getByRole('combobox').fill('eltern')
      await tab.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'new-menu',
    path: '/',
    act: async (tab) => tab.getByRole('button', { name: 'Neu', exact: true }).click(),
  },
  {
    name: 'new-page',
    path: '/raeume/pankow',
    act: async (tab) => tab.getByRole('button', { name: 'Seite anlegen' }).click(),
  },
  {
    name: 'account',
    path: '/raeume',
    act: async (tab) => tab.locator('[popovertarget="account-panel"]:visible').click(),
  },
  {
    name: 'search-sheet',
    path: '/suche?q=famil&kind=approach',
    narrow: true,
    act: async (tab) => tab.getByRole('button', { name: /Eingrenzen/ }).click(),
  },
  { name: 'accessibility', path: '/barrierefreiheit' },
  { name: 'accessibility-alone', path: '/barrierefreiheit', signedOut: true },
  { name: 'set-up', path: '/einrichten#code', signedOut: true },
  { name: 'signin', path: '/', signedOut: true },
  {
    name: 'signin-fault',
    path: '/',
    signedOut: true,
    act: async (tab) => {
      await tab.getByLabel('Anmeldename').fill('jana.petersen')
      await tab.getByLabel('Passwort').fill('falsch')
      await tab.getByRole('button', { name: 'Anmelden' }).click()
      await tab.getByRole('alert').waitFor()
    },
  },
]

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
let faults = 0
for (const screen of screens) {
  if (only !== undefined && !screen.name.startsWith(only)) continue
  for (const width of [1280, 390]) {
    if (screen.narrow && width !== 390) continue
    for (const colorScheme of ['light', 'dark']) await shoot(screen, width, colorScheme)
  }
}
await browser.close()
if (faults > 0) process.exitCode = 1

async function shoot(screen, width, colorScheme) {
  const phone = width === 390
  const context = await browser.newContext({
    viewport: { width, height: phone ? 844 : 800 },
    colorScheme,
    locale: 'de-DE',
    hasTouch: phone,
    isMobile: phone,
    reducedMotion: 'reduce',
  })
  const tab = await context.newPage()
  const label = `${screen.name}-${width}-${colorScheme}`
  tab.on('console', (message) => {
    const expected = /status of 40[14]|WebSocket connection/.test(message.text())
    if ((message.type() === 'error' || message.type() === 'warning') && !expected) {
      report(label, message.text())
    }
  })
  tab.on('pageerror', (error) => report(label, error.message))
  if (screen.signedOut) {
    await tab.route('**/api/v1/session', (route) =>
      route.fulfill({
        status: 401,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          title: 'x',
          status: 401,
          code: route.request().method() === 'POST' ? 'wrong-credentials' : 'signed-out',
        }),
      }),
    )
  }
  await tab.goto(server + screen.path)
  await tab.locator('h1').first().waitFor()
  await tab.waitForLoadState('networkidle')
  await screen.act?.(tab)
  await tab.evaluate(() => document.fonts.ready)
  const path = join(folder, `${label}.png`)
  await tab.screenshot({ path, fullPage: screen.act === undefined })
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  if (wide > 0) report(label, `the page is ${wide} px wider than the window`)
  await tab.evaluate(axe)
  const result = await tab.evaluate(async () => {
    const found = await globalThis.axe.run(document, { resultTypes: ['violations'] })
    return found.violations.map(
      (v) => `${v.id}: ${v.help} (${v.nodes.map((n) => n.html.slice(0, 140)).join(' | ')})`,
    )
  })
  for (const text of result) report(label, text)
  await context.close()
}

function report(label, text) {
  faults += 1
  console.log(`${label}: ${text}`)
}

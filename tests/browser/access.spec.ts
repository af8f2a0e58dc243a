/** Who may see and do what, and what people read when something does not work. */
import { expect, type Page, test } from '@playwright/test'
import { createPage, newWindow, saveState, signIn, textOf, titleOf, windowOf } from './people.js'
import { PAGES } from './screens.js'
import { Server } from './server.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

const heading = (page: Page) => page.getByRole('heading', { level: 1 })

test('a reader sees the text and nothing to change it with', async ({ browser }) => {
  const id = await createPage(server, 'ruth.weidner', {
    title: 'Zum Lesen',
    audience: 'network',
    markdown: 'Ein Satz zum Lesen.',
  })
  const carla = await windowOf(browser, server, 'carla.winter')
  await carla.goto(`${server.url}/seiten/${id}`)
  await expect(saveState(carla)).toHaveText('nur lesen')
  await expect(heading(carla)).toHaveText('Zum Lesen')
  await expect(titleOf(carla)).toHaveCount(0)
  await expect(carla.locator('.ProseMirror[contenteditable="true"]')).toHaveCount(0)
  const text = textOf(carla)
  await expect(text).toHaveText('Ein Satz zum Lesen.')
  await text.locator('p').click({ clickCount: 3 })
  await carla.keyboard.type('Geändert')
  await expect(carla.getByRole('toolbar', { name: 'Text gestalten' })).toHaveCount(0)
  await expect(text).toHaveText('Ein Satz zum Lesen.')
  await carla.context().close()
})

test('a reader follows what others write', async ({ browser }) => {
  const id = await createPage(server, 'ruth.weidner', {
    title: 'Lebendig',
    audience: 'network',
    markdown: 'Anfang.',
  })
  const carla = await windowOf(browser, server, 'carla.winter')
  await carla.goto(`${server.url}/seiten/${id}`)
  await expect(saveState(carla)).toHaveText('nur lesen')
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await ruth.goto(`${server.url}/seiten/${id}`)
  await expect(saveState(ruth)).toHaveText('gesichert')
  await textOf(ruth).locator('p').click()
  await ruth.keyboard.press('End')
  await ruth.keyboard.type(' Und weiter.')
  await titleOf(ruth).fill('Sehr lebendig')
  await expect(textOf(carla)).toHaveText('Anfang. Und weiter.')
  await expect(heading(carla)).toHaveText('Sehr lebendig')
  await carla.context().close()
  await ruth.context().close()
})

test('the draft of another person is a page that does not exist', async ({ browser }) => {
  const carla = await windowOf(browser, server, 'carla.winter')
  await carla.goto(`${server.url}/seiten/${PAGES.draft}`)
  await expect(heading(carla)).toHaveText('Diese Seite gibt es nicht')
  await expect(carla.getByText('Väter')).toHaveCount(0)
  await carla.getByRole('link', { name: 'Zur Startseite' }).click()
  await expect(carla).toHaveURL(`${server.url}/`)
  await expect(heading(carla)).toContainText('Carla Winter')
  await carla.context().close()
})

test('an unknown address is a page that does not exist, with a way back', async ({ browser }) => {
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  for (const path of ['/gibt/es/nicht', '/raeume/atlantis', '/seiten/kurz']) {
    await deniz.goto(`${server.url}${path}`)
    await expect(heading(deniz)).toHaveText('Diese Seite gibt es nicht')
    await deniz.getByRole('link', { name: 'Zur Startseite' }).click()
    await expect(heading(deniz)).toContainText('Deniz Aksoy')
  }
  await deniz.context().close()
})

test('whoever is not signed in is led to the sign-in and back', async ({ browser }) => {
  const page = await newWindow(browser)
  await page.goto(`${server.url}/suche?q=Familien`)
  await expect(heading(page)).toHaveText('Anmelden')
  await expect(page).toHaveURL(/\/anmelden\?weiter=/)
  await signIn(page, 'deniz.aksoy', server.signIn('deniz.aksoy').password)
  await expect(page).toHaveURL(`${server.url}/suche?q=Familien`)
  await expect(page.locator('.hits h3 a').first()).toBeVisible()

  // Signed out, nothing is left on the screen, and going back shows nothing either.
  await page.getByRole('link', { name: 'Start', exact: true }).click()
  await expect(heading(page)).toContainText('Deniz Aksoy')
  await page.getByRole('button', { name: /Deniz Aksoy/ }).click()
  await page.getByRole('button', { name: 'Abmelden' }).click()
  await expect(heading(page)).toHaveText('Anmelden')
  await page.goBack()
  await expect(page).toHaveURL(/\/anmelden/)
  await expect(heading(page)).toHaveText('Anmelden')
  await expect(page.locator('.hits')).toHaveCount(0)
  await page.context().close()
})

test('the way back after the sign-in leads to no foreign site', async ({ browser }) => {
  const page = await newWindow(browser)
  await page.goto(`${server.url}/anmelden?weiter=%2F%2Fdenkraum.example%2Fx`)
  await signIn(page, 'deniz.aksoy', server.signIn('deniz.aksoy').password)
  await expect(page).toHaveURL(`${server.url}/`)
  await expect(heading(page)).toContainText('Deniz Aksoy')
  await page.context().close()
})

test('a wrong password is told without saying which part is wrong', async ({ browser }) => {
  const page = await newWindow(browser)
  await page.goto(server.url)
  for (const login of ['deniz.aksoy', 'niemand']) {
    await signIn(page, login, 'falsch')
    const alert = page.getByRole('alert')
    await expect(alert).toContainText('Anmeldename oder Passwort stimmt nicht.')
    await expect(alert).toBeFocused()
    // What was typed is still there.
    await expect(page.getByLabel('Anmeldename oder E-Mail-Adresse')).toHaveValue(login)
  }
  await signIn(page, 'deniz.aksoy', server.signIn('deniz.aksoy').password)
  await expect(heading(page)).toContainText('Deniz Aksoy')
  await page.context().close()
})

test('the interface speaks English where one asks for it, and keeps it', async ({ browser }) => {
  const page = await windowOf(browser, server, 'deniz.aksoy')
  await page.goto(`${server.url}/raeume`)
  await expect(heading(page)).toHaveText('Räume')
  await page.getByRole('button', { name: /Deniz Aksoy/ }).click()
  await page.getByRole('radio', { name: 'English' }).check({ force: true })
  await expect(heading(page)).toHaveText('Spaces')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.reload()
  await expect(heading(page)).toHaveText('Spaces')
  await expect(page.getByRole('button', { name: 'New', exact: true })).toBeVisible()
  await page.context().close()

  const english = await newWindow(browser, { locale: 'en-GB' })
  await english.goto(server.url)
  await expect(heading(english)).toHaveText('Sign in')
  await english.context().close()
})

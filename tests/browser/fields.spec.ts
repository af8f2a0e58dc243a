/** Fields of every type: two people at once, keyboard alone, undo, reading only, narrow windows. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { answersOf, expectNoRing, expectRing, field, formTogether, start } from './answering.js'
import { expectNothingFoundAtAnyWidth } from './axe.js'
import { createPage, expectSaved, openToWrite, titleOf, windowOf } from './people.js'
import { Server } from './server.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

const answers = (id: string) => answersOf(server, id)
const together = (browser: Browser, kind: string) => formTogether(server, browser, kind)

test('texts are written by two people at once, and each sees the other in the field', async ({
  browser,
}) => {
  const { id, ruth, deniz, end } = await together(browser, 'approach')
  const summary = (page: Page) => field(page, 'summary').getByRole('textbox')
  await start(ruth, 'summary')
  await ruth.keyboard.type('Kaffee')
  await expect(field(deniz, 'summary')).toContainText('Ruth Weidner ist hier')
  await expect(summary(deniz)).toHaveValue('Kaffee')
  await summary(deniz).click()
  await deniz.keyboard.press('End')
  await Promise.all([deniz.keyboard.type(' zur Bringzeit'), ruth.keyboard.press('Home')])
  await ruth.keyboard.type('Guter ')
  for (const page of [ruth, deniz]) {
    await expect(summary(page)).toHaveValue('Guter Kaffee zur Bringzeit')
    await expectSaved(page)
  }
  await expect(field(ruth, 'summary')).toContainText('Deniz Aksoy ist hier')
  await expectRing(ruth, 'summary', 'DA')
  await expectRing(deniz, 'summary', 'RW')
  // Escape leads out of the answer, and so does going elsewhere.
  await deniz.keyboard.press('Escape')
  await expectNoRing(ruth, 'summary')
  await expectRing(deniz, 'summary', 'RW')

  // Several lines where there may be several; Enter leaves where there is one.
  await start(ruth, 'access')
  await ruth.keyboard.type('vor der Kita')
  await ruth.keyboard.press('Enter')
  await ruth.keyboard.type('ohne Anmeldung')
  await expectNoRing(deniz, 'summary')
  await expectRing(deniz, 'access', 'RW')
  await start(deniz, 'contact_role')
  await deniz.keyboard.type('Koordination')
  await expectRing(ruth, 'contact_role', 'DA')
  await deniz.keyboard.press('Enter')
  await expect(field(deniz, 'contact_role')).toBeFocused()
  await expectNoRing(ruth, 'contact_role')
  await expect
    .poll(() => answers(id))
    .toMatchObject({
      summary: 'Guter Kaffee zur Bringzeit',
      access: 'vor der Kita\nohne Anmeldung',
      contact_role: 'Koordination',
    })
  await end()
})

test('choices of two people merge; one of several, steps and criteria follow', async ({
  browser,
}) => {
  const { id, ruth, deniz, end } = await together(browser, 'approach')
  const option = (page: Page, name: string, label: string, role: 'checkbox' | 'radio') =>
    field(page, name).getByRole(role, { name: label, exact: role === 'checkbox' })
  await Promise.all([start(ruth, 'life_phase'), start(deniz, 'life_phase')])
  await Promise.all([
    option(ruth, 'life_phase', 'Kita', 'checkbox').check(),
    option(deniz, 'life_phase', 'Eltern', 'checkbox').check(),
  ])
  await expectRing(ruth, 'life_phase', 'DA')
  await expectRing(deniz, 'life_phase', 'RW')
  await ruth.keyboard.press('Escape')
  await expectNoRing(deniz, 'life_phase')
  await expect(field(ruth, 'life_phase').getByRole('listitem')).toHaveText(['Kita', 'Eltern'])

  await start(ruth, 'status')
  await option(ruth, 'status', 'erprobt', 'radio').check()
  await expect(option(deniz, 'status', 'erprobt', 'radio')).toBeChecked()
  await expectRing(deniz, 'status', 'RW')
  await option(deniz, 'status', 'etabliert', 'radio').check()
  await expect(option(ruth, 'status', 'etabliert', 'radio')).toBeChecked()

  await start(ruth, 'impact_level')
  await option(ruth, 'impact_level', 'Stufe 3 von 7', 'radio').check()
  await expect(field(deniz, 'impact_level')).toContainText('Familien nehmen das Angebot an')
  await expectRing(deniz, 'impact_level', 'RW')
  await expectNoRing(deniz, 'status')

  await start(ruth, 'criteria')
  await option(ruth, 'criteria', 'Setting-Ansatz', 'checkbox').check()
  await field(ruth, 'criteria').getByRole('textbox').fill('in der Kita')
  await start(deniz, 'criteria')
  await option(deniz, 'criteria', 'Empowerment', 'checkbox').check()
  await expect(field(deniz, 'criteria').getByRole('textbox').first()).toHaveValue('in der Kita')
  await expectRing(ruth, 'criteria', 'DA')
  await expectRing(deniz, 'criteria', 'RW')
  await ruth.keyboard.press('Escape')
  await expectNoRing(deniz, 'criteria')
  await expect(field(ruth, 'criteria').getByRole('listitem')).toHaveText([
    /Setting-Ansatz\s*in der Kita/,
    'Empowerment',
  ])
  await expect
    .poll(() => answers(id))
    .toMatchObject({
      life_phase: ['daycare', 'parents'],
      status: 'established',
      impact_level: 'level_3',
      criteria: { setting: 'in der Kita', empowerment: '' },
    })
  await end()
})

test('two people fill one list, and its entries can be moved and removed', async ({ browser }) => {
  const { id, ruth, deniz, end } = await together(browser, 'strategy')
  const entry = (page: Page, number: number) =>
    field(page, 'core_team').getByRole('group', { name: `Eintrag ${number}`, exact: true })
  await start(ruth, 'core_team')
  await field(ruth, 'core_team').getByRole('button', { name: 'Eintrag anlegen' }).click()
  await entry(ruth, 1).getByLabel('Ressort').selectOption('Jugend')
  await entry(ruth, 1).getByRole('textbox').fill('Planung')
  await start(deniz, 'core_team')
  await expect(entry(deniz, 1).getByRole('textbox')).toHaveValue('Planung')
  await field(deniz, 'core_team').getByRole('button', { name: 'Eintrag anlegen' }).click()
  await expectRing(ruth, 'core_team', 'DA')
  await entry(deniz, 2).getByRole('textbox').fill('Freie Träger')
  await entry(deniz, 2).getByRole('button', { name: 'Eintrag nach oben' }).click()
  await expect(entry(ruth, 1).getByRole('textbox')).toHaveValue('Freie Träger')
  await expect
    .poll(async () => (await answers(id))['core_team'])
    .toMatchObject([{ role: 'Freie Träger' }, { department: 'youth', role: 'Planung' }])
  await entry(ruth, 1).getByRole('button', { name: 'Eintrag entfernen' }).click()
  await expect(entry(ruth, 1).getByRole('button', { name: 'Eintrag entfernen' })).toBeFocused()
  await expect(entry(deniz, 2)).toHaveCount(0)
  await ruth.keyboard.press('Escape')
  await expect(field(ruth, 'core_team').getByRole('listitem')).toHaveText([/Jugend.*Planung/])
  await end()
})

test('the keyboard alone answers, leaves and takes back title, fields and text in one history', async ({
  browser,
}) => {
  const { ruth, end } = await together(browser, 'approach')
  await titleOf(ruth).click()
  await ruth.keyboard.press('End')
  await ruth.keyboard.type(' neu')
  await field(ruth, 'status').getByRole('button').focus()
  await ruth.keyboard.press('Enter')
  await expect(field(ruth, 'status').getByRole('radio').first()).toBeFocused()
  await ruth.keyboard.press('ArrowDown')
  await expect(field(ruth, 'status').getByRole('radio', { name: 'erprobt' })).toBeChecked()
  await ruth.keyboard.press('Escape')
  await expect(field(ruth, 'status')).toBeFocused()
  await ruth.keyboard.press('Tab')
  await expect(field(ruth, 'status').getByRole('radio', { name: 'erprobt' })).toBeFocused()

  await field(ruth, 'summary').getByRole('button').focus()
  await ruth.keyboard.press('Enter')
  await ruth.keyboard.type('Ein Satz')
  await ruth.keyboard.press('Control+z')
  await expect(field(ruth, 'summary').getByRole('textbox')).toHaveValue('')
  await ruth.keyboard.press('Control+z')
  await expect(field(ruth, 'status').getByRole('radio')).toHaveCount(0)
  await ruth.keyboard.press('Control+z')
  await expect(titleOf(ruth)).toHaveValue('Felder: approach')
  await end()
})

test('who may only read sees answers and their changes, and no controls', async ({ browser }) => {
  const id = await createPage(server, 'ruth.weidner', {
    title: 'Nur zu lesen',
    kind: 'approach',
    audience: 'network',
  })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  const jana = await windowOf(browser, server, 'jana.petersen')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await jana.goto(`${server.url}/seiten/${id}`)
  await expect(field(jana, 'status')).toContainText('Noch ohne Antwort.')
  await start(ruth, 'status')
  await field(ruth, 'status').getByRole('radio', { name: 'Idee' }).check()
  await expect(field(jana, 'status').locator('[aria-current]')).toHaveText('Idee')
  await expect(jana.locator('.fields').locator('button, input, textarea, select')).toHaveCount(0)
  await Promise.all([ruth, jana].map((page) => page.context().close()))
})

for (const [kind, names] of [
  [
    'approach',
    ['summary', 'status', 'life_phase', 'impact_level', 'criteria', 'access', 'contact_role'],
  ],
  ['workshop', ['dates', 'next_workshop']],
  ['strategy', ['agreement_date', 'core_team', 'step_goals_pages']],
  ['offer', ['families_reached', 'free_of_charge']],
] as const) {
  test(`axe finds nothing on the open fields of kind ${kind}`, async ({ browser }) => {
    const id = await createPage(server, 'ruth.weidner', { title: 'Ohne Hürden', kind })
    const page = await windowOf(browser, server, 'ruth.weidner')
    await openToWrite(page, `${server.url}/seiten/${id}`)
    await expectNothingFoundAtAnyWidth(page, 'at rest')
    for (const name of names) {
      await start(page, name)
      if (name === 'criteria') await page.getByLabel('Setting-Ansatz').check()
      if (name === 'core_team') await page.getByRole('button', { name: 'Eintrag anlegen' }).click()
      await expectNothingFoundAtAnyWidth(page, name, `#feld-${name}`)
    }
    await page.context().close()
  })
}

/** The outline of an icon, as the data of a path. */
function outlineOf(icon: string): string {
  const lines = readFileSync(resolve(import.meta.dirname, '../../data/icons.tsv'), 'utf8')
  return new RegExp(`^${icon}\\t(.*)$`, 'm').exec(lines)?.[1] ?? ''
}

test('another city brings its own spaces, kinds and fields', async ({ browser }) => {
  const folder = resolve(import.meta.dirname, '../cities/hafenstadt')
  const city = await Server.start(['--city', folder], 2)
  const ida = await windowOf(browser, city, 'ida')
  await openToWrite(ida, `${city.url}/seiten/01hekn7k000000000000000001`)
  await expect(field(ida, 'tide')).toContainText('Stufe 2 von 2')
  await field(ida, 'topics').getByRole('button', { name: 'Antwort ändern' }).click()
  await field(ida, 'topics').getByRole('checkbox', { name: 'Essen' }).check()
  await expectSaved(ida)
  await expect(field(ida, 'season')).toContainText('1. Mai 2023 – 30. September 2023')
  await expect(field(ida, 'kin').getByRole('listitem')).toHaveText(['Suppe für alle', 'Logbuch'])
  // Its colour and its icon are its own.
  const badge = ida.locator('.badge.kind').first()
  await expect(badge).toHaveText('Einfall')
  await expect(badge).toHaveCSS('--hue', '217')
  await expect(badge.locator('path')).toHaveAttribute('d', outlineOf('sailboat'))
  const sent = await ida.request.get(`${city.url}/seiten/01hekn7k000000000000000001`)
  const html = await sent.text()
  expect(html).toContain(' class="badge kind hue-220"')
  expect(html).toContain(outlineOf('sailboat'))

  await ida.goto(`${city.url}/raeume`)
  await expect(ida.getByText('Werftviertel').first()).toBeVisible()

  // What a line in lists shows, and by what the search narrows down.
  await ida.goto(`${city.url}/raeume/kai?seitenart=alle`)
  const card = ida.getByRole('article').filter({ hasText: 'Spielboot' })
  await expect(card.locator('.facts li')).toHaveText([
    'Ein altes Boot wird zum Spielplatz.',
    'Koordination Am Kai',
    'Südkai',
    'Flut',
    '1. Mai 2023',
    'Boote: 1',
    'Ohne Eintritt',
  ])
  await ida.goto(`${city.url}/suche?kind=idea`)
  const hits = ida.locator('.hits h3 a')
  await expect(hits).toHaveCount(2)
  const facets = ida.getByRole('form', { name: 'Ergebnisse eingrenzen' })
  await facets.getByRole('group', { name: 'Liegeplatz' }).getByLabel('Nordkai').check()
  await expect(hits).toHaveText(['Suppe für alle'])
  await expect(ida).toHaveURL(/berth/)
  await ida.context().close()
  await city.dispose()
})

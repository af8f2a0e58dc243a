/** Fields of every type: two people at once, keyboard alone, undo, reading only, narrow windows. */
import { resolve } from 'node:path'
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { expectNothingFoundAtAnyWidth } from './axe.js'
import { call, createPage, expectSaved, openToWrite, titleOf, windowOf } from './people.js'
import { Server } from './server.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

const field = (page: Page, name: string): Locator => page.locator(`#feld-${name}`)

/** What the server holds in the fields of a page. */
async function answers(id: string): Promise<Record<string, unknown>> {
  const response = await call(server, 'ruth.weidner', `/pages/${id}`)
  return ((await response.json()) as { fields: Record<string, unknown> }).fields
}

async function together(browser: Browser, kind: string) {
  const id = await createPage(server, 'ruth.weidner', { title: `Felder: ${kind}`, kind })
  const [ruth, deniz] = await Promise.all([
    windowOf(browser, server, 'ruth.weidner'),
    windowOf(browser, server, 'deniz.aksoy'),
  ])
  await Promise.all([
    openToWrite(ruth, `${server.url}/seiten/${id}`),
    openToWrite(deniz, `${server.url}/seiten/${id}`),
  ])
  return { id, ruth, deniz, end: () => Promise.all([ruth, deniz].map((p) => p.context().close())) }
}

/** Starts an answer by its inviting button, or changes the one that is there. */
async function start(page: Page, name: string): Promise<void> {
  const opener = field(page, name).getByRole('button', { name: /Noch|Antwort ändern|Erste/ })
  await opener.click()
}

/** The other one's ring is around the field: in their colour, beside their initials. */
async function expectRing(page: Page, name: string, initials: 'RW' | 'DA'): Promise<void> {
  const box = field(page, name)
  await expect(box).toHaveClass(/\boccupied\b/)
  const shown = box.locator('.others .av')
  await expect(shown).toHaveText(initials)
  await expect(shown).toBeVisible()
  const hues = [box, shown, page.locator('.avs .av')].map(
    async (element) => /\bperson-[1-6]\b/.exec((await element.getAttribute('class')) ?? '')?.[0],
  )
  const [ring, ...others] = await Promise.all(hues)
  expect(ring).toMatch(/^person-[1-6]$/)
  expect(others).toEqual([ring, ring])
  expect(await box.evaluate((element) => getComputedStyle(element).boxShadow)).toContain('8px')
}

/** Nobody else is in the field. */
async function expectNoRing(page: Page, name: string): Promise<void> {
  await expect(field(page, name)).not.toHaveClass(/\boccupied\b/)
  await expect(field(page, name).locator('.others')).toHaveCount(0)
}

/** What both see in the end and the server holds, whoever's answer it is. */
async function agreement(
  { id, ruth, deniz }: { id: string; ruth: Page; deniz: Page },
  name: string,
  expectShown: (page: Page, value: string) => Promise<void>,
): Promise<unknown> {
  let value: unknown
  await expect(async () => {
    value = (await answers(id))[name]
    for (const page of [ruth, deniz]) await expectShown(page, String(value))
  }).toPass({ timeout: 10_000 })
  for (const page of [ruth, deniz]) await expectSaved(page)
  return value
}

/** Looks for a page in a field that is open, until the best offer is that page. */
async function find(page: Page, name: string, title: string): Promise<void> {
  const finder = field(page, name).getByRole('combobox')
  await finder.fill(title)
  const best = field(page, name).getByRole('option').first()
  await expect(best).toHaveText(new RegExp(`^${title}`))
  await expect(best).toHaveAttribute('aria-selected', 'true')
}

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

test('days, numbers, yes or no, and linked pages', async ({ browser }) => {
  const [next, later] = await Promise.all(
    ['Im Dezember', 'Im Januar'].map((title) =>
      createPage(server, 'ruth.weidner', { title, kind: 'workshop' }),
    ),
  )
  const workshop = await together(browser, 'workshop')
  await start(workshop.ruth, 'dates')
  await field(workshop.ruth, 'dates').getByLabel('von').fill('2023-12-05')
  await field(workshop.ruth, 'dates').getByLabel('bis').fill('2023-12-06')
  await expectRing(workshop.deniz, 'dates', 'RW')
  await workshop.ruth.keyboard.press('Escape')
  await expectNoRing(workshop.deniz, 'dates')
  await expect(field(workshop.deniz, 'dates')).toContainText('5. Dezember 2023 – 6. Dezember 2023')

  // Each chooses another page at once: in the end both see one and the same.
  const { ruth, deniz } = workshop
  await Promise.all([start(ruth, 'next_workshop'), start(deniz, 'next_workshop')])
  await Promise.all([
    find(ruth, 'next_workshop', 'Im Dezember'),
    find(deniz, 'next_workshop', 'Im Januar'),
  ])
  await expectRing(ruth, 'next_workshop', 'DA')
  await Promise.all([ruth, deniz].map((page) => page.keyboard.press('Enter')))
  const link = (page: Page) => field(page, 'next_workshop').getByRole('link')
  const chosen = await agreement(workshop, 'next_workshop', (page, value) =>
    expect(link(page)).toHaveAttribute('href', `/seiten/${value}`, { timeout: 500 }),
  )
  expect([next, later]).toContain(chosen)
  for (const page of [ruth, deniz]) {
    await expect(link(page)).toHaveText(chosen === next ? 'Im Dezember' : 'Im Januar')
  }
  expect(await answers(workshop.id)).toMatchObject({ dates: '2023-12-05/2023-12-06' })
  await workshop.end()

  const offer = await together(browser, 'offer')
  await start(offer.ruth, 'families_reached')
  const number = field(offer.ruth, 'families_reached').getByRole('spinbutton')
  await number.fill('-3')
  await number.blur()
  await expect(field(offer.ruth, 'families_reached').getByRole('alert')).toHaveText(
    'Möglich sind Zahlen ab 0.',
  )
  await start(offer.deniz, 'families_reached')
  await number.fill('30')
  await expectRing(offer.deniz, 'families_reached', 'RW')
  await number.press('Enter')
  // Who has the field open sees what the other one entered, and may say otherwise.
  const theirs = field(offer.deniz, 'families_reached').getByRole('spinbutton')
  await expect(theirs).toHaveValue('30')
  await theirs.fill('40')
  await theirs.press('Enter')
  await expect(field(offer.ruth, 'families_reached')).toContainText('40 Familien im Monat')
  await expectNoRing(offer.ruth, 'families_reached')
  // Both at once: one number in the end, the same for both.
  await Promise.all([start(offer.ruth, 'families_reached'), start(offer.deniz, 'families_reached')])
  await Promise.all([number.fill('50'), theirs.fill('60')])
  await Promise.all([number.press('Enter'), theirs.press('Enter')])
  const reached = await agreement(offer, 'families_reached', (page, value) =>
    expect(field(page, 'families_reached')).toContainText(`${value} Familien im Monat`, {
      timeout: 500,
    }),
  )
  expect([50, 60]).toContain(reached)
  await start(offer.deniz, 'free_of_charge')
  await field(offer.deniz, 'free_of_charge').getByRole('radio', { name: 'Ja' }).check()
  await expect(field(offer.ruth, 'free_of_charge').getByRole('radio', { name: 'Ja' })).toBeChecked()
  await expectRing(offer.ruth, 'free_of_charge', 'DA')
  await expect.poll(() => answers(offer.id)).toMatchObject({ free_of_charge: true })
  await offer.end()
})

test('one day, and any number of linked pages, of two people', async ({ browser }) => {
  const titles = ['Ziele im Kiez', 'Ziele der Kitas', 'Ziele im Alter']
  const pages = await Promise.all(
    titles.map((title) => createPage(server, 'ruth.weidner', { title })),
  )
  const { id, ruth, deniz, end } = await together(browser, 'strategy')
  const both = [ruth, deniz]
  const day = (page: Page) => field(page, 'agreement_date').locator('input[type=date]')
  await Promise.all(both.map((page) => start(page, 'agreement_date')))
  await expectRing(ruth, 'agreement_date', 'DA')
  await day(ruth).fill('2024-05-03')
  await expect(day(deniz)).toHaveValue('2024-05-03')
  await day(deniz).fill('2024-05-04')
  await expect(day(ruth)).toHaveValue('2024-05-04')
  await Promise.all([day(ruth).fill('2031-01-01'), day(deniz).fill('2032-02-02')])
  await Promise.all(both.map((page) => page.keyboard.press('Escape')))
  const said = { '2031-01-01': '1. Januar 2031', '2032-02-02': '2. Februar 2032' }
  const agreed = await agreement({ id, ruth, deniz }, 'agreement_date', (page, value) =>
    expect(field(page, 'agreement_date')).toContainText(said[value as keyof typeof said] ?? '?', {
      timeout: 500,
    }),
  )
  expect(Object.keys(said)).toContain(agreed)
  for (const page of both) await expectNoRing(page, 'agreement_date')

  // Each adds a page at once, then one more is added, and one taken away.
  const name = 'step_goals_pages'
  const links = (page: Page) => field(page, name).getByRole('link')
  await Promise.all(both.map((page) => start(page, name)))
  await Promise.all([find(ruth, name, 'Ziele im Kiez'), find(deniz, name, 'Ziele der Kitas')])
  await expectRing(ruth, name, 'DA')
  await Promise.all(both.map((page) => page.keyboard.press('Enter')))
  for (const page of both) await expect(links(page)).toHaveCount(2)
  await find(ruth, name, 'Ziele im Alter')
  await ruth.keyboard.press('Enter')
  await expect(links(deniz)).toHaveCount(3)
  await field(deniz, name)
    .getByRole('listitem')
    .filter({ hasText: 'Ziele im Kiez' })
    .getByRole('button')
    .click()
  await expect(field(deniz, name).getByRole('combobox')).toBeFocused()
  for (const page of both) {
    await expect(links(page)).toHaveCount(2)
    await expect(links(page).filter({ hasText: 'Ziele im Kiez' })).toHaveCount(0)
    await expectSaved(page)
  }
  const kept = (await answers(id))[name] as string[]
  expect([...kept].sort()).toEqual([pages[1], pages[2]].sort())
  await ruth.keyboard.press('Escape')
  await expectNoRing(deniz, name)
  await expect(links(ruth)).toHaveCount(2)
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

test('another city brings its own spaces, kinds and fields', async ({ browser }) => {
  const folder = resolve(import.meta.dirname, '../cities/hafenstadt')
  const city = await Server.start(['--city', folder], 2)
  const ida = await windowOf(browser, city, 'ida')
  await openToWrite(ida, `${city.url}/seiten/01hekn7k000000000000000001`)
  await expect(field(ida, 'tide')).toContainText('Stufe 2 von 2')
  await field(ida, 'topics').getByRole('button', { name: 'Antwort ändern' }).click()
  await field(ida, 'topics').getByRole('checkbox', { name: 'Essen' }).check()
  await expectSaved(ida)
  await ida.goto(`${city.url}/raeume`)
  await expect(ida.getByText('Werftviertel').first()).toBeVisible()
  await ida.context().close()
  await city.dispose()
})

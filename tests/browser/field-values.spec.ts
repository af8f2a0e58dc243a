/** Days, numbers, yes or no, and linked pages: fields whose answer is a value, given by two people. */
import { expect, type Page, test } from '@playwright/test'
import {
  agreement,
  answersOf,
  expectNoRing,
  expectRing,
  field,
  find,
  formTogether,
  start,
} from './answering.js'
import { createPage, expectSaved } from './people.js'
import { Server } from './server.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

test('days, numbers, yes or no, and linked pages', async ({ browser }) => {
  const [next, later] = await Promise.all(
    ['Im Dezember', 'Im Januar'].map((title) =>
      createPage(server, 'ruth.weidner', { title, kind: 'workshop' }),
    ),
  )
  const workshop = await formTogether(server, browser, 'workshop')
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
  const chosen = await agreement(server, workshop, 'next_workshop', (page, value) =>
    expect(link(page)).toHaveAttribute('href', `/seiten/${value}`, { timeout: 500 }),
  )
  expect([next, later]).toContain(chosen)
  for (const page of [ruth, deniz]) {
    await expect(link(page)).toHaveText(chosen === next ? 'Im Dezember' : 'Im Januar')
  }
  expect(await answersOf(server, workshop.id)).toMatchObject({ dates: '2023-12-05/2023-12-06' })
  await workshop.end()

  const offer = await formTogether(server, browser, 'offer')
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
  await expect(field(offer.ruth, 'families_reached')).toContainText('Familien im Monat: 40')
  await expectNoRing(offer.ruth, 'families_reached')
  // Both at once: one number in the end, the same for both.
  await Promise.all([start(offer.ruth, 'families_reached'), start(offer.deniz, 'families_reached')])
  await Promise.all([number.fill('50'), theirs.fill('60')])
  await Promise.all([number.press('Enter'), theirs.press('Enter')])
  const reached = await agreement(server, offer, 'families_reached', (page, value) =>
    expect(field(page, 'families_reached')).toContainText(`Familien im Monat: ${value}`, {
      timeout: 500,
    }),
  )
  expect([50, 60]).toContain(reached)
  await start(offer.deniz, 'free_of_charge')
  await field(offer.deniz, 'free_of_charge').getByRole('radio', { name: 'Ja' }).check()
  await expect(field(offer.ruth, 'free_of_charge').getByRole('radio', { name: 'Ja' })).toBeChecked()
  await expectRing(offer.ruth, 'free_of_charge', 'DA')
  await expect.poll(() => answersOf(server, offer.id)).toMatchObject({ free_of_charge: true })
  await offer.end()
})

test('one day, and any number of linked pages, of two people', async ({ browser }) => {
  const titles = ['Ziele im Kiez', 'Ziele der Kitas', 'Ziele im Alter']
  const pages = await Promise.all(
    titles.map((title) => createPage(server, 'ruth.weidner', { title })),
  )
  const { id, ruth, deniz, end } = await formTogether(server, browser, 'strategy')
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
  const agreed = await agreement(server, { id, ruth, deniz }, 'agreement_date', (page, value) =>
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
  const kept = (await answersOf(server, id))[name] as string[]
  expect([...kept].sort()).toEqual([pages[1], pages[2]].sort())
  await ruth.keyboard.press('Escape')
  await expectNoRing(deniz, name)
  await expect(links(ruth)).toHaveCount(2)
  await end()
})

/** The page of a space, the start page, and creating pages from them. */
import { expect, type Page, test } from '@playwright/test'
import { call, createPage, readyToWrite, textOf, windowOf } from './people.js'
import { PAGES } from './screens.js'
import { Server } from './server.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

/** A day so many days from today, as 2023-11-07. */
function day(offset: number): string {
  return new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
}

async function create(login: string, page: object): Promise<string> {
  const response = await call(server, login, '/pages', page)
  expect(response.status).toBe(201)
  return ((await response.json()) as { id: string }).id
}

const section = (page: Page, name: string | RegExp) => page.getByRole('region', { name })

test('a district shows its strategy, its lists, its gaps and its milestones', async ({
  browser,
}) => {
  const jana = await windowOf(browser, server, 'jana.petersen')
  await jana.goto(`${server.url}/raeume/pankow`)
  await expect(jana.getByRole('heading', { name: 'Pankow', level: 1 })).toBeVisible()
  const steps = section(jana, 'Strategie in fünf Schritten').getByRole('listitem')
  await expect(steps).toHaveCount(5)
  await expect(steps.first()).toContainText('erreicht')
  await expect(steps.last()).toContainText('noch offen')
  await expect(section(jana, 'Leitende Fragen')).toContainText('Wie erreichen wir Kinder')
  await expect(section(jana, 'Gute Ansätze').getByRole('link').first()).toBeVisible()
  await expect(section(jana, 'Meilensteine')).toContainText('Kooperationsvereinbarung')
  await expect(section(jana, 'Lernwerkstätten und Termine').locator('time').first()).toBeVisible()

  const table = section(jana, 'Angebote und Lücken').getByRole('table')
  const cell = table.getByRole('link', { name: /Zugänge schaffen, Eltern/ })
  await expect(cell).toBeVisible()
  await expect(table.getByText('Lücke').first()).toBeVisible()
  await cell.click()
  await expect(jana.getByRole('link', { name: 'Sprechstunde im Waschsalon' })).toBeVisible()
  const narrowed = jana.getByRole('list', { name: 'Eingegrenzt auf' })
  await expect(narrowed.getByRole('listitem')).toHaveCount(2)
  await narrowed.getByRole('link').first().click()
  await expect(narrowed.getByRole('listitem')).toHaveCount(1)
  await jana.getByRole('link', { name: 'Zurück zu Pankow' }).click()
  await expect(steps).toHaveCount(5)
  await jana.context().close()
})

test('the head of a district and its steps say what the fields of its strategy say', async ({
  browser,
}) => {
  const page = { space: 'lichtenberg', audience: 'network' } as const
  const minutes = await createPage(server, 'ruth.weidner', { ...page, title: 'Ziele im Protokoll' })
  const draft = { ...page, title: 'Nur ein Entwurf', audience: 'draft' } as const
  const hidden = await createPage(server, 'ruth.weidner', draft)
  const space = await call(server, 'ruth.weidner', '/spaces/lichtenberg')
  const { strategy } = (await space.json()) as { strategy: { page: { id: string } } }
  const fields = {
    coordinating_role: 'Präventionskoordination, Amt 99',
    core_team: [
      { department: 'youth', role: 'Leitung Frühe Hilfen' },
      { department: 'health', role: 'Kinderschutz' },
    ],
    focus_areas: 'Zuerst die Wege, dann die Formulare.',
    step_goals: 'in_progress',
    step_goals_pages: [hidden, minutes],
  }
  const path = `/pages/${strategy.page.id}`
  const changed = await call(server, 'ruth.weidner', path, { fields }, 'PATCH')
  expect(changed.status).toBe(200)

  const jana = await windowOf(browser, server, 'jana.petersen')
  await jana.goto(`${server.url}/raeume/lichtenberg`)
  const fact = (question: string) => jana.locator('dl > div').filter({ hasText: question })
  await expect(fact('Wer koordiniert?').getByRole('definition')).toHaveText(
    'Präventionskoordination, Amt 99',
  )
  await expect(fact('Wer ist dabei?').getByRole('listitem')).toHaveText([
    'Jugend, Leitung Frühe Hilfen',
    'Gesundheit, Kinderschutz',
  ])
  await expect(jana.getByText('Zuerst die Wege, dann die Formulare.')).toBeVisible()
  const steps = section(jana, 'Strategie in fünf Schritten').getByRole('listitem')
  await expect(steps.nth(1)).toContainText('in Arbeit')
  await expect(steps.nth(1).getByRole('link')).toHaveText(['Ziele im Protokoll'])
  await steps.nth(1).getByRole('link').click()
  await expect(jana).toHaveURL(new RegExp(minutes))
  await jana.context().close()
})

test('the network has lists of its own', async ({ browser }) => {
  const jana = await windowOf(browser, server, 'jana.petersen')
  await jana.goto(`${server.url}/raeume/berlin`)
  for (const name of ['Impulse', 'Begriffe']) {
    await expect(section(jana, name).getByRole('link').first()).toBeVisible()
  }
  await expect(section(jana, 'Gute Ansätze')).toHaveCount(0)
  await jana.context().close()
})

test('a district that is not one’s own is read, and nothing there offers to write', async ({
  browser,
}) => {
  const ilse = await windowOf(browser, server, 'ilse.marquardt')
  await ilse.goto(`${server.url}/raeume/reinickendorf`)
  await expect(ilse.getByRole('heading', { name: 'Reinickendorf', level: 1 })).toBeVisible()
  await expect(section(ilse, 'Praxisfälle')).toBeVisible()
  // Taking pages away is reading, too.
  await expect(ilse.locator('main').getByRole('button')).toHaveText(['Weitere Aktionen'])
  await ilse.goto(`${server.url}/raeume/spandau`)
  await expect(section(ilse, 'Praxisfälle')).toBeVisible()
  await expect(ilse.getByRole('button', { name: 'Seite anlegen' }).first()).toBeVisible()
  await ilse.context().close()
})

test('the start page says what others wrote since the last visit, until it is marked as seen', async ({
  browser,
}) => {
  const minh = await windowOf(browser, server, 'minh.tran')
  await minh.goto(server.url)
  // At the first visit nothing is new yet.
  await expect(minh.getByRole('heading', { name: 'Zuletzt geändert' })).toBeVisible()
  const seen = await call(server, 'minh.tran', '/start/seen', {})
  expect(seen.status).toBe(204)
  await createPage(server, 'ruth.weidner', { title: 'Ganz neu', audience: 'network' })
  await expect
    .poll(async () => {
      const start = await call(server, 'minh.tran', '/start')
      return ((await start.json()) as { total: number }).total
    })
    .toBe(1)
  await minh.goto(server.url)
  const news = section(minh, 'Neu seit Ihrem letzten Besuch')
  await expect(news.getByRole('link', { name: 'Ganz neu' })).toBeVisible()
  await expect(news.getByText('neu', { exact: true })).toBeVisible()
  await news.getByRole('button', { name: 'Alles als gesehen merken' }).click()
  await expect(minh.getByRole('heading', { name: 'Zuletzt geändert' })).toBeFocused()
  await minh.reload()
  await expect(minh.getByRole('heading', { name: 'Zuletzt geändert' })).toBeVisible()
  await minh.context().close()
})

test('everything that changed and one’s own drafts are lists that go on', async ({ browser }) => {
  const seen = await call(server, 'minh.tran', '/start/seen', {})
  expect(seen.status).toBe(204)
  const titles = Array.from({ length: 9 }, (_, number) => `Neuigkeit ${number}`)
  for (const title of titles) {
    await createPage(server, 'ruth.weidner', { title, audience: 'network' })
  }
  const draft = { title: 'Mein Anfang', space: 'berlin', audience: 'draft' as const }
  await createPage(server, 'minh.tran', draft)
  const minh = await windowOf(browser, server, 'minh.tran')
  await minh.goto(server.url)
  const news = section(minh, 'Neu seit Ihrem letzten Besuch')
  await expect(news.getByRole('listitem')).toHaveCount(8)
  await expect(news.getByRole('link', { name: 'Neuigkeit 0' })).toHaveCount(0)
  await news.getByRole('link', { name: 'Alle Änderungen ansehen' }).click()
  await expect(minh.getByRole('heading', { name: 'Alle Änderungen', level: 1 })).toBeFocused()
  const entries = minh.locator('main article')
  for (const title of titles) {
    await expect(entries.filter({ hasText: title })).toContainText('Lichtenberg')
  }
  const before = await entries.count()
  await minh.getByRole('button', { name: 'Weitere Seiten zeigen' }).click()
  await expect.poll(() => entries.count()).toBeGreaterThan(before)

  await minh.getByRole('link', { name: 'Meine Entwürfe' }).click()
  await expect(minh.getByRole('heading', { name: 'Meine Entwürfe', level: 1 })).toBeFocused()
  await expect(entries.filter({ hasText: 'Mein Anfang' })).toBeVisible()
  await expect(entries.filter({ hasText: 'Neuigkeit' })).toHaveCount(0)
  await expect(
    minh.getByText('Demonstration: Alle Personen und Beispiele sind erfunden.'),
  ).toBeVisible()
  await minh.context().close()
})

test('coming dates stand on the start page in their order', async ({ browser }) => {
  const workshop = (title: string, date: string) => ({
    title,
    kind: 'workshop',
    space: 'berlin',
    audience: 'network',
    fields: { dates: date, participating_districts: ['pankow'] },
    markdown: '',
  })
  await create('henrike.falk', workshop('Übermorgen', day(2)))
  await create('henrike.falk', workshop('Heute', day(0)))
  await create('henrike.falk', workshop('Vorbei', day(-3)))
  const jana = await windowOf(browser, server, 'jana.petersen')
  await jana.goto(server.url)
  // Others may stand there, too.
  const own = { hasText: /^(Heute|Übermorgen|Vorbei)$/ }
  const dates = section(jana, 'Nächste Termine').getByRole('link').filter(own)
  await expect(dates).toHaveText(['Heute', 'Übermorgen'])
  await jana.goto(`${server.url}/raeume/pankow`)
  const listed = section(jana, 'Lernwerkstätten und Termine').getByRole('link').filter(own)
  await expect(listed).toHaveText(['Heute', 'Übermorgen', 'Vorbei'])
  await jana.context().close()
})

test('map and list of the districts say the same', async ({ browser }) => {
  const jana = await windowOf(browser, server, 'jana.petersen')
  await jana.goto(server.url)
  const map = jana.getByRole('group', {
    name: 'Karte der Bezirke mit dem Stand der Vereinbarungen',
  })
  await expect(map.getByRole('link')).toHaveCount(12)
  await expect(
    map.getByRole('link', { name: /^Pankow: .*unterzeichnet, Schritt 3 von 5/ }),
  ).toBeVisible()
  const list = jana.getByRole('list', { name: 'Stand der Vereinbarungen' }).getByRole('listitem')
  await expect(list).toHaveCount(12)
  await expect(list.filter({ hasText: 'Pankow' })).toContainText('unterzeichnet, Schritt 3 von 5')
  await expect(jana.getByText('Geoportal Berlin')).toBeVisible()
  await map.getByRole('link', { name: /^Pankow/ }).focus()
  await jana.keyboard.press('Enter')
  await expect(jana.getByRole('heading', { name: 'Pankow', level: 1 })).toBeFocused()
  await jana.context().close()
})

test('a page says who it is from, with the role, and who changed it last', async ({ browser }) => {
  const jana = await windowOf(browser, server, 'jana.petersen')
  await jana.goto(`${server.url}/seiten/${PAGES.toWrite}`)
  await expect(
    jana.getByText('verfasst von Deniz Aksoy (Fachkraft Lichtenberg, Frühe Hilfen)'),
  ).toBeVisible()
  await expect(jana.getByText(/geändert .* von Deniz Aksoy/)).toBeVisible()
  await jana.context().close()
})

test('a new page starts with the questions of its kind, or without', async ({ browser }) => {
  const jana = await windowOf(browser, server, 'jana.petersen')
  for (const withQuestions of [true, false]) {
    await jana.goto(`${server.url}/raeume/pankow`)
    await jana.getByRole('button', { name: 'Seite anlegen' }).click()
    const dialog = jana.getByRole('dialog', { name: 'Neue Seite' })
    await dialog.getByLabel('Wie soll sie heißen?').fill('Frisch')
    await dialog.getByRole('radio', { name: 'Begriff' }).check({ force: true })
    await expect(dialog.getByText('Erklärt ein Wort')).toBeVisible()
    await expect(dialog.getByText('Was ist gemeint?')).toBeVisible()
    await expect(dialog.getByLabel('Wem gehört sie?')).toHaveValue('pankow')
    if (!withQuestions) {
      await dialog.getByLabel('Mit den Fragen dieser Seitenart beginnen').uncheck()
      await expect(dialog.getByText('Was ist gemeint?')).toHaveCount(0)
    }
    await dialog.getByRole('button', { name: 'Seite anlegen' }).click()
    await readyToWrite(jana)
    const headings = textOf(jana).locator('h2, h3, h4')
    await expect(headings).toHaveCount(withQuestions ? 3 : 0)
  }
  await jana.context().close()
})

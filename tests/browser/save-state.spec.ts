/** "Gesichert" is said only when it is true. */
import { expect, type Page, test } from '@playwright/test'
import { Line } from './line.js'
import {
  call,
  caretAtEndOf,
  createPage,
  expectSaved,
  exported,
  openToWrite,
  saveState,
  textOf,
  windowOf,
} from './people.js'
import { Server } from './server.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

/** Notes every save state that is shown from now on, however short. */
async function noteStates(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const noted: string[] = []
    const note = (): void => {
      const state = document.querySelector('.saved')?.getAttribute('data-state')
      if (state && noted.at(-1) !== state) noted.push(state)
    }
    new MutationObserver(note).observe(document.body, { subtree: true, attributes: true })
    Object.assign(globalThis, { noted })
  })
  return () => page.evaluate(() => (globalThis as unknown as { noted: string[] }).noted)
}

test('with the server away nothing is called saved until it is', async ({ browser }) => {
  const id = await createPage(server, 'ruth.weidner', { title: 'Stand', markdown: 'Anfang.' })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await caretAtEndOf(ruth, 'Anfang')
  await ruth.keyboard.type(' Vorher.')
  await expectSaved(ruth)

  // Killed in the middle of typing.
  await ruth.keyboard.type(' Mitten')
  const ended = server.kill()
  await ruth.keyboard.type(' im Satz')
  await ended
  const states = await noteStates(ruth)
  await ruth.keyboard.type(' ist der Server fort.')
  await expect(saveState(ruth)).toHaveAttribute('data-state', 'offline')
  await expect(saveState(ruth)).toHaveText('ohne Verbindung, auf diesem Gerät aufbewahrt')
  await ruth.keyboard.type(' Es geht weiter.')
  await expect(saveState(ruth)).toHaveAttribute('data-state', 'offline')
  expect(await states()).not.toContain('saved')

  await server.restart()
  await expectSaved(ruth)
  expect(await exported(server, 'ruth.weidner', id)).toContain(
    'Anfang. Vorher. Mitten im Satz ist der Server fort. Es geht weiter.',
  )
})

/** The server's disk is full, and it has met that: what is set aside for later writes is used up. */
async function fillUp(small: Server): Promise<() => void> {
  const makeRoom = small.fillDisk()
  const page = { title: 'Viel', kind: 'page', space: 'lichtenberg', audience: 'space' }
  let status = 201
  while (status === 201) {
    const markdown = 'Wort '.repeat(60_000)
    status = (await call(small, 'ruth.weidner', '/pages', { ...page, markdown })).status
  }
  expect(status).toBe(503)
  return makeRoom
}

test('on a full disk one is told, goes on writing, and all is saved when there is room', async ({
  browser,
}) => {
  const small = await Server.startOnSmallDisk()
  test.skip(small === undefined, 'mounting is not allowed here')
  if (!small) return
  try {
    const id = await createPage(small, 'ruth.weidner', { title: 'Voll', markdown: 'Anfang.' })
    const ruth = await windowOf(browser, small, 'ruth.weidner')
    await openToWrite(ruth, `${small.url}/seiten/${id}`)
    const makeRoom = await fillUp(small)
    await expect(saveState(ruth)).toHaveText('Speicher voll')
    await caretAtEndOf(ruth, 'Anfang')
    const states = await noteStates(ruth)
    await ruth.keyboard.type(' Auf voller Platte.')
    await expect(textOf(ruth)).toHaveText('Anfang. Auf voller Platte.')
    await expect(saveState(ruth)).toHaveText('noch nicht gesichert, auf diesem Gerät aufbewahrt')
    await expect(saveState(ruth)).toHaveAttribute('data-state', 'full')
    expect(await states()).not.toContain('saved')
    expect(await exported(small, 'ruth.weidner', id)).not.toContain('Auf voller')
    makeRoom()
    await expectSaved(ruth)
    expect(await exported(small, 'ruth.weidner', id)).toContain('Anfang. Auf voller Platte.')
    await ruth.context().close()
  } finally {
    await small.dispose()
  }
})

test('while the server does not answer nothing is called saved', async ({ browser }) => {
  const line = await Line.to(server.url)
  const id = await createPage(server, 'ruth.weidner', { title: 'Stand', markdown: 'Anfang.' })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${line.url}/seiten/${id}`)
  await caretAtEndOf(ruth, 'Anfang')
  line.hold()
  await ruth.keyboard.type(' ')
  const states = await noteStates(ruth)
  await ruth.keyboard.type('Auf dem Weg.')
  await expect(saveState(ruth)).toHaveAttribute('data-state', 'saving')
  await expect(saveState(ruth)).toHaveText('sichert …')
  expect(await states()).not.toContain('saved')
  expect(await exported(server, 'ruth.weidner', id)).not.toContain('Auf dem Weg.')

  line.mend()
  await expectSaved(ruth)
  expect(await exported(server, 'ruth.weidner', id)).toContain('Anfang. Auf dem Weg.')
  await line.close()
})

test('whoever retries by hand is connected at once', async ({ browser }) => {
  const line = await Line.to(server.url)
  const id = await createPage(server, 'ruth.weidner', { title: 'Stand', markdown: 'Anfang.' })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${line.url}/seiten/${id}`)
  line.cut()
  await expect(saveState(ruth)).toHaveText('ohne Verbindung')
  line.mend()
  await ruth.getByRole('button', { name: 'Jetzt verbinden' }).click()
  await expectSaved(ruth)
  await line.close()
})

test('after a long absence one is told what others wrote', async ({ browser }) => {
  const line = await Line.to(server.url)
  const id = await createPage(server, 'ruth.weidner', { title: 'Pause', markdown: 'Anfang.' })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await deniz.clock.install()
  await openToWrite(deniz, `${line.url}/seiten/${id}`)
  line.cut()
  await expect(saveState(deniz)).toHaveAttribute('data-state', 'offline')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await caretAtEndOf(ruth, 'Anfang')
  await ruth.keyboard.type(' Das kam in der Pause.')
  await expectSaved(ruth)
  line.mend()
  await deniz.clock.fastForward('01:30')
  await expect(deniz.getByText('Während Ihrer Pause: eine Änderung.')).toBeVisible()
  await deniz.getByRole('button', { name: 'Ansehen' }).click()
  const changes = deniz.getByRole('group', { name: 'Was andere geändert haben' })
  await expect(changes.locator('ins')).toHaveText('Das kam in der Pause.')
  await deniz.getByRole('button', { name: 'Schließen' }).click()
  await expect(deniz.getByText('Während Ihrer Pause')).toHaveCount(0)
  for (const page of [ruth, deniz]) await page.context().close()
  await line.close()
})

/** What was called saved outlives a crash of the server. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import {
  caretAtEndOf,
  caretSettled,
  contentOf,
  createPage,
  expectSaved,
  exported,
  openToWrite,
  saveState,
  textOf,
  titleOf,
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

const before = ['Dieser Absatz bleibt.', 'Dieser Absatz wird entfernt.', 'Hier geht es weiter.']

/** Opens a page of three paragraphs, takes one away, writes in another and changes the title. */
async function writeAndDelete(browser: Browser): Promise<{ id: string; ruth: Page }> {
  const id = await createPage(server, 'ruth.weidner', {
    title: 'Protokoll',
    markdown: before.join('\n\n'),
  })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await caretAtEndOf(ruth, 'entfernt')
  await ruth.keyboard.press('Shift+Home')
  await caretSettled(ruth)
  await ruth.keyboard.press('Delete')
  await caretSettled(ruth)
  await ruth.keyboard.press('Backspace')
  await caretAtEndOf(ruth, 'weiter')
  await ruth.keyboard.type(' Bis zur letzten Silbe.')
  await titleOf(ruth).press('End')
  await ruth.keyboard.type(' vom Montag')
  await expectSaved(ruth)
  return { id, ruth }
}

const after = ['Dieser Absatz bleibt.', 'Hier geht es weiter. Bis zur letzten Silbe.']

/** The server's page holds exactly this text; the paragraph taken away has not come back. */
async function expectHeld(id: string, paragraphs: readonly string[]): Promise<void> {
  const markdown = await exported(server, 'deniz.aksoy', id)
  expect(markdown).toContain(paragraphs.join('\n\n'))
  expect(markdown).toContain('Protokoll vom Montag')
  expect(markdown).not.toContain('entfernt')
}

test('what was saved is there after SIGKILL without any browser to bring it', async ({
  browser,
}) => {
  const { id, ruth } = await writeAndDelete(browser)
  await server.kill()
  await ruth.context().close()
  await server.restart()
  await expectHeld(id, after)

  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await openToWrite(deniz, `${server.url}/seiten/${id}`)
  await expect(titleOf(deniz)).toHaveValue('Protokoll vom Montag')
  expect(await textOf(deniz).locator('p').allTextContents()).toEqual(after)
})

test('an open browser comes back by itself and brings what was typed in between', async ({
  browser,
}) => {
  const { id, ruth } = await writeAndDelete(browser)
  await server.kill()
  await caretAtEndOf(ruth, 'Silbe')
  await ruth.keyboard.type(' Und ohne Server.')
  await caretAtEndOf(ruth, 'bleibt')
  await ruth.keyboard.press('Shift+Home')
  await caretSettled(ruth)
  await ruth.keyboard.type('Ersetzt.')
  await expect(saveState(ruth)).toHaveAttribute('data-state', 'offline')
  await server.restart()
  await expectSaved(ruth)
  const text = ['Ersetzt.', 'Hier geht es weiter. Bis zur letzten Silbe. Und ohne Server.']
  expect(await contentOf(ruth)).toBe(text.join(''))
  await expectHeld(id, text)

  // Saved again means saved again.
  await server.kill()
  await ruth.context().close()
  await server.restart()
  await expectHeld(id, text)
})

test('who types while the server stops loses no letter', async ({ browser }) => {
  const { id, ruth } = await writeAndDelete(browser)
  await caretAtEndOf(ruth, 'Silbe')
  const words = ' Geschrieben, während alles neu beginnt, und noch ein Stück weiter.'
  const stopping = server.stop()
  await ruth.keyboard.type(words)
  await stopping
  await server.restart()
  await ruth.keyboard.type(' Ende.')
  await expectSaved(ruth)
  await expectHeld(id, [after[0] ?? '', `${after[1]}${words} Ende.`])
  await ruth.context().close()
})

test('a session outlives the crash', async ({ browser }) => {
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await ruth.goto(server.url)
  await expect(ruth.getByRole('heading', { level: 1 })).toContainText('Ruth Weidner')
  await server.kill()
  await server.restart()
  await ruth.reload()
  await expect(ruth.getByRole('heading', { level: 1 })).toContainText('Ruth Weidner')
})

/** A page is created and written with the keyboard; undo takes back only one's own. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import {
  call,
  caretAtEndOf,
  caretSettled,
  createPage,
  expectSaved,
  exported,
  holdBack,
  openToWrite,
  readyToWrite,
  slowDown,
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

/** An empty page of Ruth's, open, with the caret in its text. */
async function emptyPage(browser: Browser): Promise<{ ruth: Page; id: string }> {
  const id = await createPage(server, 'ruth.weidner', { title: 'Leer' })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await titleOf(ruth).press('Enter')
  await expect(textOf(ruth)).toBeFocused()
  return { ruth, id }
}

test('a page is created by keyboard and found by its title', async ({ browser }) => {
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  await ruth.goto(server.url)
  await expect(ruth.getByRole('heading', { level: 1 })).toBeVisible()
  const menu = ruth.getByRole('menu', { name: 'Was möchten Sie anlegen?' })
  await ruth.getByRole('button', { name: 'Neu', exact: true }).focus()
  await ruth.keyboard.press('Enter')
  const items = menu.getByRole('menuitem')
  await expect(items.first()).toBeFocused()
  await ruth.keyboard.press('ArrowDown')
  await expect(items.nth(1)).toBeFocused()
  const kind = await items.nth(1).locator('.t1').textContent()
  await ruth.keyboard.press('Enter')

  const dialog = ruth.getByRole('dialog', { name: 'Neue Seite' })
  await expect(dialog.getByLabel('Wie soll sie heißen?')).toBeFocused()
  await expect(dialog.getByRole('radio', { checked: true })).toHaveAccessibleName(kind ?? '')
  // Without a name there is no page, and the person is told.
  await ruth.keyboard.press('Enter')
  await expect(dialog.getByText('Geben Sie der Seite einen Namen.')).toBeVisible()
  await ruth.keyboard.type('Wandernde Teeküche')
  await ruth.keyboard.press('Enter')

  await expect(titleOf(ruth)).toHaveValue('Wandernde Teeküche')
  await expect(ruth).toHaveURL(/\/seiten\/[0-9a-z]{26}\/wandernde-teekueche$/)
  await readyToWrite(ruth)
  await expect
    .poll(async () => {
      const response = await call(server, 'ruth.weidner', '/search?q=Wandernde%20Teek%C3%BCche')
      return ((await response.json()) as { hits: { title: string }[] }).hits[0]?.title
    })
    .toBe('Wandernde Teeküche')
  await ruth.context().close()
})

test('letters typed before a field is there arrive in it', async ({ browser }) => {
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  const letThrough = await holdBack(ruth, '**/assets/NewPage-*.js')
  await ruth.goto(server.url)
  await ruth.getByRole('button', { name: 'Neu', exact: true }).focus()
  // One key after the other, as fast as the browser takes them.
  for (const key of ['Enter', 'ArrowDown', 'Enter']) await ruth.keyboard.press(key)
  await ruth.keyboard.type('Wandernde')
  letThrough()
  await expect(ruth.getByLabel('Wie soll sie heißen?')).toBeFocused()
  await ruth.keyboard.type(' Teeküche am Morgen')
  await ruth.keyboard.press('Enter')
  await expect(titleOf(ruth)).toHaveValue('Wandernde Teeküche am Morgen')
  await readyToWrite(ruth)
  await slowDown(ruth, 6)
  await titleOf(ruth).press('Enter')
  await ruth.keyboard.type('Zucker')
  await expect(textOf(ruth)).toContainText('Zucker')
  await ruth.keyboard.press('Control+h')
  await ruth.keyboard.type('Zucker')
  await expect(ruth.getByLabel('Suchen nach')).toHaveValue('Zucker')
  await expect(titleOf(ruth)).toHaveValue('Wandernde Teeküche am Morgen')
  await ruth.context().close()
})

test('Markdown signs become headings, lists and bold text while one types', async ({ browser }) => {
  const { ruth, id } = await emptyPage(browser)
  const { keyboard } = ruth
  await keyboard.type('# Überschrift')
  await keyboard.press('Enter')
  await keyboard.type('## Zweite Ebene')
  await keyboard.press('Enter')
  await keyboard.type('- eins')
  await keyboard.press('Enter')
  await keyboard.type('zwei')
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await keyboard.type('1. erstens')
  await keyboard.press('Enter')
  await keyboard.type('zweitens')
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await keyboard.type('Das ist **fett** und *kursiv* gesetzt.')
  const text = textOf(ruth)
  await expect(text.locator('h2')).toHaveText('Überschrift')
  await expect(text.locator('h3')).toHaveText('Zweite Ebene')
  await expect(text.locator('ul > li')).toHaveText(['eins', 'zwei'])
  await expect(text.locator('ol > li')).toHaveText(['erstens', 'zweitens'])
  await expect(text.locator('strong')).toHaveText('fett')
  await expect(text.locator('em')).toHaveText('kursiv')
  await expect(ruth.getByRole('navigation', { name: 'Auf dieser Seite' })).toContainText(
    'Zweite Ebene',
  )
  await expectSaved(ruth)
  const markdown = await exported(server, 'ruth.weidner', id)
  for (const line of [
    '# Überschrift',
    '## Zweite Ebene',
    '- eins\n- zwei',
    '1. erstens\n2. zweitens',
    'Das ist **fett** und *kursiv* gesetzt.',
  ]) {
    expect(markdown).toContain(line)
  }
  await ruth.context().close()
})

test('the keys of the keyboard overview work', async ({ browser }) => {
  const { ruth } = await emptyPage(browser)
  await ruth.keyboard.type('Ein Wort')
  await ruth.keyboard.press('Shift+Control+ArrowLeft')
  await caretSettled(ruth)
  await ruth.keyboard.press('Control+b')
  await expect(textOf(ruth).locator('strong')).toHaveText('Wort')
  // A link to an address outside, without the mouse.
  await ruth.keyboard.press('Control+k')
  await expect(ruth.getByLabel('Adresse')).toBeFocused()
  await ruth.keyboard.type('https://denkraum.example/seite')
  await ruth.keyboard.press('Enter')
  await expect(textOf(ruth).locator('a[href="https://denkraum.example/seite"]')).toHaveText('Wort')
  await expect(textOf(ruth)).toBeFocused()
  // The toolbar over the selection, and back.
  const toolbar = ruth.getByRole('toolbar', { name: 'Text gestalten' })
  await ruth.keyboard.press('Control+i')
  await expect(textOf(ruth).locator('em')).toHaveText('Wort')
  await ruth.keyboard.press('Alt+F10')
  await expect(toolbar.getByRole('button').first()).toBeFocused()
  await ruth.keyboard.press('Escape')
  await expect(textOf(ruth)).toBeFocused()
  // Blocks, by digits whatever the layout puts on them.
  await ruth.keyboard.press('End')
  await caretSettled(ruth)
  await ruth.keyboard.press('Control+Alt+Digit2')
  await expect(textOf(ruth).locator('h3')).toHaveText('Ein Wort')
  await ruth.keyboard.press('Control+Alt+Digit0')
  await ruth.keyboard.press('Control+Shift+Digit8')
  await ruth.keyboard.press('Enter')
  await ruth.keyboard.insertText('zweitens')
  await ruth.keyboard.press('Tab')
  await expect(textOf(ruth).locator('ul ul > li')).toHaveText('zweitens')
  await ruth.keyboard.press('Shift+Tab')
  await ruth.keyboard.press('Control+Shift+Digit7')
  await expect(textOf(ruth).locator('ol > li')).toHaveText(['Ein Wort', 'zweitens'])
  await ruth.keyboard.press('Alt+Shift+ArrowUp')
  await expect(textOf(ruth).locator('ol > li')).toHaveText(['zweitens', 'Ein Wort'])
  await ruth.keyboard.press('Alt+Shift+ArrowDown')
  await expect(textOf(ruth).locator('ol > li')).toHaveText(['Ein Wort', 'zweitens'])
  await ruth.context().close()
})

test('the overview of the keys opens from anywhere', async ({ browser }) => {
  const { ruth } = await emptyPage(browser)
  const overview = ruth.getByRole('dialog', { name: 'Tastenkürzel' })
  for (const key of ['F1', 'Control+/']) {
    await ruth.keyboard.press(key)
    await expect(overview).toBeVisible()
    await ruth.keyboard.press('Escape')
    await expect(overview).toBeHidden()
    await expect(textOf(ruth)).toBeFocused()
  }
  // A German keyboard has the slash on the 7. In the text that is the numbered list.
  const german = { key: '/', code: 'Digit7', keyCode: 55, ctrlKey: true, shiftKey: true }
  const press = (init: object): Promise<void> =>
    ruth.evaluate((keys) => {
      const event = new KeyboardEvent('keydown', { ...keys, bubbles: true, cancelable: true })
      document.activeElement?.dispatchEvent(event)
    }, init)
  await press(german)
  await expect(textOf(ruth).locator('ol')).toHaveCount(1)
  await expect(overview).toBeHidden()
  for (const init of [german, { key: 'F1', code: 'F1' }]) {
    await titleOf(ruth).focus()
    await press(init)
    await expect(overview).toBeVisible()
    await ruth.keyboard.press('Escape')
    await expect(overview).toBeHidden()
    await expect(titleOf(ruth)).toBeFocused()
  }
  await ruth.getByRole('link', { name: 'Meine Entwürfe' }).click()
  await expect(ruth.getByRole('heading', { level: 1 })).toBeFocused()
  await ruth.keyboard.press('Control+/')
  await expect(overview.getByRole('rowheader', { name: 'Überall' })).toBeVisible()
  await ruth.keyboard.press('Escape')
  await expect(overview).toBeHidden()
  await ruth.context().close()
})

test('undo takes back what one wrote oneself and leaves what the other wrote', async ({
  browser,
}) => {
  const id = await createPage(server, 'ruth.weidner', { title: 'Zu zweit', markdown: 'Anfang.' })
  const ruth = await windowOf(browser, server, 'ruth.weidner')
  const deniz = await windowOf(browser, server, 'deniz.aksoy')
  await openToWrite(ruth, `${server.url}/seiten/${id}`)
  await openToWrite(deniz, `${server.url}/seiten/${id}`)
  await caretAtEndOf(ruth, 'Anfang')
  // At once: on a busy machine slow typing would become several steps of undo.
  await ruth.keyboard.insertText(' Von Ruth.')
  await expect(textOf(deniz)).toHaveText('Anfang. Von Ruth.')
  await caretAtEndOf(deniz, 'Anfang')
  await deniz.keyboard.press('Home')
  await caretSettled(deniz)
  await deniz.keyboard.insertText('Von Deniz. ')
  await expect(textOf(ruth)).toHaveText('Von Deniz. Anfang. Von Ruth.')

  await ruth.keyboard.press('Control+z')
  await expect(textOf(ruth)).toHaveText('Von Deniz. Anfang.')
  await expect(textOf(deniz)).toHaveText('Von Deniz. Anfang.')
  // There is nothing more of Ruth's; Deniz's words stay.
  await ruth.keyboard.press('Control+z')
  await ruth.keyboard.press('Control+z')
  await expect(textOf(ruth)).toHaveText('Von Deniz. Anfang.')
  await ruth.keyboard.press('Control+y')
  await expect(textOf(deniz)).toHaveText('Von Deniz. Anfang. Von Ruth.')
  await deniz.keyboard.press('Control+z')
  await expect(textOf(ruth)).toHaveText('Anfang. Von Ruth.')
  await expectSaved(ruth)
  await expectSaved(deniz)
  expect(await exported(server, 'ruth.weidner', id)).toContain('Anfang. Von Ruth.')
  await ruth.context().close()
  await deniz.context().close()
})

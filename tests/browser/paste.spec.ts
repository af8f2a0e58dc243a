/** What other programs put on the clipboard comes in clean, and is kept so. */
import { expect, test } from '@playwright/test'
import * as samples from '../../web/src/editor/paste-samples.js'
import { caretSettled, expectSaved, exported, textOf } from './people.js'
import { Server } from './server.js'
import { openAlone, PEOPLE } from './writing.js'

let server: Server
test.beforeAll(async () => {
  server = await Server.start()
})
test.afterAll(async () => {
  await server.dispose()
})

/** What is pasted, what is seen of it, and what is kept; the shape of each is in its unit test. */
const PASTED = [
  {
    program: 'Word, lists',
    html: samples.WORD_LISTS,
    shown: [
      ['h2', ['Auftakt']],
      ['ul > li > ul > li', ['im Elterncafé']],
      ['ol[start="3"] > li', ['Termin finden', 'Einladen']],
      ['strong', ['viel']],
    ],
    kept: [
      '# Auftakt',
      'Wir haben **viel** vor:',
      '- Familien fragen',
      '3. Termin finden',
      'Danke.',
    ],
  },
  {
    program: 'Word, a table',
    html: samples.WORD_TABLE,
    shown: [['td', ['Angebote', 'Kita', 'offen']]],
    kept: ['<td colspan="2">'],
  },
  {
    program: 'Word, a footnote',
    html: samples.WORD_FOOTNOTE,
    shown: [['sup.footnote', ['1']]],
    kept: ['Jedes fünfte Kind[^1] ist betroffen.', '[^1]: Eigene Zählung, 2023.'],
  },
  {
    program: 'Excel',
    html: samples.EXCEL,
    shown: [['td', ['Bezirk', 'Anzahl', 'Mitte', '12']]],
    kept: ['Bezirk', 'Mitte', '12'],
  },
  {
    program: 'Outlook',
    html: samples.OUTLOOK,
    shown: [
      ['strong', ['Von:', 'Betreff:']],
      ['a', ['Kalender']],
    ],
    kept: [
      'Guten Tag,',
      'der Termin steht: [Kalender](https://example.org/termin)',
      'Wann treffen wir uns?',
    ],
  },
  {
    program: 'a web page',
    html: samples.WEB_PAGE,
    shown: [
      ['h2', ['Familienbüro']],
      ['ul > li', ['Dienstag', 'Freitag']],
      ['a', ['hier']],
    ],
    kept: [
      '# Familienbüro',
      'Öffnungszeiten: [hier](https://example.org/)',
      '- Freitag',
      'Schluss',
    ],
  },
] as const

test('what Word, Excel, Outlook and web pages put on the clipboard comes in clean', async ({
  browser,
}) => {
  const { id, page } = await openAlone(server, browser)
  const asked: string[] = []
  page.on('request', (request) => {
    const address = request.url()
    if (/^https?:/.test(address) && !address.startsWith(server.url)) asked.push(address)
  })
  await textOf(page).click()
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => /paste-/.test(name)),
  )
  for (const { program, html, shown, kept } of PASTED) {
    await test.step(program, async () => {
      await page.keyboard.press('Control+a')
      await page.keyboard.press('Delete')
      await expect(textOf(page)).toHaveText('')
      await caretSettled(page)
      await textOf(page).evaluate((text, pasted) => {
        const data = new DataTransfer()
        data.setData('text/html', pasted)
        text.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        )
      }, html)
      for (const [selector, words] of shown) {
        await expect(textOf(page).locator(selector)).toHaveText([...words])
      }
      const foreign = textOf(page).locator(
        'script, style, img:not(.ProseMirror-separator), [class*="Mso"], [style*="mso-"], [onclick]',
      )
      await expect(foreign).toHaveCount(0)
      await expectSaved(page)
      const markdown = await exported(server, PEOPLE[0], id)
      for (const line of kept) expect(markdown).toContain(line)
      expect(markdown).not.toMatch(/Mso|style=|unsichtbar|pixel/)
    })
  }
  expect(asked).toEqual([])
  await page.context().close()
})

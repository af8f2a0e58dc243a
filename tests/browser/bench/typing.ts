/**
 * How long a key takes to be seen in a page of 30,000 words.
 *
 *   npm run bench:typing
 *
 * The time runs from the key event's own time stamp to the first task after the frame that shows it.
 */
import { expect, test } from '@playwright/test'
import { createPage, openToWrite, textOf, windowOf } from '../people.js'
import { Server } from '../server.js'

const WORDS = 30_000
const KEYS = 300
/** Pause between two keys, in milliseconds: a quick writer. */
const PAUSE = 70
/** The most that the 95th of 100 keys may take, in milliseconds. */
const MOST = 50

const vocabulary =
  'Kita Familie Bezirk Frühstück Beratung Elterncafé Zugang Armut Schule Kind Woche Team Anlaufstelle'.split(
    ' ',
  )

/** Headings, paragraphs, lists and quotes, as long pages have them. */
function longText(): string {
  const blocks: string[] = []
  let words = 0
  const take = (count: number): string => {
    const taken = Array.from({ length: count }, (_, at) => vocabulary[(words + at * 7) % 13] ?? '')
    words += count
    return taken.join(' ')
  }
  for (let block = 0; words < WORDS; block += 1) {
    if (block % 9 === 0) blocks.push(`## ${take(4)}`)
    else if (block % 9 === 4)
      blocks.push(Array.from({ length: 5 }, () => `- ${take(9)}`).join('\n'))
    else if (block % 9 === 7) blocks.push(`> ${take(30)}`)
    else blocks.push(`${take(35)} **${take(3)}** ${take(22)}.`)
  }
  return blocks.join('\n\n')
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

test('typing in a long page', async ({ browser }) => {
  test.setTimeout(240_000)
  const server = await Server.start()
  try {
    const id = await createPage(server, 'ruth.weidner', { title: 'Lang', markdown: longText() })
    const page = await windowOf(browser, server, 'ruth.weidner', {
      viewport: { width: 1280, height: 800 },
    })
    await openToWrite(page, `${server.url}/seiten/${id}`)
    const blocks = textOf(page).locator(':scope > p')
    const middle = blocks.nth(Math.floor((await blocks.count()) / 2))
    await middle.scrollIntoViewIfNeeded()
    await middle.click()
    await page.evaluate(() => {
      const times: number[] = []
      Object.assign(window, { times })
      const after = new MessageChannel()
      let began = 0
      after.port1.onmessage = () => times.push(performance.now() - began)
      document.addEventListener(
        'keydown',
        (event) => {
          const { timeStamp } = event
          requestAnimationFrame(() => {
            began = timeStamp
            after.port2.postMessage(null)
          })
        },
        true,
      )
    })
    const letters = 'Ein Satz mit Wörtern, wie man sie schreibt. '
    for (let key = 0; key < KEYS; key += 1) {
      const name = letters[key % letters.length] === ' ' ? 'Space' : 'e'
      await page.keyboard.press(name, { delay: PAUSE })
    }
    const times = await page.evaluate(() => (window as unknown as { times: number[] }).times)
    const sorted = [...times].sort((a, b) => a - b)
    const round = (time: number): number => Math.round(time * 10) / 10
    console.log(
      `keys ${times.length}, median ${round(at(sorted, 0.5))} ms, p95 ${round(at(sorted, 0.95))} ms, ` +
        `most ${round(at(sorted, 1))} ms`,
    )
    expect(times.length).toBeGreaterThanOrEqual(KEYS * 0.98)
    expect(at(sorted, 0.95)).toBeLessThan(MOST)
  } finally {
    await server.dispose()
  }
})

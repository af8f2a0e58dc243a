/** Answering the questions of a page: its fields, the rings in them, what is kept. */
import { type Browser, expect, type Locator, type Page } from '@playwright/test'
import { call, createPage, expectSaved, openToWrite, windowOf } from './people.js'
import type { Server } from './server.js'

/** The field with its question. */
export const field = (page: Page, name: string): Locator => page.locator(`#feld-${name}`)

/** What the server holds in the fields of a page. */
export async function answersOf(server: Server, id: string): Promise<Record<string, unknown>> {
  const response = await call(server, 'ruth.weidner', `/pages/${id}`)
  return ((await response.json()) as { fields: Record<string, unknown> }).fields
}

/** A new page of this kind, opened by two people. */
export async function formTogether(server: Server, browser: Browser, kind: string) {
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
export async function start(page: Page, name: string): Promise<void> {
  const opener = field(page, name).getByRole('button', { name: /Noch|Antwort ändern|Erste/ })
  await opener.click()
}

/** The other one's ring is around the field: in their colour, beside their initials. */
export async function expectRing(page: Page, name: string, initials: 'RW' | 'DA'): Promise<void> {
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
export async function expectNoRing(page: Page, name: string): Promise<void> {
  await expect(field(page, name)).not.toHaveClass(/\boccupied\b/)
  await expect(field(page, name).locator('.others')).toHaveCount(0)
}

/** What both see in the end and the server holds, whoever's answer it is. */
export async function agreement(
  server: Server,
  { id, ruth, deniz }: { id: string; ruth: Page; deniz: Page },
  name: string,
  expectShown: (page: Page, value: string) => Promise<void>,
): Promise<unknown> {
  let value: unknown
  await expect(async () => {
    value = (await answersOf(server, id))[name]
    for (const page of [ruth, deniz]) await expectShown(page, String(value))
  }).toPass({ timeout: 10_000 })
  for (const page of [ruth, deniz]) await expectSaved(page)
  return value
}

/** Looks for a page in a field that is open, until the best offer is that page. */
export async function find(page: Page, name: string, title: string): Promise<void> {
  const finder = field(page, name).getByRole('combobox')
  await finder.fill(title)
  const best = field(page, name).getByRole('option').first()
  await expect(best).toHaveText(new RegExp(`^${title}`))
  await expect(best).toHaveAttribute('aria-selected', 'true')
}

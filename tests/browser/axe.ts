/** What axe finds on a screen, light and dark, and whether the screen fits its window. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type { AxeResults, ElementContext, RunOptions } from 'axe-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
/** The rules that depend on the colours; for the others the dark screen is the light one. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']
/** Style sheets are not read again: only a rule that we do not ask wants their text. */
const OPTIONS: RunOptions = { resultTypes: ['violations'], preload: false }

/** What axe adds to a window. */
interface WithAxe {
  axe?: { run: (context: ElementContext, options: RunOptions) => Promise<AxeResults> }
}

/** What axe finds, one line each; `within` leaves out what was looked at before. */
export async function violations(
  page: Page,
  rules: 'all' | 'colours' = 'all',
  within?: string,
): Promise<string[]> {
  // Reading axe takes a screen longer than asking it for the colours.
  const isThere = await page.evaluate(() => (globalThis as WithAxe).axe !== undefined)
  if (!isThere) await page.evaluate(AXE)
  // A colour on its way from one scheme to the other is none that anybody reads.
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map(({ finished }) => finished)),
  )
  const runOnly: RunOptions['runOnly'] =
    rules === 'all' ? { type: 'tag', values: TAGS } : { type: 'rule', values: COLOUR_RULES }
  return page.evaluate(
    async ({ context, options }) => {
      const { axe } = globalThis as WithAxe
      if (!axe) throw new Error('axe is not there')
      const { violations: found } = await axe.run(context ?? document, options)
      return found.map(({ id, help, nodes }) => {
        const where = nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`)
        return `${id}: ${help} (${where.join(' | ')})`
      })
    },
    { context: within, options: { ...OPTIONS, runOnly } },
  )
}

/** Looks at what is shown, light and dark. */
export async function expectNothingFound(page: Page, what = '', within?: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' })
  expect.soft(await violations(page, 'all', within), `${what} light`).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect.soft(await violations(page, 'colours', within), `${what} dark`).toEqual([])
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect.soft(wider, `${what} wider than the window`).toBeLessThanOrEqual(0)
}

/** A window of an office and one of a telephone, in pixels. */
export const VIEWPORTS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const

/** The same in a wide and in a narrow window, where opening everything twice would show no more. */
export async function expectNothingFoundAtAnyWidth(
  page: Page,
  what = '',
  within?: string,
): Promise<void> {
  for (const viewport of VIEWPORTS) {
    await page.setViewportSize(viewport)
    await expectNothingFound(page, `${what} at ${viewport.width} pixels`, within)
  }
}

/** Every screen of the application, and how a person gets there. */
import { expect, type Page } from '@playwright/test'
import { readyToWrite } from './people.js'

/** Pages of the demonstration content. */
export const PAGES = {
  /** A page of another district with fields, links and backlinks: Deniz reads it. */
  toRead: '01h8eeztt0vmh89mjqkb59b7cm',
  /** A page of Lichtenberg: Deniz writes it. */
  toWrite: '01ha9vqt0046b195eztn770qz4',
  /** A draft of somebody in Lichtenberg. */
  draft: '01hesjwn807xhk7dwp6ntrgv06',
} as const

export interface Screen {
  name: string
  path: string
  /** Who sees it, where not everybody does. */
  login?: string
  /** What is done after the address was opened, until the screen is complete. */
  show: (page: Page) => Promise<void>
}

const heading = async (page: Page): Promise<void> => {
  await expect(page.locator('main h1').first()).toBeAttached()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

/** Whether nothing is opened on the screen, so that a narrower window shows the same. */
export const isStill = ({ show }: Screen): boolean => show === heading

/** The button "Neu": in the rail where it is wide, in the tabs below where it is narrow. */
export const newButton = (page: Page) =>
  page.getByRole('button', { name: 'Neu', exact: true }).filter({ visible: true })

/** Screens that need no session. */
export const openScreens: readonly Screen[] = [
  { name: 'sign-in', path: '/anmelden', show: heading },
  {
    name: 'statement on accessibility without a session',
    path: '/barrierefreiheit',
    show: heading,
  },
]

/** Screens for whoever is signed in. */
export const screens: readonly Screen[] = [
  {
    name: 'start',
    path: '/',
    async show(page) {
      await heading(page)
      await expect(page.locator('ul.rule li').first()).toBeVisible()
    },
  },
  { name: 'spaces', path: '/raeume', show: heading },
  { name: 'import', path: '/importieren', show: heading },
  { name: 'all changes', path: '/aenderungen', show: heading },
  { name: 'own drafts', path: '/entwuerfe', show: heading },
  {
    name: 'space',
    path: '/raeume/pankow',
    async show(page) {
      await heading(page)
      await expect(page.getByRole('heading', { name: 'Strategie in fünf Schritten' })).toBeVisible()
    },
  },
  { name: 'empty list', path: '/raeume/reinickendorf?seitenart=impulse', show: heading },
  { name: 'shared space', path: '/raeume/berlin', show: heading },
  { name: 'pages of a kind', path: '/raeume/pankow?seitenart=offer', show: heading },
  { name: 'archive of a space', path: '/raeume/pankow?archiv', show: heading },
  {
    name: 'page in reading',
    path: `/seiten/${PAGES.toRead}`,
    async show(page) {
      await heading(page)
      await expect(page.locator('.saved')).toHaveAttribute('data-state', 'reading')
    },
  },
  {
    name: 'page in editing',
    path: `/seiten/${PAGES.toWrite}`,
    async show(page) {
      await readyToWrite(page)
      await page.locator('.ProseMirror p').first().selectText()
      await page.locator('.ProseMirror').focus()
      await expect(page.getByRole('toolbar', { name: 'Text gestalten' })).toBeVisible()
    },
  },
  { name: 'search before a question', path: '/suche', show: heading },
  {
    name: 'search with hits',
    path: '/suche?q=Familien',
    async show(page) {
      await expect(page.locator('.hits mark').first()).toBeVisible()
    },
  },
  {
    name: 'search without hits',
    path: '/suche?q=xyzzyquux',
    async show(page) {
      await expect(page.getByText('Nichts gefunden zu „xyzzyquux“')).toBeVisible()
    },
  },
  {
    name: 'palette',
    path: '/',
    async show(page) {
      await heading(page)
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').fill('Familien')
      await expect(page.getByRole('option', { selected: true })).toBeVisible()
    },
  },
  {
    name: 'menu for something new',
    path: '/raeume',
    async show(page) {
      await heading(page)
      await newButton(page).click()
      await expect(page.getByRole('menu', { name: 'Was möchten Sie anlegen?' })).toBeVisible()
    },
  },
  {
    name: 'dialog for a new page',
    path: '/raeume',
    async show(page) {
      await heading(page)
      await newButton(page).click()
      await page.getByRole('menuitem').first().click()
      await expect(page.getByRole('dialog', { name: 'Neue Seite' })).toBeVisible()
    },
  },
  {
    name: 'account',
    path: '/raeume',
    async show(page) {
      await heading(page)
      await page.locator('[popovertarget="account-panel"]').filter({ visible: true }).click()
      await expect(page.getByRole('dialog', { name: 'Ihr Konto' })).toBeVisible()
    },
  },
  { name: 'statement on accessibility', path: '/barrierefreiheit', show: heading },
  {
    name: 'words of the search',
    path: '/verwaltung/suche',
    login: 'alex.morgenroth',
    async show(page) {
      await heading(page)
      await expect(page.getByRole('textbox', { name: 'Synonyme und Abkürzungen' })).toBeVisible()
    },
  },
  { name: 'unknown address', path: '/gibt/es/nicht', show: heading },
  {
    name: 'page that is not visible',
    path: '/seiten/00000000000000000000000000',
    show: heading,
  },
]

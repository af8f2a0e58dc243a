/**
 * The addresses of the application and what they mean.
 *
 * Pure: from an address to a route and back. The router (router.svelte.ts) does the rest.
 */

export type Route =
  | { name: 'start' }
  | { name: 'sign-in' }
  | { name: 'set-up' }
  | { name: 'accessibility' }
  | { name: 'spaces' }
  | { name: 'space'; space: string }
  | { name: 'page'; id: string; slug: string }
  | { name: 'search' }
  | { name: 'changes' }
  | { name: 'drafts' }
  | { name: 'import' }
  | { name: 'search-words' }
  | { name: 'not-found' }

/** A page id as the server writes it: a ULID in lower case. */
const pageId = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/
const slugName = /^[a-z][a-z0-9_-]{0,63}$/

/** Screens whose address has one part. */
const alone = {
  anmelden: 'sign-in',
  einrichten: 'set-up',
  barrierefreiheit: 'accessibility',
  suche: 'search',
  aenderungen: 'changes',
  entwuerfe: 'drafts',
  importieren: 'import',
} as const
const isAlone = (first: string): first is keyof typeof alone => Object.hasOwn(alone, first)

/** Finds the route of a path such as `/raeume/pankow`; an address nobody knows is `not-found`. */
export function matchRoute(pathname: string): Route {
  const [first = '', second, third, ...rest] = pathname.split('/').slice(1)
  if (rest.some((part) => part !== '')) return { name: 'not-found' }
  if (isAlone(first)) return { name: second ? 'not-found' : alone[first] }
  switch (first) {
    case '':
      return second === undefined ? { name: 'start' } : { name: 'not-found' }
    case 'verwaltung':
      return second === 'suche' && !third ? { name: 'search-words' } : { name: 'not-found' }
    case 'raeume':
      if (!second) return { name: 'spaces' }
      return slugName.test(second) && !third
        ? { name: 'space', space: second }
        : { name: 'not-found' }
    case 'seiten':
      return second !== undefined && pageId.test(second)
        ? { name: 'page', id: second, slug: third ?? '' }
        : { name: 'not-found' }
    default:
      return { name: 'not-found' }
  }
}

/** Same place: a change of only the query or the slug does not mount the screen again. */
export function routeKey(route: Route): string {
  if (route.name === 'page') return `page ${route.id}`
  if (route.name === 'space') return `space ${route.space}`
  return route.name
}

export const startHref = '/'
export const accessibilityHref = '/barrierefreiheit'
export const spacesHref = '/raeume'
export const changesHref = '/aenderungen'
export const draftsHref = '/entwuerfe'
export const importHref = '/importieren'
export const searchWordsHref = '/verwaltung/suche'
export const spaceHref = (space: string): string => `/raeume/${space}`
export const pageHref = (id: string, title: string): string => {
  const slug = slugOf(title)
  return slug === '' ? `/seiten/${id}` : `/seiten/${id}/${slug}`
}

/** The address of the sign-in screen that leads back to `after`. */
export function signInHref(after: string): string {
  const back = backTarget(after)
  return back === startHref ? '/anmelden' : `/anmelden?weiter=${encodeURIComponent(back)}`
}

/**
 * Where to go after signing in. Only a path of this application is followed, so that a link to the
 * sign-in screen cannot lead to a foreign site.
 */
export function backTarget(raw: string | null): string {
  if (raw === null || !raw.startsWith('/') || /^\/[/\\]/.test(raw) || /[\\\p{Cc}]/u.test(raw)) {
    return startHref
  }
  return /^\/(?:anmelden|einrichten)/.test(raw) ? startHref : raw
}

const folded: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }

/** A readable part of an address: lower-case words with hyphens, at most 80 characters. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => folded[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '')
}

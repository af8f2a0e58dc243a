/** Page ids: 26 characters of Crockford's Base32 in lower case (a ULID). */
const PAGE_ID = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/

/** Whether `value` has the form of a page id. */
export function isPageId(value: unknown): value is string {
  return typeof value === 'string' && PAGE_ID.test(value)
}

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'

/** A new page id: the time, then random signs. */
export function newPageId(now = Date.now()): string {
  const time = Array.from({ length: 10 }, (_, index) => Math.floor(now / 32 ** (9 - index)) % 32)
  const random = crypto.getRandomValues(new Uint8Array(16))
  return [...time, ...random].map((sign) => DIGITS.charAt(sign % 32)).join('')
}

const PAGE_PATH = /^\/seiten\/([0-9a-z]{26})(?:\/|$)/

/** The page id in the path of a page's address (`/seiten/{id}/{slug}`), or null. */
export function pageIdOfPath(path: string): string | null {
  const id = PAGE_PATH.exec(path)?.[1]
  return isPageId(id) ? id : null
}

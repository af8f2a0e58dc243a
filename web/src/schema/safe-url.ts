/**
 * The one gate for addresses in a text. The schema file names the allowed schemes; everything else
 * (`javascript:`, `data:`, relative addresses, unknown schemes) is refused.
 */
import pageSchema from '../../../data/schema/page.json'

const SCHEMES: readonly string[] = pageSchema.href_schemes
const MAX_LENGTH = pageSchema.marks.link.attributes.href.max

// Browsers drop tab and line breaks anywhere in an address and controls and spaces at both ends
// before they read the scheme; an address that needs this to look harmless is refused instead.
const CONTROL_OR_SPACE =
  /[\p{Cc}\u0020\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]/u

/** Returns the address if it may stand in a link, else null. Nothing but outer spaces is changed. */
export function safeUrl(raw: unknown): string | null {
  if (typeof raw !== 'string') return null
  const address = raw.trim()
  if (address.length === 0 || address.length > MAX_LENGTH || CONTROL_OR_SPACE.test(address))
    return null
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase()
  if (scheme === undefined || !SCHEMES.includes(scheme)) return null
  if (!URL.canParse(address)) return null
  return new URL(address).protocol === `${scheme}:` ? address : null
}

/**
 * What a person typed into the link field, as an address: `www.berlin.de` becomes
 * `https://www.berlin.de`, `name@berlin.de` becomes `mailto:name@berlin.de`. Null if it is none.
 */
export function completeUrl(typed: string): string | null {
  const text = typed.trim()
  const direct = safeUrl(text)
  if (direct !== null) return direct
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return safeUrl(`mailto:${text}`)
  if (/^[^\s/:@]+\.[^\s/:@]{2,}(:\d+)?([/?#]\S*)?$/.test(text)) return safeUrl(`https://${text}`)
  return null
}

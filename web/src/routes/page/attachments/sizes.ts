/** How large a file is, as people say it: "812 KB", "2,4 MB". */
import type { Language } from '../../../i18n/i18n.svelte'

const step = 1024
const units = ['B', 'KB', 'MB', 'GB']

export function sizeText(bytes: number, language: Language): string {
  let size = bytes
  let unit = 0
  while (size >= step && unit < units.length - 1) {
    size /= step
    unit += 1
  }
  const digits = unit > 1 && size < 10 ? 1 : 0
  const number = new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    maximumFractionDigits: digits,
  })
  return `${number.format(size)} ${units[unit] ?? ''}`
}

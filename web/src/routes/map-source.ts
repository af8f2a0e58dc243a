/** The source line that stands wherever the map is shown. */
import type { Language } from '../i18n/i18n.svelte'

const words: Record<Language, { text: string; after: string }> = {
  de: { text: 'Karte: Geoportal Berlin / ALKIS Berlin (Bezirke)', after: 'vereinfacht' },
  en: { text: 'Map: Geoportal Berlin / ALKIS Berlin (Bezirke)', after: 'simplified' },
}

export function mapSource(language: Language) {
  return {
    ...words[language],
    licence: 'dl-de/by-2-0',
    href: 'https://www.govdata.de/dl-de/by-2-0',
  }
}

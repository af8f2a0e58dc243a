/** Linking pages from a page: which are suggested, how they look, and one that is made for the link. */
import type { Api } from '../../api/client'
import type { PageOption } from '../../editor/picker'
import { firstWish } from '../../state/new-page.svelte'
import type { Page } from '../../state/open-page.svelte'
import { kindLook, placeName, type Words } from '../present'

/** What the editor and the fields of this page need to link other pages. */
export function linkingFrom(page: Pick<Page, 'id' | 'space'>, api: Api, words: Words) {
  const { me, catalogue } = words.session
  return {
    async suggest(query: string, signal: AbortSignal): Promise<readonly PageOption[]> {
      const outcome = await api.suggest(query, signal)
      return outcome.kind === 'ok' ? outcome.value.items.filter(({ id }) => id !== page.id) : []
    },
    async create(title: string): Promise<PageOption | null> {
      // Beside this page if one may write there, else at home.
      const wish = firstWish(me, catalogue, { title, kind: 'page', space: page.space })
      const outcome = await api.createPage(wish)
      return outcome.kind === 'ok' ? outcome.value : null
    },
    describe(option: PageOption): { text: string; hue: number | null; icon: string } {
      const kind = kindLook(option.kind, words)
      const text = `${kind.label} · ${placeName(option.space, words)}`
      return { text, hue: kind.hue, icon: kind.icon }
    },
  }
}

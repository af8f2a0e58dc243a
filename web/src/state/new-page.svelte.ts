/** Creating a page: which spaces are offered, and how far it is. */
import type { Api } from '../api/client'
import type { Problem } from '../api/outcome'
import type { Catalogue, Me, Page, Space } from '../api/types'
import type { NewPageWish } from './commands.svelte'

export type NewPageStatus =
  { kind: 'editing' } | { kind: 'sending' } | { kind: 'failed'; problem: Problem }

/** The spaces to choose from, as the server allows them, the person's own first. */
export function spacesToWriteIn(me: Me, catalogue: Catalogue): Space[] {
  const open = catalogue.spaces.filter((space) => me.writes_in.includes(space.id))
  return [...open].sort((a, b) => Number(b.id === me.home) - Number(a.id === me.home))
}

/** What the dialog starts with where nothing was chosen yet. */
export function firstWish(me: Me, catalogue: Catalogue, wish: Partial<NewPageWish>): NewPageWish {
  const spaces = spacesToWriteIn(me, catalogue)
  const space = spaces.find((s) => s.id === wish.space) ?? spaces[0]
  const kind = catalogue.kinds.find((k) => k.id === wish.kind) ?? catalogue.kinds[0]
  return { title: wish.title ?? '', kind: kind?.id ?? '', space: space?.id ?? '' }
}

export class NewPageState {
  #api: Api
  #status = $state.raw<NewPageStatus>({ kind: 'editing' })

  constructor(api: Api) {
    this.#api = api
  }

  get status(): NewPageStatus {
    return this.#status
  }

  /** Creates the page; gives it, or null where that did not work. */
  async create(wish: NewPageWish & { empty?: boolean }): Promise<Page | null> {
    this.#status = { kind: 'sending' }
    const { title, kind, space, empty } = wish
    // Without a text of its own the page starts with the questions of its kind.
    const page = { title, kind, space, ...(empty ? { markdown: '' } : {}) }
    const outcome = await this.#api.createPage(page)
    if (outcome.kind === 'ok') {
      this.#status = { kind: 'editing' }
      return outcome.value
    }
    this.#status = { kind: 'failed', problem: outcome.problem }
    return null
  }
}

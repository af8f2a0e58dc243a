/** Making a page of a passage: the choices, the call, and the origin that the new page names. */
import type { Api } from '../../api/client'
import type { Making } from '../../editor/making'
import { newPageId } from '../../schema/page-id'
import { pageHref } from '../../state/address'
import { firstWish, spacesToWriteIn } from '../../state/new-page.svelte'
import type { Page } from '../../state/open-page.svelte'
import { kindChoice, type Words } from '../present'

/** What was asked for last: a call that is repeated because no answer came makes no second page. */
let last = { wish: '', id: '' }

/** What the editor of this page needs to make pages of its passages. */
export function makingFrom(page: Page, api: Api, { session, i18n }: Words): Making {
  const { kind, space } = firstWish(session.me, session.catalogue, {
    kind: 'page',
    space: page.space,
  })
  return {
    // The passage stands instead of the questions that a page of the kind begins with.
    kinds: session.catalogue.kinds.map((one) => ({ ...kindChoice(one, i18n), questions: [] })),
    spaces: spacesToWriteIn(session.me, session.catalogue),
    first: { kind, space },
    hrefOf: ({ id, title }) => pageHref(id, title),
    async create(made) {
      const wish = JSON.stringify(made)
      if (wish !== last.wish) last = { wish, id: newPageId() }
      const { id } = last
      const outcome = await api.createPage({ ...made, id, emerged_from: page.id })
      if (outcome.kind === 'ok') return { kind: 'ok', page: outcome.value }
      const { problem } = outcome
      const isThere = problem.kind === 'refused' && problem.field === 'id'
      const found = isThere ? await api.page(id) : outcome
      return found.kind === 'ok' ? { kind: 'ok', page: found.value } : { kind: 'problem', problem }
    },
  }
}

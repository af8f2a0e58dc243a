/**
 * What this person wrote on one page and lost, because somebody else changed its block at the same
 * time: the server keeps it until they have decided.
 */
import type * as Y from 'yjs'

import type { Api } from '../api/client'
import type { Problem } from '../api/outcome'
import type { LostText } from '../api/types'
import { putBack } from '../sync/put-back'

export type { LostText } from '../api/types'

export class LostTexts {
  readonly #api: Pick<Api, 'lostTexts' | 'letGoOfLostText'>
  readonly #page: string
  #items = $state.raw<readonly LostText[]>([])

  constructor(api: Pick<Api, 'lostTexts' | 'letGoOfLostText'>, page: string) {
    this.#api = api
    this.#page = page
  }

  /** What waits for a decision, oldest first. */
  get items(): readonly LostText[] {
    return this.#items
  }

  /** Asks the server what it keeps. What cannot be had now is asked for another time. */
  async load(): Promise<void> {
    const outcome = await this.#api.lostTexts(this.#page)
    if (outcome.kind === 'ok') this.#items = outcome.value.items
  }

  /** Writes it into the page again, as one step to undo; says whether its place was found. */
  takeOver(item: LostText, doc: Y.Doc, undo?: Y.UndoManager): boolean {
    undo?.addTrackedOrigin(this)
    const found = putBack(doc, item, this)
    // Should the server not hear of it, it is offered once more: that is a look, not a loss.
    void this.letGo(item)
    return found
  }

  /** Is done with it; gives the problem where the server did not hear of it. */
  async letGo(item: LostText): Promise<Problem | null> {
    this.#items = this.#items.filter(({ id }) => id !== item.id)
    const outcome = await this.#api.letGoOfLostText(this.#page, item.id)
    return outcome.kind === 'problem' ? outcome.problem : null
  }
}

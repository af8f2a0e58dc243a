/** The address of a search, and which of its changes the way back undoes. */
import { Latest } from './debounce'
import type { Router } from './router.svelte'
import { searchHref, typingPause, type Question } from './search.svelte'

/** Letters change the address in place; each choice is a step, so that the way back undoes it. */
export class SearchAddress {
  #router: Pick<Router, 'go'>
  #pause: Latest

  constructor(router: Pick<Router, 'go'>, pause: Latest = new Latest()) {
    this.#router = router
    this.#pause = pause
  }

  /** What was typed does not stand in the address yet. */
  get waiting(): boolean {
    return this.#pause.waiting
  }

  /** What is typed stands there after a pause. */
  type(question: Question): void {
    this.#pause.ask(typingPause, async () => this.put(question))
  }

  /** Stands there at once, in place of what stood there. */
  put(question: Question): void {
    this.#pause.cancel()
    this.#router.go(searchHref(question), { replace: true })
  }

  /** A choice. The way back leads to all that was typed before it, even a moment ago. */
  step(from: Question, to: Question): void {
    if (this.waiting) this.put(from)
    // Who chooses in a filter further down goes on choosing there.
    this.#router.go(searchHref(to), { keepScroll: true })
  }

  stop(): void {
    this.#pause.cancel()
  }
}

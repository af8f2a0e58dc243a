/** The open list beside the caret: which sign opened it, what it offers, which option is active. */
import type { EditorView } from '@tiptap/pm/view'

import { blockOptions, inlineOptions, linkOptions, pickerKey, withOptions } from './picker'
import type { Option, PageOption, PickerState } from './picker'
import { dismissTrigger, type Trigger } from './trigger'

/** Suggestions are asked for when typing rests for so long, in milliseconds. */
const REST = 120

export interface MenuSources {
  blocks: () => readonly { block: string; label: string; words: string }[]
  suggest: (query: string, signal: AbortSignal) => Promise<readonly PageOption[]>
}

export class MenuState {
  readonly listId = 'editor-picker'
  readonly #sources: MenuSources
  #trigger = $state.raw<Trigger | null>(null)
  #picker = $state.raw<PickerState>({ options: [], active: 0 })
  #moved = false
  #asking = false
  #timer: ReturnType<typeof setTimeout> | null = null
  #abort: AbortController | null = null
  /** A page is being created. */
  busy = $state(false)
  /** Creating did not work. */
  failed = $state(false)

  constructor(sources: MenuSources) {
    this.#sources = sources
  }

  get trigger(): Trigger | null {
    return this.#trigger
  }
  get open(): boolean {
    // A slash with no block to offer is just a slash.
    return this.#trigger !== null && (this.#trigger.kind === 'page' || this.options.length > 0)
  }
  get options(): readonly Option[] {
    return this.#picker.options
  }
  get active(): number {
    return this.#picker.active
  }
  get activeId(): string | null {
    return this.options.length === 0 ? null : this.optionId(this.active)
  }
  optionId(index: number): string {
    return `${this.listId}-${index}`
  }

  /**
   * Better options may still come, and none was chosen by hand: Enter means what was typed, not the
   * offer that stands there until the answer comes.
   */
  get unsure(): boolean {
    return this.#asking && !this.#moved
  }

  /** Follows the sign at the caret. */
  follow(trigger: Trigger | null): void {
    const before = this.#trigger
    this.#trigger = trigger
    if (trigger === null) {
      this.stop()
      return
    }
    if (before?.kind === trigger.kind && before.query === trigger.query) {
      if (before.from === trigger.from) return
    }
    if (before === null || before.from !== trigger.from) {
      this.#moved = false
      this.failed = false
      this.#picker = { options: [], active: 0 }
    }
    if (trigger.kind === 'page') {
      this.#keepOnlyFitting(trigger.query)
      this.#plan(trigger.query)
    } else {
      const options = trigger.kind === 'block' ? blockOptions : inlineOptions
      this.#offer(options(trigger.query, this.#sources.blocks()))
    }
  }

  /** A key while the list is open; true if the list used it. */
  key(event: KeyboardEvent, choose: (index: number) => void, close: () => void): boolean {
    const action = this.open ? pickerKey(this.#picker, event) : null
    // While a page is being made, what is typed belongs to the text behind it.
    if (action === null || (this.busy && action.kind !== 'close')) return false
    if (action.kind === 'move') {
      this.#moved = true
      this.#picker = { ...this.#picker, active: action.active }
    } else if (action.kind === 'choose') choose(this.active)
    else close()
    return true
  }

  /** Makes an option active, as the pointer does. */
  point(index: number): void {
    this.#picker = { ...this.#picker, active: index }
  }

  /** Closes the list; the letters stay. */
  dismiss(view: EditorView): void {
    dismissTrigger(view)
    this.follow(null)
  }

  /** Forgets what was asked for. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#abort?.abort()
    this.#abort = null
    this.#asking = false
  }

  #offer(options: readonly Option[]): void {
    this.#picker = withOptions(this.#picker, options, this.#moved)
  }

  /** Until the answer comes, what was offered stays, with the new words in the offer to create. */
  #keepOnlyFitting(query: string): void {
    const pages = this.options.flatMap((option) => (option.kind === 'page' ? [option.page] : []))
    this.#offer(linkOptions(query, pages))
  }

  #plan(query: string): void {
    this.stop()
    const abort = new AbortController()
    this.#abort = abort
    this.#asking = true
    this.#timer = setTimeout(() => void this.#ask(query, abort.signal), REST)
  }

  async #ask(query: string, signal: AbortSignal): Promise<void> {
    const pages = await this.#sources.suggest(query, signal)
    if (signal.aborted) return
    this.#asking = false
    this.#offer(linkOptions(query, pages))
  }
}

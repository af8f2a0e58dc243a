/** What every part of a form needs; given once, by the form. */
import { createContext } from 'svelte'

import type { PageOption } from '../picker'
import type { Titles } from '../titles'
import type { Answers } from './answers'
import type { FieldWriter } from './writer'

export interface FormContext {
  /** The answers as they are now. */
  readonly answers: Answers
  /** Changes answers; null where nothing can be changed. */
  readonly writer: FieldWriter | null
  /** Whether answers may be changed as soon as the live text is here. */
  readonly editable: boolean
  readonly titles: Titles
  readonly now: Date
  suggest: (query: string, signal: AbortSignal) => Promise<readonly PageOption[]>
  describe: (page: PageOption) => { text: string }
}

export const [getForm, setForm] = createContext<FormContext>()

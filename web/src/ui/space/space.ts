/** What the page of a space shows, ready for the views. */

/** One fact of the head: a question with a short answer. */
export interface FactView {
  name: string
  question: string
  /** Empty where nobody has answered yet. */
  answer: string
  /** Instead of the answer, its entries where it has several. */
  entries: readonly string[]
  note: string
}

export interface StepView {
  field: string
  state: 'reached' | 'under-way' | 'open'
  /** The state in a word. */
  word: string
  title: string
  links: readonly { href: string; text: string }[]
}

export interface QuestionView {
  name: string
  question: string
  /** Empty where nobody has answered yet. */
  answer: string
}

export type CellView =
  | { kind: 'offers'; column: string; count: number; href: string; spoken: string }
  /** Nobody misses anything here. */
  | { kind: 'not-needed'; column: string }
  | { kind: 'gap'; column: string }

export interface MatrixView {
  /** What is to be seen, in one or two sentences. */
  caption: string
  /** The name of what stands in the rows. */
  corner: string
  columns: readonly { id: string; label: string }[]
  rows: readonly { id: string; label: string; cells: readonly CellView[] }[]
}

export interface MilestoneView {
  id: string
  href: string
  title: string
  first: string
  /** The day in words. */
  when: string
  text: string
  ahead: boolean
}

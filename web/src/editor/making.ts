/** What the editor needs to make a page of a passage: the choices, and who creates it. */
import type { KindChoice } from '../ui/frame/frame'
import type { ProblemView } from '../ui/problem'
import type { PageOption } from './picker'

/** A node of the text as the server takes it. */
export type BodyNode = Record<string, unknown>

export interface MadePage {
  title: string
  kind: string
  space: string
  body: BodyNode[]
}

export type Made = { kind: 'ok'; page: PageOption } | { kind: 'problem'; problem: ProblemView }

export interface Making {
  kinds: readonly KindChoice[]
  spaces: readonly { id: string; name: string }[]
  /** What is chosen at first. */
  first: { kind: string; space: string }
  /** Answers when the page is on the server's disk. */
  create: (page: MadePage) => Promise<Made>
  hrefOf: (page: PageOption) => string
}

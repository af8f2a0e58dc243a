/** What the German texts say about all texts; they are written first. */
import type { screens } from './de/screens'
import type { shell } from './de/shell'

type German = typeof shell & typeof screens

/** Every key with the kind of its text: a plain text, or a function of one value. */
export type Messages = { [K in keyof German]: Widened<German[K]> }
type Widened<T> = T extends (values: infer P) => string ? (values: P) => string : string

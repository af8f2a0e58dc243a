/** The German texts, one file per part of the interface. */
import { accessibility } from './de/accessibility'
import { fields } from './de/fields'
import { edit } from './de/edit'
import { formats } from './de/formats'
import { frame } from './de/frame'
import { page } from './de/page'
import { palette } from './de/palette'
import { search } from './de/search'
import { setup } from './de/setup'
import { signin } from './de/signin'
import { spaces } from './de/spaces'
import { start } from './de/start'
import { transfer } from './de/transfer'
import { words } from './de/words'

export const de = {
  ...accessibility,
  ...fields,
  ...edit,
  ...formats,
  ...frame,
  ...page,
  ...palette,
  ...search,
  ...setup,
  ...signin,
  ...spaces,
  ...start,
  ...transfer,
  ...words,
}

/** Every key with the kind of its text: a plain text, or a function of one value. */
export type Messages = { [K in keyof typeof de]: Widened<(typeof de)[K]> }
type Widened<T> = T extends (values: infer P) => string ? (values: P) => string : string

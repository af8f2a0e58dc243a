/** The English texts, one file per part of the interface. */
import { accessibility } from './en/accessibility'
import { fields } from './en/fields'
import { edit } from './en/edit'
import { formats } from './en/formats'
import { frame } from './en/frame'
import { page } from './en/page'
import { palette } from './en/palette'
import { search } from './en/search'
import { setup } from './en/setup'
import { signin } from './en/signin'
import { spaces } from './en/spaces'
import { start } from './en/start'
import { transfer } from './en/transfer'
import { words } from './en/words'
import type { Messages } from './de'

export const en: Messages = {
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

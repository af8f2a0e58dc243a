/** The English texts of the screens, one file per part of the interface; they come with the first screen. */
import { accessibility } from './accessibility'
import { attachments } from './attachments'
import { comments } from './comments'
import { edit } from './edit'
import { fields } from './fields'
import { page } from './page'
import { search } from './search'
import { setup } from './setup'
import { signin } from './signin'
import { spaces } from './spaces'
import { start } from './start'
import { transfer } from './transfer'
import { words } from './words'
import type { Messages } from '../messages'
import type { Shell } from '../de/shell'

export const screens: Omit<Messages, keyof Shell> = {
  ...accessibility,
  ...attachments,
  ...comments,
  ...edit,
  ...fields,
  ...page,
  ...search,
  ...setup,
  ...signin,
  ...spaces,
  ...start,
  ...transfer,
  ...words,
}

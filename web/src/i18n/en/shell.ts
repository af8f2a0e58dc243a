/** The English texts of what stands around every screen: they are needed before anything is shown. */
import { formats } from './formats'
import { frame } from './frame'
import { palette } from './palette'
import type { Messages } from '../messages'
import type { Shell } from '../de/shell'

export const shell: Pick<Messages, keyof Shell> = { ...formats, ...frame, ...palette }

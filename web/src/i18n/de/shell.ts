/** The German texts of what stands around every screen: they are needed before anything is shown. */
import { formats } from './formats'
import { frame } from './frame'
import { palette } from './palette'

export const shell = { ...formats, ...frame, ...palette }

export type Shell = typeof shell

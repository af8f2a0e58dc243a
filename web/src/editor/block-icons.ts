/** The icons of the blocks in menus and toolbars: outlines as in `data/icons.tsv`. */
import { isFrame, type FrameName } from '../schema/frames'
import type { Block } from './blocks'
import { FRAME_LOOKS } from './frame-looks'
import { OUTLINES } from './icons'

/** Those that stand in menus alone. */
export const MENU_OUTLINES = {
  asterisk: 'M12 5v14M18.065 8.496l-12.125 7M5.94 8.504l12.125 7',
  'heading-1': 'M4 12h8M4 18V6M12 18V6M17 12l3-2v8',
  'heading-2': 'M4 12h8M4 18V6M12 18V6M21 18h-4c0-4 4-3 4-6 0-1.5-2-2.5-4-1',
  'heading-3':
    'M4 12h8M4 18V6M12 18V6M17.5 10.5c1.7-1 3.5 0 3.5 1.5a2 2 0 0 1-2 2M17 17.5c2 1.5 4 .3 4-1.5a2 2 0 0 0-2-2',
  list: 'M3 5h.01M3 12h.01M3 19h.01M8 5h13M8 12h13M8 19h13',
  'list-ordered':
    'M11 5h10M11 12h10M11 19h10M4 4h1v5M4 9h2M6.5 20H3.4c0-1 2.6-1.925 2.6-3.5a1.5 1.5 0 0 0-2.6-1.02',
  'list-todo':
    'M13 5h8M13 12h8M13 19h8M3 17l2 2 4-4M 4 4 h 4a 1 1 0 0 1 1 1v 4a 1 1 0 0 1 -1 1h -4a 1 1 0 0 1 -1 -1v -4a 1 1 0 0 1 1 -1Z',
  minus: 'M5 12h14',
  pilcrow: 'M13 4v16M17 4v16M19 4H9.5a4.5 4.5 0 0 0 0 9H13',
  'square-code':
    'M10 9l-3 3 3 3M14 15l3-3-3-3M 5 3 h 14a 2 2 0 0 1 2 2v 14a 2 2 0 0 1 -2 2h -14a 2 2 0 0 1 -2 -2v -14a 2 2 0 0 1 2 -2Z',
  table:
    'M12 3v18M 5 3 h 14a 2 2 0 0 1 2 2v 14a 2 2 0 0 1 -2 2h -14a 2 2 0 0 1 -2 -2v -14a 2 2 0 0 1 2 -2ZM3 9h18M3 15h18',
  'text-quote': 'M17 5H3M21 12H8M21 19H8M3 12v7',
} as const

const ICONS: Record<Exclude<Block, FrameName>, keyof typeof MENU_OUTLINES | 'file-text'> = {
  paragraph: 'pilcrow',
  heading1: 'heading-1',
  heading2: 'heading-2',
  heading3: 'heading-3',
  bullets: 'list',
  numbers: 'list-ordered',
  tasks: 'list-todo',
  quote: 'text-quote',
  table: 'table',
  footnote: 'asterisk',
  code: 'square-code',
  rule: 'minus',
  page: 'file-text',
}

/** The outline of a block's icon. */
export function blockIcon(block: Block): string {
  const all = { ...OUTLINES, ...MENU_OUTLINES }
  return all[isFrame(block) ? FRAME_LOOKS[block].icon : ICONS[block]]
}

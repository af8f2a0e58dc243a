/**
 * The pictures of the blocks in the text: outlines as in `data/icons.tsv`, because a node view has no
 * components.
 */
export const OUTLINES = {
  info: 'M 2 12 a 10 10 0 1 0 20 0 a 10 10 0 1 0 -20 0ZM12 16v-4M12 8h.01',
  lightbulb:
    'M15 14c.2-1 .7-1.7 1.5-2.5 1-.9 1.5-2.2 1.5-3.5A6 6 0 0 0 6 8c0 1 .2 2.2 1.5 3.5.7.7 1.3 1.5 1.5 2.5M9 18h6M10 22h4',
  'circle-alert': 'M 2 12 a 10 10 0 1 0 20 0 a 10 10 0 1 0 -20 0ZM 12 8 L 12 12M 12 16 L 12.01 16',
  'triangle-alert':
    'M21.73 18l-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01',
  compass:
    'M 2 12 a 10 10 0 1 0 20 0 a 10 10 0 1 0 -20 0ZM16.24 7.76l-1.804 5.411a2 2 0 0 1-1.265 1.265L7.76 16.24l1.804-5.411a2 2 0 0 1 1.265-1.265z',
  'message-square-quote':
    'M14 14a2 2 0 0 0 2-2V8h-2M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2zM8 14a2 2 0 0 0 2-2V8H8',
  sparkles:
    'M11.017 2.814a1 1 0 0 1 1.966 0l1.051 5.558a2 2 0 0 0 1.594 1.594l5.558 1.051a1 1 0 0 1 0 1.966l-5.558 1.051a2 2 0 0 0-1.594 1.594l-1.051 5.558a1 1 0 0 1-1.966 0l-1.051-5.558a2 2 0 0 0-1.594-1.594l-5.558-1.051a1 1 0 0 1 0-1.966l5.558-1.051a2 2 0 0 0 1.594-1.594zM20 2v4M22 4h-4M 2 20 a 2 2 0 1 0 4 0 a 2 2 0 1 0 -4 0Z',
  handshake:
    'M11 17l2 2a1 1 0 1 0 3-3M14 14l2.5 2.5a1 1 0 1 0 3-3l-3.88-3.88a3 3 0 0 0-4.24 0l-.88.88a1 1 0 1 1-3-3l2.81-2.81a5.79 5.79 0 0 1 7.06-.87l.47.28a2 2 0 0 0 1.42.25L21 4M21 3l1 11h-2M3 3 2 14l6.5 6.5a1 1 0 1 0 3-3M3 4h8',
  'circle-question-mark':
    'M 2 12 a 10 10 0 1 0 20 0 a 10 10 0 1 0 -20 0ZM9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3M12 17h.01',
  'chevron-right': 'M9 18l6-6-6-6',
  code: 'M16 18l6-6-6-6M8 6l-6 6 6 6',
  'file-text':
    'M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2zM14 2v5a1 1 0 0 0 1 1h5M10 9H8M16 13H8M16 17H8',
  'list-collapse': 'M10 5h11M10 12h11M10 19h11M3 10l3-3-3-3M3 20l3-3-3-3',
  calendar:
    'M8 2v3M16 2v3M 5 3 h 14a 2 2 0 0 1 2 2v 14a 2 2 0 0 1 -2 2h -14a 2 2 0 0 1 -2 -2v -14a 2 2 0 0 1 2 -2ZM3 9h18',
  user: 'M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2M 8 7 a 4 4 0 1 0 8 0 a 4 4 0 1 0 -8 0Z',
} as const

export type IconName = keyof typeof OUTLINES

const SVG = 'http://www.w3.org/2000/svg'

/** The icon as an element, hidden from screen readers: the word beside it says the same. */
export function iconElement(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', 'i')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', OUTLINES[name])
  svg.append(path)
  return svg
}

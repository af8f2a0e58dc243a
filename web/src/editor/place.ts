/** Places what floats over the text, in the coordinates of the frame around the editor. */
import type { Editor } from '@tiptap/core'

const GAP = 6

/** Below the position, above it where there is no room below; never wider than the frame. */
export function placeBelow(
  panel: HTMLElement,
  frame: HTMLElement,
  editor: Editor,
  position: number,
): void {
  const outer = frame.getBoundingClientRect()
  const at = editor.view.coordsAtPos(Math.min(position, editor.state.doc.content.size))
  const room = floor() - at.bottom
  const above = room < panel.offsetHeight + GAP * 2 && at.top > panel.offsetHeight + GAP
  const top = above ? at.top - outer.top - panel.offsetHeight - GAP : at.bottom - outer.top + GAP
  move(panel, clamp(at.left - outer.left, outer.width - panel.offsetWidth), top)
}

/** Below the end of a range, at the left edge of the text. */
export function placeBehind(
  panel: HTMLElement,
  frame: HTMLElement,
  editor: Editor,
  end: number,
): void {
  const at = editor.view.coordsAtPos(Math.min(end, editor.state.doc.content.size), -1)
  move(panel, 0, at.bottom - frame.getBoundingClientRect().top + GAP)
}

/** Above the range, below it where there is no room above. */
export function placeAbove(
  panel: HTMLElement,
  frame: HTMLElement,
  editor: Editor,
  range: { from: number; to: number },
): void {
  const outer = frame.getBoundingClientRect()
  const start = editor.view.coordsAtPos(range.from)
  const end = editor.view.coordsAtPos(range.to)
  const fits = start.top - panel.offsetHeight - GAP > barHeight()
  const top = fits ? start.top - outer.top - panel.offsetHeight - GAP : end.bottom - outer.top + GAP
  move(panel, clamp(start.left - outer.left, outer.width - panel.offsetWidth), top)
}

/** Height of what sticks to the top of the window: the page's bar, on phones the frame's. */
function barHeight(): number {
  const stuck = [...document.querySelectorAll('[data-sticky]')]
    .filter((bar) => /^(?:sticky|fixed)$/.test(getComputedStyle(bar).position))
    .map((bar) => bar.getBoundingClientRect())
    .filter(({ height }) => height < window.innerHeight / 2)
  return Math.max(0, ...stuck.map(({ bottom }) => bottom))
}

/** Where the window ends for what floats: above the tabs of the frame, where there are any. */
function floor(): number {
  const tabs = document.querySelector('[data-floor]')?.getBoundingClientRect()
  return tabs !== undefined && tabs.height > 0 ? tabs.top : window.innerHeight
}

function clamp(left: number, room: number): number {
  return Math.max(0, Math.min(left, Math.max(0, room)))
}

function move(panel: HTMLElement, left: number, top: number): void {
  panel.style.setProperty('left', `${Math.round(left)}px`)
  panel.style.setProperty('top', `${Math.round(top)}px`)
}

/** Below an element of the text, above it where there is no room below. */
export function placeUnder(panel: HTMLElement, frame: HTMLElement, element: HTMLElement): void {
  const outer = frame.getBoundingClientRect()
  const at = element.getBoundingClientRect()
  const room = floor() - at.bottom
  const above =
    room < panel.offsetHeight + GAP * 2 && at.top - barHeight() > panel.offsetHeight + GAP
  const top = above ? at.top - outer.top - panel.offsetHeight - GAP : at.bottom - outer.top + GAP
  move(panel, clamp(at.left - outer.left, outer.width - panel.offsetWidth), top)
}

/** Places a popover beside the visible one of its triggers; on narrow screens style sheets do it. */

const gap = 6
const narrow = '(max-width: 59.99rem)'

/** The trigger people see: one may stand in the rail and another in the tabs. */
export function visibleTrigger(panel: HTMLElement): HTMLElement | undefined {
  const triggers = document.querySelectorAll<HTMLElement>(`[popovertarget="${panel.id}"]`)
  return [...triggers].find((trigger) => trigger.getClientRects().length > 0)
}

/** Below the trigger where there is room (scrolling if need be), else above; inside the window. */
export function placeBeside(panel: HTMLElement, trigger: HTMLElement | undefined): void {
  panel.style.removeProperty('left')
  panel.style.removeProperty('top')
  panel.style.removeProperty('max-height')
  if (trigger === undefined || window.matchMedia(narrow).matches) return
  const at = trigger.getBoundingClientRect()
  const size = panel.getBoundingClientRect()
  const below = at.bottom + gap
  const room = window.innerHeight - gap - below
  const isBelow = size.height <= room || room > at.top
  const top = isBelow ? below : Math.max(gap, at.top - gap - size.height)
  if (isBelow) panel.style.maxHeight = `${room}px`
  const left = Math.min(at.left, window.innerWidth - size.width - gap)
  panel.style.left = `${Math.max(gap, left)}px`
  panel.style.top = `${top}px`
}

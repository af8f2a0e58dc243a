/** Moves the focus to the heading of a screen, as soon as the screen has one. */

/** How long a screen may take to show its heading, in milliseconds. */
const patience = 4_000

/** Leaves the focus alone where the screen has taken it itself. */
export function focusHeading(main: HTMLElement): void {
  if (tookFocus(main)) return
  if (focusNow(main)) return
  // The heading comes later: until then the focus is on the region, then on the heading.
  main.focus({ preventScroll: true })
  const observer = new MutationObserver(() => {
    if (document.activeElement !== main || focusNow(main)) observer.disconnect()
  })
  observer.observe(main, { childList: true, subtree: true })
  window.setTimeout(() => observer.disconnect(), patience)
}

function tookFocus(main: HTMLElement): boolean {
  const active = document.activeElement
  return active !== null && active !== main && main.contains(active)
}

function focusNow(main: HTMLElement): boolean {
  const heading = main.querySelector<HTMLElement>('h1')
  if (heading === null) return false
  if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  return true
}

/** Puts threads beside their passages, in the section that stands in the page's margin. */
import { layOutThreads } from '../../../editor/comment-layout'
import type { TextComments } from '../../../editor/text-comments'

/** Room between two threads, in pixels. */
const gap = 12
/** A thread begins a little above the line of its passage. */
const above = 8

/** The elements of a section that have a place, by their names. */
export const placedIn = (section: HTMLElement): HTMLElement[] => [
  ...section.querySelectorAll<HTMLElement>('[data-place]'),
]

/** In the flow of the page, as on narrow screens. */
export function layOutInFlow(section: HTMLElement): void {
  section.style.removeProperty('min-height')
  for (const item of placedIn(section)) item.style.removeProperty('top')
}

/** Beside the text, below what stands there already. */
export function layOutBeside(
  section: HTMLElement,
  text: TextComments,
  active: string | null,
): void {
  const items = placedIn(section).map((item) => ({ item, id: item.dataset['place'] ?? '' }))
  const origin = section.getBoundingClientRect().top
  const contents = section.previousElementSibling?.querySelector('nav')?.getBoundingClientRect()
  const from = contents === undefined ? 0 : contents.bottom - origin + gap * 2
  const wanted = items.map(({ item, id }) => {
    const top = id === 'head' ? origin : (text.top(id) ?? text.bottom())
    return { id, top: top - origin - above, height: item.offsetHeight }
  })
  const tops = layOutThreads(wanted, { from, gap, active })
  let end = 0
  for (const { item, id } of items) {
    const top = tops.get(id) ?? 0
    item.style.setProperty('top', `${Math.round(top)}px`)
    end = Math.max(end, top + item.offsetHeight)
  }
  section.style.setProperty('min-height', `${Math.round(end)}px`)
}

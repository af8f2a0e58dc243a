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

/** What stands in the margin already: the list of headings. */
const marginOf = (section: HTMLElement): HTMLElement | null | undefined =>
  section.parentElement?.querySelector<HTMLElement>('.margin')

/** In the flow of the page, as on narrow screens; also where there is nothing to lay out. */
export function layOutInFlow(section: HTMLElement): void {
  section.style.removeProperty('min-height')
  for (const item of placedIn(section)) item.style.removeProperty('top')
  const margin = marginOf(section)
  margin?.style.removeProperty('height')
  margin?.style.removeProperty('align-self')
}

/** Beside the text, below the list of headings, which stays in sight until the first thread comes. */
export function layOutBeside(
  section: HTMLElement,
  text: TextComments,
  active: string | null,
): void {
  const items = placedIn(section).map((item) => ({ item, id: item.dataset['place'] ?? '' }))
  const origin = section.getBoundingClientRect().top
  const margin = marginOf(section)
  const contents = margin?.querySelector('nav')?.offsetHeight ?? 0
  const from = contents === 0 ? 0 : contents + gap * 2
  const threads = items
    .filter(({ id }) => id !== 'head')
    .map(({ item, id }) => {
      const top = text.top(id) ?? text.bottom()
      return { id, top: top - origin - above, height: item.offsetHeight }
    })
  // The heading stands right above the first of them.
  const head = items.find(({ id }) => id === 'head')?.item.offsetHeight ?? 0
  const first = Math.min(...threads.map(({ top }) => top)) - head - gap
  const wanted = [
    { id: 'head', top: Number.isFinite(first) ? first : from, height: head },
    ...threads,
  ]
  const tops = layOutThreads(wanted, { from, gap, active })
  let end = 0
  for (const { item, id } of items) {
    const top = tops.get(id) ?? 0
    item.style.setProperty('top', `${Math.round(top)}px`)
    end = Math.max(end, top + item.offsetHeight)
  }
  section.style.setProperty('min-height', `${Math.round(end)}px`)
  margin?.style.setProperty(
    'height',
    `${Math.max(0, Math.round((tops.get('head') ?? from) - gap))}px`,
  )
  margin?.style.setProperty('align-self', 'start')
}

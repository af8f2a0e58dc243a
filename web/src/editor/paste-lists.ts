/** Lists of other programs as lists: paragraphs of Word, single items of Word online, task lists. */

interface Item {
  paragraph: HTMLElement
  /** From 1. */
  level: number
  ordered: boolean
  start: number
}

/** What stands before an item of a numbered list: `1.`, `a)`, `(iv)`. */
const NUMBER = /^\(?(?:(\d+)|[a-z]|[ivxlcdm]+)[.)]/i

/** How Word names the list of a paragraph: `mso-list:l0 level2 lfo1`. */
function levelOf(paragraph: HTMLElement): number | null {
  const style = paragraph.getAttribute('style') ?? ''
  const level = /mso-list:\s*l\d+\s+level(\d+)/i.exec(style)?.[1]
  return level === undefined ? null : Math.min(9, Math.max(1, Number(level)))
}

/** Takes the marker that Word drew as text out of the paragraph and returns it. */
function takeMarker(paragraph: HTMLElement): string {
  const drawn = paragraph.querySelector<HTMLElement>('[style*="mso-list:Ignore" i]')
  if (drawn !== null) {
    drawn.remove()
    return drawn.textContent.trim()
  }
  return takeBetweenComments(paragraph)
}

/** Browsers turn `<![if !supportLists]>` into comments; between them stands the marker. */
function takeBetweenComments(paragraph: HTMLElement): string {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_COMMENT)
  let open: Comment | null = null
  while (walker.nextNode()) {
    const comment = walker.currentNode as Comment
    if (/if !supportLists/i.test(comment.data)) open = comment
    else if (open !== null && /endif/i.test(comment.data)) {
      const range = document.createRange()
      range.setStartAfter(open)
      range.setEndBefore(comment)
      const marker = range.toString().trim()
      range.deleteContents()
      return marker
    }
  }
  return ''
}

function newList({ ordered, start }: Item): HTMLElement {
  const list = document.createElement(ordered ? 'ol' : 'ul')
  if (ordered && start !== 1) list.setAttribute('start', String(start))
  return list
}

/** Puts items that follow each other into lists, deeper ones into the item before them. */
function build(items: readonly Item[]): HTMLElement[] {
  const roots: HTMLElement[] = []
  const open: { list: HTMLElement; level: number }[] = []
  for (const item of items) {
    while (open.length > 0 && (open.at(-1)?.level ?? 0) > item.level) open.pop()
    let top = open.at(-1)
    const tag = item.ordered ? 'OL' : 'UL'
    if (top !== undefined && top.level === item.level && top.list.tagName !== tag) {
      open.pop()
      top = open.at(-1)
    }
    if (top === undefined || top.level < item.level) {
      const list = newList(item)
      const parent = top?.list.lastElementChild
      if (parent) parent.append(list)
      else roots.push(list)
      top = { list, level: item.level }
      open.push(top)
    }
    const entry = document.createElement('li')
    const line = document.createElement('p')
    line.append(...item.paragraph.childNodes)
    entry.append(line)
    top.list.append(entry)
  }
  return roots
}

/** Paragraphs of Word and Outlook that are items of lists. */
export function officeLists(source: DocumentFragment): void {
  let run: Item[] = []
  const flush = (): void => {
    const first = run[0]
    if (first !== undefined) first.paragraph.before(...build(run))
    for (const { paragraph } of run) paragraph.remove()
    run = []
  }
  for (const paragraph of source.querySelectorAll<HTMLElement>('p, h1, h2, h3, h4, h5, h6')) {
    // Word's own `o:p` is no paragraph, whatever a reader of selectors makes of its name.
    if (!/^(?:p|h\d)$/.test(paragraph.localName)) continue
    const level = paragraph.tagName === 'P' ? levelOf(paragraph) : null
    if (level === null) {
      // A numbered heading keeps its words; the number was drawn.
      if (levelOf(paragraph) !== null) takeMarker(paragraph)
      flush()
      continue
    }
    const before = run.at(-1)?.paragraph
    if (before !== undefined && before.nextElementSibling !== paragraph) flush()
    const marker = takeMarker(paragraph)
    const number = NUMBER.exec(marker)
    // `o` is how Word draws a bullet of the second level in Courier.
    const ordered = number !== null && marker !== 'o'
    run.push({ paragraph, level, ordered, start: Number(number?.[1] ?? 1) })
  }
  flush()
}

/** Word online makes a list of each item and tells the level beside; task lists have boxes. */
export function webLists(source: DocumentFragment): void {
  for (const wrapper of source.querySelectorAll('div.ListContainerWrapper')) {
    wrapper.replaceWith(...wrapper.childNodes)
  }
  const online = [...source.querySelectorAll<HTMLElement>('li[data-aria-level]')]
  let run: { list: Element; item: Item }[] = []
  const flush = (): void => {
    const first = run[0]
    if (first !== undefined) first.list.before(...build(run.map(({ item }) => item)))
    for (const { list } of run) list.remove()
    run = []
  }
  for (const entry of online) {
    const list = entry.parentElement
    if (list === null || list.childElementCount !== 1) continue
    const before = run.at(-1)?.list
    if (before !== undefined && before.nextElementSibling !== list) flush()
    const level = Math.max(1, Number(entry.dataset['ariaLevel'] ?? 1))
    const start = Math.max(1, Number(list.getAttribute('start') ?? 1))
    const line = entry.querySelector<HTMLElement>(':scope > p') ?? entry
    run.push({ list, item: { paragraph: line, level, ordered: list.tagName === 'OL', start } })
  }
  flush()
  taskLists(source)
  nestedLists(source)
}

/** Items that begin with a box are tasks. */
function taskLists(source: DocumentFragment): void {
  for (const list of source.querySelectorAll('ul')) {
    const items = [...list.children].filter((child) => child instanceof HTMLElement)
    const boxes = items.map((item) => item.querySelector('input[type="checkbox"]'))
    if (items.length === 0 || boxes.some((box) => box === null)) continue
    list.classList.add('tasks')
    items.forEach((item, index) => {
      item.setAttribute('data-checked', String(boxes[index]?.hasAttribute('checked') === true))
    })
  }
  for (const box of source.querySelectorAll('input')) box.remove()
}

/** A list that stands in a list, not in an item, belongs to the item before it. */
function nestedLists(source: DocumentFragment): void {
  for (const list of source.querySelectorAll('ul > ul, ul > ol, ol > ul, ol > ol')) {
    list.previousElementSibling?.append(list)
  }
}

/**
 * The blocks of a text for reading: what the server's HTML says in words is taken out before the
 * text is read by the schema, and is shown afterwards in the reader's language, as the editor does.
 */
import { toneOf } from '../schema/attributes'
import { isFrame } from '../schema/frames'
import { showHead } from './block-views'
import { dutyWords, frameLook, type BlockWords } from './block-words'

/**
 * Puts each footnote's words into its sign, makes summaries the lines that they are in the text, and
 * drops labels, boxes and other words of the tool.
 */
export function prepareBlocks(source: DocumentFragment): void {
  for (const sign of source.querySelectorAll<HTMLElement>('sup.footnote')) {
    const href = sign.querySelector('a')?.getAttribute('href') ?? ''
    const entry = href.startsWith('#') ? source.getElementById(href.slice(1)) : null
    const back = entry?.querySelector('a[href^="#fnref"]')
    // The space before the way back is the tool's, too.
    const space = back?.previousSibling
    if (space instanceof Text) space.data = space.data.replace(/ $/, '')
    back?.remove()
    sign.dataset['footnote'] = ''
    sign.replaceChildren(...(entry?.childNodes ?? []))
  }
  // An empty line is sent with a break that gives it its height.
  for (const line of source.querySelectorAll('p, summary, h2, h3, h4')) {
    if (line.childNodes.length === 1 && line.firstChild?.nodeName === 'BR') line.replaceChildren()
  }
  const ours = '.frame-head, .fold-label, .duty, ul.tasks > li > input'
  for (const extra of source.querySelectorAll(`section.footnotes, ${ours}`)) extra.remove()
  for (const summary of source.querySelectorAll('summary')) {
    const line = summary.querySelector('h2, h3, h4') ?? document.createElement('p')
    if (line.tagName === 'P') line.append(...summary.childNodes)
    summary.replaceWith(line)
  }
}

function showTask(item: HTMLElement, words: BlockWords): void {
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.disabled = true
  box.checked = item.dataset['checked'] === 'true'
  box.setAttribute('aria-label', words.t(box.checked ? 'block.done' : 'block.open'))
  const body = document.createElement('div')
  body.append(...item.childNodes)
  item.append(box, body)
  const said = dutyWords(item.dataset['person'], item.dataset['due'], words)
  if (said === '') return
  const duty = document.createElement('span')
  duty.className = 'duty'
  duty.textContent = said
  item.append(duty)
}

function showFrame(frame: HTMLElement, words: BlockWords): void {
  const name = frame.dataset['block'] ?? ''
  if (!isFrame(name)) return
  if (name === 'collapsible') {
    showCollapsible(frame, words)
    return
  }
  if (name === 'callout') frame.dataset['tone'] = toneOf(frame.dataset['tone'])
  const head = document.createElement('div')
  const body = document.createElement('div')
  head.className = 'frame-head'
  body.className = 'frame-body'
  showHead(head, frameLook(name, frame.dataset, words))
  body.append(...frame.childNodes)
  frame.append(head, body)
}

/** What is always seen: the first block, if it is a line of text; otherwise only the arrow. */
function showCollapsible(frame: HTMLElement, words: BlockWords): void {
  const summary = document.createElement('summary')
  const first = frame.firstElementChild
  frame.setAttribute('open', '')
  if (first?.tagName === 'P') {
    summary.append(...first.childNodes)
    first.replaceWith(summary)
    return
  }
  frame.prepend(summary)
  if (first !== null && /^H[2-4]$/.test(first.tagName)) summary.append(first)
  else {
    summary.className = 'fold-label'
    summary.textContent = words.t('block.unfold')
  }
}

/** Numbers the footnotes and lists their words below the text. */
function showFootnotes(target: DocumentFragment, words: BlockWords): void {
  const signs = [...target.querySelectorAll<HTMLElement>('sup.footnote')]
  if (signs.length === 0) return
  const section = document.createElement('section')
  const list = document.createElement('ol')
  section.className = 'footnotes'
  section.setAttribute('aria-label', words.t('block.footnotes'))
  section.append(list)
  signs.forEach((sign, index) => {
    const number = String(index + 1)
    const entry = document.createElement('li')
    entry.id = `fn-${number}`
    entry.append(...sign.childNodes)
    list.append(entry)
    const link = document.createElement('a')
    link.href = `#fn-${number}`
    link.id = `fnref-${number}`
    link.textContent = number
    link.setAttribute('aria-label', words.t('block.footnote-number', { number: index + 1 }))
    sign.append(link)
  })
  target.append(section)
}

export function showBlocks(target: DocumentFragment, words: BlockWords): void {
  for (const item of target.querySelectorAll<HTMLElement>('ul.tasks > li')) {
    showTask(item, words)
  }
  for (const frame of target.querySelectorAll<HTMLElement>('[data-block]')) {
    showFrame(frame, words)
  }
  for (const table of target.querySelectorAll('table')) {
    const scroll = document.createElement('div')
    scroll.className = 'table-scroll'
    table.replaceWith(scroll)
    scroll.append(table)
  }
  showFootnotes(target, words)
}

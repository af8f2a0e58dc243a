/**
 * What is pasted from Word, Excel, Outlook and web pages comes in clean: headings, lists, tables,
 * links, footnotes and plain emphasis stay; styles, pictures and what programs write for themselves
 * go. A pure function from HTML to HTML; what it leaves over, the page's schema reads or drops.
 */
import { inertHtml } from './inert-html'
import { inlineStyles } from './paste-inline'
import { officeLists, webLists } from './paste-lists'
import { plainTables } from './paste-tables'

/** Never text of the page: what runs, what is drawn, what belongs to the other program. */
const DROPPED = [
  'script, style, meta, link, title, xml, template, noscript, head',
  'img, svg, picture, video, audio, canvas, object, embed, iframe, map',
  'button, select, textarea, input:not([type="checkbox"])',
  '[hidden], [style*="display:none"], [style*="display: none"], [style*="mso-hide:all"]',
  '[style*="mso-element:comment"]',
  '.MsoCommentReference, .Apple-interchange-newline',
].join(',')

/** These attributes mean something to the schema; every other one is taken away. */
const KEPT = new Set(['href', 'colspan', 'rowspan', 'start', 'class', 'data-checked'])
const KEPT_CLASSES = new Set(['tasks', 'footnote'])

/** Text that comes from Denkraum itself needs no cleaning, and cleaning would take from it. */
function isOwn(html: string): boolean {
  return html.includes('data-pm-slice')
}

export function cleanPastedHtml(html: string): string {
  if (isOwn(html)) return html
  const source = inertHtml(fragmentOf(html))
  const isOffice = /class="?'?Mso|urn:schemas-microsoft-com:office/i.test(html)
  // Markers of lists stand in comments and spans that go next, so lists come first.
  officeLists(source)
  officeFootnotes(source)
  removeComments(source)
  for (const element of source.querySelectorAll(DROPPED)) element.remove()
  // Words that a tracked change took out are no text; on a web page they are struck through.
  if (isOffice) for (const gone of source.querySelectorAll('del, .msoDel')) gone.remove()
  headings(source)
  webLists(source)
  plainTables(source)
  inlineStyles(source)
  unwrapForeign(source)
  removeAttributes(source)
  removeEmpty(source)
  const box = document.createElement('div')
  box.append(source)
  return box.innerHTML
}

/** The part that was copied, without the document around it. */
function fragmentOf(html: string): string {
  const part = /<!--\s*StartFragment\s*-->([\s\S]*)<!--\s*EndFragment\s*-->/i.exec(html)?.[1]
  // Excel marks the inside of its table; without the table its cells would be mere words.
  if (part === undefined || /^\s*<(?:col|colgroup|tr|td|tbody)\b/i.test(part)) return html
  return part
}

function removeComments(source: DocumentFragment): void {
  const walker = document.createTreeWalker(source, NodeFilter.SHOW_COMMENT)
  const found: Node[] = []
  while (walker.nextNode()) found.push(walker.currentNode)
  for (const comment of found) comment.parentNode?.removeChild(comment)
}

/** Footnotes of Word: the sign is a link, the words stand at the end. */
function officeFootnotes(source: DocumentFragment): void {
  for (const sign of source.querySelectorAll<HTMLElement>('a[href^="#_ftn"], a[href^="#_edn"]')) {
    const href = sign.getAttribute('href') ?? ''
    // The way back from the words to the sign goes with the words.
    if (/^#_(?:ftn|edn)ref/.test(href)) continue
    const notes = source.getElementById(href.slice(2))
    for (const back of notes?.querySelectorAll('a[href*="ref"]') ?? []) back.remove()
    const note = document.createElement('sup')
    note.className = 'footnote'
    note.dataset['footnote'] = ''
    note.textContent = (notes?.textContent ?? '').replace(/\s+/g, ' ').trim()
    if (notes === null || note.textContent === '') continue
    notes.remove()
    sign.replaceWith(note)
  }
  for (const list of source.querySelectorAll('[style*="mso-element:footnote-list"]')) {
    if (list.textContent.trim() === '') list.remove()
  }
}

/** Paragraphs that a program calls headings, and titles. */
function headings(source: DocumentFragment): void {
  for (const element of source.querySelectorAll<HTMLElement>('p, div[role="heading"]')) {
    const level =
      element.className.includes('MsoTitle') && element.tagName === 'P'
        ? 1
        : element.getAttribute('role') === 'heading'
          ? Number(element.getAttribute('aria-level') ?? 2)
          : 0
    if (level < 1) continue
    const heading = document.createElement(`h${Math.min(6, level)}`)
    heading.append(...element.childNodes)
    element.replaceWith(heading)
  }
}

/** Elements of other programs give way to their content. */
function unwrapForeign(source: DocumentFragment): void {
  for (const element of source.querySelectorAll('*')) {
    const foreign = element.tagName.includes(':') || element.tagName === 'FONT'
    const empty = element.tagName === 'A' && !element.hasAttribute('href')
    if (foreign || empty) element.replaceWith(...element.childNodes)
  }
}

function removeAttributes(source: DocumentFragment): void {
  for (const element of source.querySelectorAll<HTMLElement>('*')) {
    const isNote = element.tagName === 'SUP' && element.dataset['footnote'] !== undefined
    for (const { name } of [...element.attributes]) {
      if (!KEPT.has(name) && !(isNote && name === 'data-footnote')) element.removeAttribute(name)
    }
    const classes = [...element.classList].filter((name) => KEPT_CLASSES.has(name))
    if (classes.length === 0) element.removeAttribute('class')
    else element.className = classes.join(' ')
  }
}

/** Lines that held nothing but space were made for distance; here the style sheet makes it. */
function removeEmpty(source: DocumentFragment): void {
  for (const element of source.querySelectorAll('p, div, h1, h2, h3, h4, h5, h6, span')) {
    const inCell = element.parentElement?.matches('td, th, li') ?? false
    const kept = element.querySelector('sup, input, table, hr') !== null
    if (!kept && !inCell && element.textContent.replace(/\u00a0/g, ' ').trim() === '') {
      const keepsSpace = element.tagName === 'SPAN' && element.textContent !== ''
      element.replaceWith(keepsSpace ? ' ' : '')
    }
  }
}

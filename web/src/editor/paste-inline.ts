/** Emphasis that other programs write as styles, as the elements that mean it. */

interface Rule {
  tag: 'strong' | 'em' | 's' | 'sup' | 'sub' | 'mark'
  applies: (style: string) => boolean
}

const RULES: readonly Rule[] = [
  { tag: 'strong', applies: (style) => /(?:^|;)font-weight:(?:bold|[6-9]00)/.test(style) },
  { tag: 'em', applies: (style) => /(?:^|;)font-style:(?:italic|oblique)/.test(style) },
  { tag: 's', applies: (style) => /(?:^|;)text-decoration[a-z-]*:[^;]*line-through/.test(style) },
  { tag: 'sup', applies: (style) => /(?:^|;)vertical-align:super/.test(style) },
  { tag: 'sub', applies: (style) => /(?:^|;)vertical-align:sub(?:;|$)/.test(style) },
  { tag: 'mark', applies: (style) => /(?:^|;)mso-highlight:(?!none)/.test(style) },
]

function styleOf(element: Element): string {
  return (element.getAttribute('style') ?? '').toLowerCase().replace(/\s*([:;])\s*/g, '$1')
}

function wrapContent(element: Element, tag: string): void {
  const wrapper = document.createElement(tag)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
}

/** Elements that are bold by themselves; emphasis within says nothing. */
const BOLD_ALREADY = 'h1, h2, h3, h4, h5, h6, th'

export function inlineStyles(source: DocumentFragment): void {
  for (const element of source.querySelectorAll('span, font')) {
    const style = styleOf(element)
    for (const { tag, applies } of RULES) if (applies(style)) wrapContent(element, tag)
  }
  // Google Docs wraps everything in a bold element that says it is not bold.
  for (const element of source.querySelectorAll('b, strong')) {
    const normal = /(?:^|;)font-weight:(?:normal|[1-5]00)/.test(styleOf(element))
    if (normal || element.closest(BOLD_ALREADY)) element.replaceWith(...element.childNodes)
  }
  for (const element of source.querySelectorAll('i, em')) {
    if (/(?:^|;)font-style:normal/.test(styleOf(element))) {
      element.replaceWith(...element.childNodes)
    }
  }
}

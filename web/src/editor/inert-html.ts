/** Reads HTML without running or loading anything of it. */

interface HtmlPolicy {
  createHTML(html: string): unknown
}
interface PolicyFactory {
  createPolicy(name: string, rules: HtmlPolicy): HtmlPolicy
}

let policy: HtmlPolicy | undefined

export function inertHtml(html: string): DocumentFragment {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
  policy ??= factory?.createPolicy('denkraum', { createHTML: (text) => text }) ?? {
    createHTML: (text) => text,
  }
  const template = document.createElement('template')
  template.innerHTML = policy.createHTML(html) as string
  return template.content
}

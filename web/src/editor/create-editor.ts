/** Puts the editor of a page together: schema, shared text, carets, keys, menus. */
import { Editor, Extension } from '@tiptap/core'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'

import { pageSchemaExtensions } from '../schema'
import { mendPlugin } from '../schema/mend'
import { PageLink } from '../schema/page-link'
import { safeUrl } from '../schema/safe-url'
import { headingsPlugin, type HeadingEntry } from './headings'
import { PageKeys, type KeyHooks } from './keys'
import { limitsPlugin } from './limits'
import { pageLinkView, type PageLinkWords } from './page-link-view'
import { RemoteCarets } from './remote-carets'
import { isOwnChange, SharedBody } from './shared-body'
import type { Titles } from './titles'
import { triggerPlugin, type TriggerHooks } from './trigger'

export interface EditorOptions extends KeyHooks {
  element: HTMLElement
  body: Y.XmlFragment
  undo: Y.UndoManager
  awareness: Awareness
  editable: boolean
  titles: Titles
  words: PageLinkWords & { label: () => string; hint: () => string }
  trigger: TriggerHooks
  onforeign: () => void
  onheadings: (headings: HeadingEntry[]) => void
  onchange: (editor: Editor) => void
}

export function createEditor(options: EditorOptions): Editor {
  const { body, undo, awareness, titles, words } = options
  const nodes = pageSchemaExtensions().filter((extension) => extension.name !== 'pageLink')
  const plugins = Extension.create({
    name: 'page',
    addProseMirrorPlugins: () => [
      mendPlugin(isOwnChange),
      limitsPlugin(isOwnChange),
      headingsPlugin(options.onheadings),
    ],
  })
  const menus = Extension.create({
    name: 'menus',
    // Before the lists and marks, so that an open menu has the arrow keys and Enter.
    priority: 2000,
    addProseMirrorPlugins: () => [triggerPlugin(options.trigger)],
  })
  const editor: Editor = new Editor({
    element: options.element,
    injectCSS: false,
    editable: options.editable,
    enableContentCheck: false,
    extensions: [
      ...nodes,
      PageLink.extend({ addNodeView: () => pageLinkView(titles, words) }),
      SharedBody.configure({ body, undo, onforeign: options.onforeign }),
      RemoteCarets.configure({ awareness }),
      PageKeys.configure({
        onlink: options.onlink,
        ontoolbar: options.ontoolbar,
        onhelp: options.onhelp,
      }),
      menus,
      plugins,
    ],
    editorProps: {
      handleDOMEvents: { click: (_, event) => followOutside(event) },
      attributes: () => ({
        class: 'prose',
        role: 'textbox',
        lang: 'de',
        'aria-multiline': 'true',
        'aria-label': words.label(),
        'aria-placeholder': words.hint(),
      }),
    },
    onTransaction: ({ editor: current }) => options.onchange(current),
  })
  return editor
}

/** Ctrl+click follows a link to an address outside; a plain click sets the caret there. */
function followOutside(event: MouseEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || !(event.target instanceof Element)) return false
  const href = safeUrl(event.target.closest('a:not([data-page])')?.getAttribute('href'))
  if (href === null) return false
  event.preventDefault()
  window.open(href, '_blank', 'noopener,noreferrer')
  return true
}

/** Puts the editor of a page together: schema, shared text, carets, keys, menus. */
import { Editor, Extension, Node, type AnyExtension, type NodeViewRenderer } from '@tiptap/core'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'

import { pageSchemaExtensions } from '../schema'
import { mendPlugin } from '../schema/mend'
import { FRAMES } from '../schema/frames'
import { safeUrl } from '../schema/safe-url'
import { headingsPlugin, type HeadingEntry } from './headings'
import { PageKeys, type KeyHooks } from './keys'
import { limitsPlugin } from './limits'
import { codeView, collapsibleView, frameView, type BlockHooks } from './block-views'
import { commentMarksPlugin } from './comment-marks'
import { findPlugin } from './find'
import { heldPassagePlugin } from './held-passage'
import { footnotesPlugin, footnoteView, type FootnoteEntry } from './footnote-view'
import { LeaveBlock } from './leave-block'
import { pageLinkView, type PageLinkWords } from './page-link-view'
import { questionsPlugin } from './questions'
import { RemoteCarets } from './remote-carets'
import { isOwnChange, SharedBody } from './body-binding'
import { TableEditing } from './table-editing'
import { tableView } from './table-view'
import { tasksPlugin, taskView } from './task-view'
import type { Titles } from './titles'
import { triggerPlugin, type TriggerHooks } from './trigger'

export interface EditorOptions extends KeyHooks {
  element: HTMLElement
  body: Y.XmlFragment
  undo: Y.UndoManager
  awareness: Awareness
  editable: boolean
  titles: Titles
  words: PageLinkWords & { label: () => string; hint: () => string; answer: () => string }
  blocks: BlockHooks
  trigger: TriggerHooks
  /** Cleans what is pasted from other programs. */
  cleanHtml: (html: string) => string
  onforeign: () => void
  onheadings: (headings: HeadingEntry[]) => void
  onfootnotes: (notes: FootnoteEntry[]) => void
  onchange: (editor: Editor) => void
}

/** The views of the nodes that are more than their elements. */
function views({ titles, words, blocks }: EditorOptions): Record<string, NodeViewRenderer> {
  return {
    pageLink: pageLinkView(titles, words),
    taskItem: taskView(blocks),
    codeBlock: codeView(blocks),
    footnote: footnoteView(blocks),
    table: tableView,
    ...Object.fromEntries(FRAMES.map((name) => [name, frameView(blocks)])),
    collapsible: collapsibleView(blocks),
  }
}

function nodesWithViews(options: EditorOptions): AnyExtension[] {
  const known = views(options)
  return pageSchemaExtensions().map((extension) => {
    const view = known[extension.name]
    return view === undefined || !(extension instanceof Node)
      ? extension
      : extension.extend({ addNodeView: () => view })
  })
}

export function createEditor(options: EditorOptions): Editor {
  const { body, undo, awareness, words } = options
  const plugins = Extension.create({
    name: 'page',
    addProseMirrorPlugins() {
      const { editor: own } = this
      return [
        mendPlugin(isOwnChange),
        limitsPlugin(isOwnChange),
        headingsPlugin(options.onheadings),
        footnotesPlugin(options.onfootnotes),
        findPlugin(),
        heldPassagePlugin(),
        commentMarksPlugin(),
        tasksPlugin(),
        questionsPlugin(() => (own.options.editable ? words.answer() : '')),
      ]
    },
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
      ...nodesWithViews(options),
      SharedBody.configure({ body, undo, onforeign: options.onforeign }),
      RemoteCarets.configure({ awareness }),
      PageKeys.configure({
        onlink: options.onlink,
        ontoolbar: options.ontoolbar,
        onfields: options.onfields,
        onblock: options.onblock,
        onfootnote: options.onfootnote,
        onfind: options.onfind,
        onmake: options.onmake,
      }),
      TableEditing,
      LeaveBlock,
      menus,
      plugins,
    ],
    editorProps: {
      transformPastedHTML: (html) => options.cleanHtml(html),
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

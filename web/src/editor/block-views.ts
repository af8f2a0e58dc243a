/**
 * How blocks look while they are written: a line with icon, word and what is known about the block,
 * above its text. The line is no part of the text; its button opens the panel for the attributes.
 */
import type { NodeViewRenderer } from '@tiptap/core'
import type { Node as DocumentNode } from '@tiptap/pm/model'
import type { ViewMutationRecord } from '@tiptap/pm/view'

import { toneOf } from '../schema/attributes'
import { isFrame } from '../schema/frames'
import { BLOCK_FIELDS } from './block-fields'
import { frameLook, type BlockLook, type BlockWords } from './block-words'

export interface BlockHooks {
  words: BlockWords
  /** Opens the panel for the attributes of the block that this element shows. */
  onfields: (target: FieldsTarget) => void
}

/** A shown node: where it stands now, and its element. */
export interface FieldsTarget {
  /** Its place in the document; undefined when it is gone. */
  place: () => number | undefined
  element: HTMLElement
}

const targets = new WeakMap<Node, FieldsTarget>()

/** The target that belongs to the element of a node, if that node has attributes to fill in. */
export function targetOf(element: Node | null): FieldsTarget | null {
  return (element && targets.get(element)) ?? null
}

export function rememberTarget(
  element: HTMLElement,
  place: () => number | undefined,
): FieldsTarget {
  const target = { element, place }
  targets.set(element, target)
  return target
}

/** A button beside the text: reached by pointer, by the key for it, and by screen readers. */
export function sideButton(className: string, onclick: () => void): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = className
  button.tabIndex = -1
  button.addEventListener('mousedown', (event) => event.preventDefault())
  button.addEventListener('click', onclick)
  return button
}

/** What changes outside the text is the view's own affair. */
export function outside(content: HTMLElement) {
  return (mutation: ViewMutationRecord): boolean =>
    mutation.type !== 'selection' && !content.contains(mutation.target)
}

/** Writes into the line above a frame what the frame says of itself. */
export function showHead(head: HTMLElement, { label, details }: BlockLook): void {
  const part = (className: string, text: string): HTMLElement => {
    const span = document.createElement('span')
    span.className = className
    span.textContent = text
    return span
  }
  head.replaceChildren(part('frame-label', label))
  if (details !== '') head.append(part('frame-details', details))
}

export function frameView({ words, onfields }: BlockHooks): NodeViewRenderer {
  return ({ node, getPos, editor }) => {
    let shown = node
    const dom = document.createElement('div')
    const head = document.createElement('div')
    const body = document.createElement('div')
    dom.className = 'frame'
    head.className = 'frame-head'
    head.contentEditable = 'false'
    body.className = 'frame-body'
    dom.append(head, body)
    const target = rememberTarget(dom, getPos)
    const edit = sideButton('frame-edit', () => onfields(target))
    const hasFields = (BLOCK_FIELDS[node.type.name]?.length ?? 0) > 0

    const show = (): void => {
      const { name } = shown.type
      if (!isFrame(name)) return
      dom.dataset['block'] = name
      if (name === 'callout') dom.dataset['tone'] = toneOf(shown.attrs['tone'])
      const look = frameLook(name, shown.attrs, words)
      // A tone is always chosen; there is nothing to add.
      const fresh = look.details === '' && name !== 'callout'
      edit.textContent = words.t(fresh ? 'block.fill-in' : 'block.change')
      edit.setAttribute('aria-label', `${edit.textContent}: ${look.label}`)
      showHead(head, look)
      if (hasFields && editor.isEditable) head.append(edit)
    }
    show()
    const stop = words.watch(show)
    return {
      dom,
      contentDOM: body,
      update(next: DocumentNode) {
        if (next.type !== shown.type) return false
        const changed = !next.sameMarkup(shown)
        shown = next
        if (changed) show()
        return true
      },
      ignoreMutation: outside(body),
      destroy: stop,
    }
  }
}

/** The first block is always visible, the others when the reader wants them. */
export function collapsibleView({ words }: BlockHooks): NodeViewRenderer {
  return ({ node, editor, getPos }) => {
    const dom = document.createElement('div')
    const body = document.createElement('div')
    dom.className = 'frame'
    dom.dataset['block'] = 'collapsible'
    body.className = 'frame-body'
    let open = true
    const toggle = sideButton('fold', () => {
      open = !open
      show()
    })
    toggle.contentEditable = 'false'
    toggle.removeAttribute('tabindex')
    const show = (): void => {
      dom.classList.toggle('closed', !open)
      toggle.setAttribute('aria-expanded', String(open))
      toggle.setAttribute('aria-label', words.t(open ? 'block.fold' : 'block.unfold'))
    }
    dom.append(toggle, body)
    show()
    const stop = words.watch(show)

    /** Whoever comes to hidden text by caret or search sees it. */
    const follow = (): void => {
      const at = getPos()
      const { from, to } = editor.state.selection
      if (open || at === undefined) return
      const whole = editor.state.doc.nodeAt(at)
      const hidden = at + 1 + (whole?.firstChild?.nodeSize ?? 0)
      if (to <= hidden || from >= at + (whole?.nodeSize ?? 0)) return
      open = true
      show()
    }
    editor.on('selectionUpdate', follow)
    return {
      dom,
      contentDOM: body,
      update: (next: DocumentNode) => next.type === node.type,
      ignoreMutation: outside(body),
      destroy() {
        editor.off('selectionUpdate', follow)
        stop()
      },
    }
  }
}

/** Text letter by letter; its language, where one is given, stands above it. */
export function codeView({ words, onfields }: BlockHooks): NodeViewRenderer {
  return ({ node, getPos, editor }) => {
    let shown = node
    const dom = document.createElement('div')
    const pre = document.createElement('pre')
    const code = document.createElement('code')
    dom.className = 'code'
    const target = rememberTarget(dom, getPos)
    const edit = sideButton('code-edit', () => onfields(target))
    edit.contentEditable = 'false'
    pre.append(code)
    dom.append(edit, pre)
    const show = (): void => {
      const language = String(shown.attrs['language'] ?? '')
      edit.textContent = language === '' ? words.t('block.codeBlock') : language
      edit.setAttribute('aria-label', words.t('block.fields-of', { block: edit.textContent }))
      edit.disabled = !editor.isEditable
    }
    show()
    const stop = words.watch(show)
    return {
      dom,
      contentDOM: code,
      update(next: DocumentNode) {
        if (next.type !== shown.type) return false
        shown = next
        show()
        return true
      },
      ignoreMutation: outside(code),
      destroy: stop,
    }
  }
}

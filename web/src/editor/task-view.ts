/** A task: a check box, the text, and who takes it on until when. */
import type { NodeViewRenderer } from '@tiptap/core'
import type { Node as DocumentNode } from '@tiptap/pm/model'
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

import { outside, rememberTarget, sideButton, type BlockHooks } from './block-views'
import { dutyWords } from './block-words'

const hereKey = new PluginKey('taskHere')

/** Marks the task that the caret is in: there one is asked who takes it on. */
function here(state: EditorState): DecorationSet {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name !== 'taskItem') continue
    const mark = Decoration.node($from.before(depth), $from.after(depth), { class: 'here' })
    return DecorationSet.create(state.doc, [mark])
  }
  return DecorationSet.empty
}

export function tasksPlugin(): Plugin {
  return new Plugin({ key: hereKey, props: { decorations: here } })
}

export function taskView({ words, onfields }: BlockHooks): NodeViewRenderer {
  return ({ node, getPos, editor }) => {
    let shown = node
    const dom = document.createElement('li')
    const body = document.createElement('div')
    const box = document.createElement('input')
    box.type = 'checkbox'
    box.tabIndex = -1
    box.contentEditable = 'false'
    dom.append(box, body)
    const target = rememberTarget(dom, getPos)
    const duty = sideButton('duty', () => onfields(target))
    duty.contentEditable = 'false'
    dom.append(duty)

    // The press must not take the caret from the text; the click still checks the box.
    box.addEventListener('mousedown', (event) => event.preventDefault())
    box.addEventListener('change', () => {
      const at = getPos()
      if (!editor.isEditable || at === undefined) return
      editor.view.dispatch(editor.state.tr.setNodeAttribute(at, 'checked', box.checked))
    })

    const show = (): void => {
      const { checked, person, due } = shown.attrs
      const said = dutyWords(person, due, words)
      const text = shown.firstChild?.textContent ?? ''
      box.checked = checked === true
      box.disabled = !editor.isEditable
      dom.dataset['checked'] = String(checked === true)
      box.setAttribute('aria-label', words.t('block.task-done', { text }))
      duty.textContent = said === '' ? words.t('block.task-who') : said
      duty.classList.toggle('empty', said === '')
      duty.setAttribute('aria-label', words.t('block.fields-of', { block: duty.textContent }))
      duty.hidden = said === '' && !editor.isEditable
    }
    show()
    const stop = words.watch(show)
    return {
      dom,
      contentDOM: body,
      update(next: DocumentNode) {
        if (next.type !== shown.type) return false
        shown = next
        show()
        return true
      },
      ignoreMutation: outside(body),
      destroy: stop,
    }
  }
}

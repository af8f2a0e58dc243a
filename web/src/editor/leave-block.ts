/** Ways out of a block that stands last: by Ctrl+Enter, by arrow key, by a press below the text. */
import { Extension, type Editor } from '@tiptap/core'
import { Plugin, TextSelection } from '@tiptap/pm/state'

/** Where one writes on in any case; behind everything else a paragraph may be needed. */
function isPlain(name: string): boolean {
  return name === 'paragraph' || name === 'heading'
}

/** Adds a paragraph behind the outermost block at the caret and puts the caret into it. */
export function writeBehind(editor: Editor): boolean {
  const { state, view } = editor
  const { $to } = state.selection
  const paragraph = state.schema.nodes['paragraph']
  if ($to.depth === 0 || paragraph === undefined) return false
  const at = $to.after(1)
  const tr = state.tr.insert(at, paragraph.create())
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView())
  return true
}

/** Checks the task at the caret off, or takes that back. */
export function toggleTask(editor: Editor): boolean {
  const { state, view } = editor
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth)
    if (node.type.name !== 'taskItem') continue
    const checked = node.attrs['checked'] !== true
    view.dispatch(state.tr.setNodeAttribute($from.before(depth), 'checked', checked))
    return true
  }
  return false
}

export const LeaveBlock = Extension.create({
  name: 'leaveBlock',
  priority: 200,
  addKeyboardShortcuts() {
    return {
      'Mod-Enter': () => {
        const { editor } = this
        if (!editor.isEditable) return false
        if (toggleTask(editor)) return true
        const { $to } = editor.state.selection
        return !($to.depth === 1 && isPlain($to.parent.type.name)) && writeBehind(editor)
      },
      ArrowDown: () => {
        const { state, view, isEditable } = this.editor
        const { $to, empty } = state.selection
        const last = state.doc.lastChild
        if (!isEditable || !empty || last === null || isPlain(last.type.name)) return false
        const isEnd = $to.depth > 0 && $to.after(1) === state.doc.content.size
        if (!isEnd || !view.endOfTextblock('down')) return false
        // Only from the last line of it: below there is nothing the caret could go to.
        const behind = state.doc.resolve(Math.min($to.after(), state.doc.content.size))
        if (TextSelection.findFrom(behind, 1, true) !== null) return false
        return writeBehind(this.editor)
      },
    }
  },
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        props: {
          handleClick(view, _at, event) {
            const last = view.state.doc.lastChild
            const shown = view.dom.lastElementChild
            if (!view.editable || last === null || shown === null) return false
            if (isPlain(last.type.name)) return false
            if (event.clientY <= shown.getBoundingClientRect().bottom) return false
            view.dispatch(view.state.tr.setSelection(TextSelection.atEnd(view.state.doc)))
            return writeBehind(editor)
          },
        },
      }),
    ]
  },
})

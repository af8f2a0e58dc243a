/** Tasks: a list whose items are done or open, may name who takes them on and until when. */
import { InputRule } from '@tiptap/core'
import { TaskItem as TiptapTaskItem, TaskList as TiptapTaskList } from '@tiptap/extension-list'

import { ATTRIBUTE_MAX, dataAttribute, dayOf, lineOf } from './attributes'

export interface TaskAttributes {
  checked: boolean
  /** Who takes it on; at most 120 UTF-16 units. */
  person: string | null
  /** Until when, `YYYY-MM-DD`. */
  due: string | null
}

export const TaskList = TiptapTaskList.extend({
  content: 'taskItem*',
  parseHTML: () => [
    { tag: 'ul.tasks', priority: 60 },
    { tag: 'ul[data-type="taskList"]', priority: 60 },
  ],
  renderHTML: () => ['ul', { class: 'tasks' }, 0],
})

/** Whether a list item of foreign HTML says that it is done. */
function isChecked(element: HTMLElement): boolean {
  const said = element.getAttribute('data-checked')
  if (said !== null) return said === '' || said === 'true'
  return element.querySelector('input[type="checkbox"]')?.hasAttribute('checked') ?? false
}

/** An item may stand inside an item; a new line begins a task of its own that nobody has yet. */
export const TaskItem = TiptapTaskItem.extend({
  content: 'block*',
  addAttributes: () => ({
    checked: {
      default: false,
      keepOnSplit: false,
      parseHTML: isChecked,
      renderHTML: ({ checked }) => ({ 'data-checked': checked === true ? 'true' : 'false' }),
    },
    person: {
      ...dataAttribute('person', (value) => lineOf(value, ATTRIBUTE_MAX.person)),
      keepOnSplit: false,
    },
    due: { ...dataAttribute('due', dayOf), keepOnSplit: false },
  }),
  parseHTML: () => [
    { tag: 'ul.tasks > li', priority: 60 },
    {
      tag: 'li[data-type="taskItem"]',
      priority: 60,
      contentElement: (item) => {
        const element = item as HTMLElement
        return element.querySelector<HTMLElement>(':scope > div') ?? element
      },
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ['li', HTMLAttributes, 0],
  addInputRules: () => [
    new InputRule({
      find: /^\s*\[([ xX]?)\]\s$/,
      handler({ state, range, match, chain }) {
        const holder = state.doc.resolve(range.from).node(-1).type.name
        if (holder === 'taskItem') return null
        const begun = chain().deleteRange(range)
        // "- [ ] " is typed by many: the list that the hyphen made gives way.
        if (holder === 'listItem') begun.liftListItem('listItem')
        const checked = match[1]?.toLowerCase() === 'x'
        begun.toggleTaskList().updateAttributes('taskItem', { checked }).run()
        return undefined
      },
    }),
  ],
  // The check box of the editor is a view of its own.
  addNodeView: () => null as never,
}).configure({ nested: true })

/** All keys for people: what the overview lists. */

/** One line of the overview: keys as people press them (`ctrl` and `shift` are words), and a text. */
export interface KeyLine {
  keys: readonly string[]
  text: string
}

/** All keys by where they work; the texts are keys of the interface's words. */
export const KEY_GROUPS = [
  {
    title: 'keys.everywhere',
    lines: [
      { keys: ['F1'], text: 'keys.help' },
      { keys: ['ctrl', '/'], text: 'keys.help-too' },
      { keys: ['ctrl', 'K'], text: 'keys.link' },
    ],
  },
  {
    title: 'keys.on-page',
    lines: [
      { keys: ['ctrl', 'B'], text: 'edit.bold' },
      { keys: ['ctrl', 'I'], text: 'edit.italic' },
      { keys: ['ctrl', 'shift', 'S'], text: 'edit.strike' },
      { keys: ['ctrl', 'shift', 'H'], text: 'edit.highlight' },
      { keys: ['ctrl', '.'], text: 'edit.superscript' },
      { keys: ['ctrl', ','], text: 'edit.subscript' },
      { keys: ['ctrl', 'E'], text: 'edit.code' },
      { keys: ['ctrl', 'Alt', '0'], text: 'edit.paragraph' },
      { keys: ['ctrl', 'Alt', '1'], text: 'edit.heading1' },
      { keys: ['ctrl', 'Alt', '2'], text: 'edit.heading2' },
      { keys: ['ctrl', 'Alt', '3'], text: 'edit.heading3' },
      { keys: ['ctrl', 'shift', '7'], text: 'edit.numbers' },
      { keys: ['ctrl', 'shift', '8'], text: 'edit.bullets' },
      { keys: ['ctrl', 'shift', '9'], text: 'edit.tasks' },
      { keys: ['ctrl', 'shift', 'B'], text: 'edit.quote' },
      { keys: ['ctrl', 'Alt', 'C'], text: 'keys.code-block' },
      { keys: ['ctrl', 'Alt', 'F'], text: 'edit.footnote' },
      { keys: ['ctrl', 'Alt', 'N'], text: 'make.title' },
      { keys: ['shift', 'Enter'], text: 'keys.break' },
      { keys: ['ctrl', 'Enter'], text: 'keys.leave' },
      { keys: ['Tab'], text: 'keys.indent' },
      { keys: ['shift', 'Tab'], text: 'keys.outdent' },
      { keys: ['[['], text: 'keys.page' },
      { keys: ['/'], text: 'keys.slash' },
      { keys: ['Alt', 'Enter'], text: 'keys.fields' },
      { keys: ['Alt', 'shift', 'M'], text: 'keys.block' },
      { keys: ['Alt', 'shift', '↑'], text: 'block.up' },
      { keys: ['Alt', 'shift', '↓'], text: 'block.down' },
      { keys: ['ctrl', 'Alt', 'M'], text: 'comment.add' },
      { keys: ['Alt', '↓'], text: 'keys.comment-next' },
      { keys: ['Alt', '↑'], text: 'keys.comment-before' },
      { keys: ['ctrl', 'H'], text: 'find.title' },
      { keys: ['ctrl', 'Z'], text: 'edit.undo' },
      { keys: ['ctrl', 'Y'], text: 'edit.redo' },
      { keys: ['ctrl', 'shift', 'Z'], text: 'keys.redo-too' },
      { keys: ['Alt', 'F10'], text: 'keys.toolbar' },
    ],
  },
] as const satisfies readonly { title: string; lines: readonly KeyLine[] }[]

import type { Editor } from '@tiptap/core'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'

import { followNode } from './follow-node'
import { holdRange } from './held-range'
import { openShared } from './shared-editors'

/** The place of the task with these words. */
function taskAt(editor: Editor, words: string): number {
  let found = -1
  editor.state.doc.descendants((node, at) => {
    if (node.type.name === 'taskItem' && node.textContent === words) found = at
  })
  return found
}

const task = (words: string) => `<li data-checked="false"><div><p>${words}</p></div></li>`

function twoDesks(html: string) {
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()]
  const editor = openShared(mine)
  editor.commands.setContent(html)
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine))
  const other = openShared(theirs)
  const meet = (): void => Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
  return { editor, other, meet }
}

describe('a node that others work on', () => {
  const tasks = `<ul data-type="taskList">${task('Raum buchen')}</ul>`

  test('is found after it was changed and one was put before it, in one step', () => {
    const { editor, other, meet } = twoDesks(tasks)
    const place = followNode(editor.state, taskAt(editor, 'Raum buchen'))
    const at = taskAt(other, 'Raum buchen')
    other.view.dispatch(other.state.tr.setNodeAttribute(at, 'checked', true))
    other.commands.insertContentAt(at, {
      type: 'taskItem',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Einladen' }] }],
    })
    meet()
    const now = place?.(editor.state) ?? -1
    expect(now).toBe(taskAt(editor, 'Raum buchen'))
    expect(now).toBeGreaterThan(taskAt(editor, 'Einladen'))
    expect(editor.state.doc.nodeAt(now)?.attrs['checked']).toBe(true)
  })

  test('is found after an own change, and gone when it was deleted', () => {
    const { editor, other, meet } = twoDesks(`${tasks}<p>Ende</p>`)
    const at = taskAt(editor, 'Raum buchen')
    const place = followNode(editor.state, at)
    editor.view.dispatch(editor.state.tr.setNodeAttribute(at, 'person', 'Ada'))
    expect(place?.(editor.state)).toBe(at)
    other.commands.deleteRange({ from: 0, to: other.state.doc.firstChild?.nodeSize ?? 0 })
    meet()
    expect(place?.(editor.state)).toBeNull()
  })
})

describe('a stretch that was typed', () => {
  test('is found without what was typed behind it, and not when it is no more the same', () => {
    const { editor, other, meet } = twoDesks('<p>Siehe [[Ziel</p>')
    const held = holdRange(editor.state, { from: 7, to: 13 })
    editor.view.dispatch(editor.state.tr.insertText(' und mehr', 13))
    other.view.dispatch(other.state.tr.insertText('Bitte: ', 1))
    meet()
    expect(editor.state.doc.textContent).toBe('Bitte: Siehe [[Ziel und mehr')
    const range = held(editor.state)
    expect(range).toEqual({ from: 14, to: 20 })
    editor.view.dispatch(editor.state.tr.insertText('e', 18))
    expect(held(editor.state)).toBeNull()
  })
})

/** The passage that a page is being made of is followed while oneself and others write on. */
import type { Editor } from '@tiptap/core'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'

import { closeDesks, exchange, layOut, open, type Desk } from './desk'
import { heldPassage, holdPassage } from './held-passage'
import { blocksOf, passageOf } from './passage'

beforeAll(() => {
  layOut()
  Element.prototype.scrollIntoView = () => undefined
})
afterEach(closeDesks)

/** The place before these words. */
function at({ editor }: Desk, words: string): number {
  let found = -1
  editor.state.doc.descendants((node, place) => {
    const index = node.isText ? (node.text?.indexOf(words) ?? -1) : -1
    if (index >= 0) found = place + index
  })
  return found
}

/** Two desks at one text; the first one holds what stands between these words. */
function hold(html: string, first: string, last: string): { mine: Desk; theirs: Desk } {
  const mine = open()
  mine.editor.commands.setContent(html)
  const theirs = open(new Y.Doc())
  exchange(mine, theirs)
  const [from, to] = [at(mine, first), at(mine, last) + last.length]
  mine.editor.commands.setTextSelection({ from, to })
  const passage = passageOf(mine.editor.state)
  holdPassage(mine.editor.view, passage)
  return { mine, theirs }
}

function held({ state }: Editor): string[] {
  const passage = heldPassage(state)
  return passage === null ? [] : blocksOf(state.doc, passage).map((block) => block.textContent)
}

const type = ({ editor }: Desk, place: number, text: string): void =>
  editor.view.dispatch(editor.state.tr.insertText(text, place))

const THREE = '<p>Davor eins.</p><p>Die ganze Stelle.</p><p>Danach drei.</p>'

describe('a passage', () => {
  test('is marked until it is let go', () => {
    const { mine } = hold(THREE, 'Die', 'Stelle.')
    expect(mine.editor.view.dom.querySelector('.passage')?.textContent).toBe('Die ganze Stelle.')
    holdPassage(mine.editor.view, null)
    expect(mine.editor.view.dom.querySelector('.passage')).toBeNull()
    expect(heldPassage(mine.editor.state)).toBeNull()
  })

  test('takes in what others write within, not what they write around it', () => {
    const { mine, theirs } = hold(THREE, 'ganze', 'Stelle')
    type(theirs, at(theirs, 'Davor'), 'Noch weiter ')
    exchange(mine, theirs)
    expect(held(mine.editor)).toEqual(['ganze Stelle'])
    type(theirs, at(theirs, ' Stelle'), ' neue')
    exchange(mine, theirs)
    expect(held(mine.editor)).toEqual(['ganze neue Stelle'])
    type(theirs, at(theirs, 'ganze'), 'wirklich ')
    exchange(mine, theirs)
    type(theirs, at(theirs, 'Danach'), 'Viel später: ')
    exchange(mine, theirs)
    expect(held(mine.editor)).toEqual(['ganze neue Stelle'])
  })

  test('that is a whole paragraph takes in what others write at its ends', () => {
    const { mine, theirs } = hold(THREE, 'Die', 'Stelle.')
    type(theirs, at(theirs, 'Die'), 'Hier: ')
    exchange(mine, theirs)
    type(theirs, at(theirs, 'Stelle.') + 'Stelle.'.length, ' Und mehr.')
    exchange(mine, theirs)
    expect(held(mine.editor)).toEqual(['Hier: Die ganze Stelle. Und mehr.'])
  })

  test('stays whole when others divide it, and when they insert and take away blocks around it', () => {
    const { mine, theirs } = hold(THREE, 'Die', 'Stelle.')
    theirs.editor.view.dispatch(theirs.editor.state.tr.split(at(theirs, 'ganze')))
    exchange(mine, theirs)
    expect(held(mine.editor)).toEqual(['Die ', 'ganze Stelle.'])
    theirs.editor.commands.insertContentAt(0, '<h2>Neu</h2>')
    exchange(mine, theirs)
    const end = at(theirs, 'Danach') - 1
    theirs.editor.commands.deleteRange({ from: end, to: end + 'Danach drei.'.length + 2 })
    exchange(mine, theirs)
    expect(held(mine.editor)).toEqual(['Die ', 'ganze Stelle.'])
  })

  test('is found by its letters when others changed before and behind it at once', () => {
    const { mine, theirs } = hold('<p>Davor. Die ganze Stelle. Danach.</p>', 'ganze', 'Stelle')
    const apart = new Y.Doc()
    Y.applyUpdate(apart, Y.encodeStateAsUpdate(theirs.doc))
    const away = open(apart)
    type(away, at(away, 'Danach'), 'Gleich ')
    type(away, at(away, 'Davor'), 'Kurz ')
    exchange(mine, away)
    expect(mine.editor.getText()).toBe('Kurz Davor. Die ganze Stelle. Gleich Danach.')
    expect(held(mine.editor)).toEqual(['ganze Stelle'])
  })

  test('follows what one writes oneself, and is empty when it is gone', () => {
    const { mine, theirs } = hold(THREE, 'ganze', 'Stelle')
    mine.editor.view.dispatch(mine.editor.state.tr.split(at(mine, 'Stelle')))
    type(mine, at(mine, 'Davor'), 'Ganz am Anfang: ')
    expect(held(mine.editor)).toEqual(['ganze ', 'Stelle'])
    const from = at(theirs, 'ganze')
    exchange(mine, theirs)
    const to = at(theirs, 'Stelle') + 'Stelle'.length
    expect(from).toBeGreaterThan(0)
    theirs.editor.commands.deleteRange({ from: at(theirs, 'ganze'), to })
    exchange(mine, theirs)
    expect(held(mine.editor)).toEqual([])
  })
})

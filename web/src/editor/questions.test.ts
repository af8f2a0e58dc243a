/** Questions of a text that nobody has answered yet invite to answer. */
import { afterEach, beforeAll, expect, test } from 'vitest'

import { closeDesks, layOut, open } from './desk'

beforeAll(layOut)
afterEach(closeDesks)

test('an empty line below a question invites to write, only while one may', () => {
  const { editor } = open()
  const invited = (): string[] =>
    [...editor.view.dom.querySelectorAll('[data-invitation]')].map(
      (line) => line.previousElementSibling?.textContent ?? '',
    )
  editor.commands.setContent(
    '<h2>Wie war die Lage?</h2><p></p><h2>Was haben wir getan?</h2><p>Viel.</p><p></p>' +
      '<h2>Ergebnis</h2><p></p><h3>Und nun?</h3><p></p><p></p>',
  )
  expect(invited()).toEqual(['Wie war die Lage?', 'Und nun?'])
  editor.view.dispatch(editor.state.tr.insertText('Ein Wort', 20))
  expect(invited()).toEqual(['Und nun?'])
  editor.view.dispatch(editor.state.tr.delete(20, 28))
  editor.setEditable(false)
  expect(invited()).toEqual([])
  editor.setEditable(true)
  expect(invited()).toEqual(['Wie war die Lage?', 'Und nun?'])
})

/** Two people fill in what is known about one block, and write in one footnote. */
import type { Editor } from '@tiptap/core'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'

import { footnotesOf } from '../schema/footnote'
import { setField, setFootnoteText, type FieldName } from './block-fields'
import { Random } from './random-pages'
import { openShared } from './shared-editors'

/** Two editors of one page; what is written is seen by the other when they meet. */
function pair(html: string): { one: Editor; two: Editor; meet: () => void } {
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()]
  const one = openShared(mine)
  one.commands.setContent(html)
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine))
  const two = openShared(theirs)
  const meet = (): void => {
    const updates = [theirs, mine].map((doc) => Y.encodeStateAsUpdate(doc))
    Y.applyUpdate(mine, updates[0] ?? new Uint8Array())
    Y.applyUpdate(theirs, updates[1] ?? new Uint8Array())
    expect(one.getHTML()).toBe(two.getHTML())
  }
  return { one, two, meet }
}

describe('one footnote', () => {
  const NOTE = '<p>Satz<sup class="footnote" data-footnote="">Zählung</sup> geht weiter</p>'
  const noteOf = (editor: Editor): { at: number; text: string } => {
    const [note] = footnotesOf(editor.state.doc)
    if (note === undefined) throw new Error('the footnote is gone')
    return note
  }
  /** Types one letter at this place of the footnote's field, as its field hands it over. */
  const type = (editor: Editor, place: number, letter: string): void => {
    const { at, text } = noteOf(editor)
    const typed = text.slice(0, place) + letter + text.slice(place)
    setFootnoteText(editor, at, typed, place + letter.length)
  }

  test('holds every letter of both, written at its two ends at once', () => {
    const { one, two, meet } = pair(NOTE)
    const [front, back] = ['Eigene ', ' von 2024']
    for (let step = 0; step < Math.max(front.length, back.length); step += 1) {
      if (step < front.length) type(one, step, front.charAt(step))
      if (step < back.length) type(two, noteOf(two).text.length, back.charAt(step))
      // Sometimes they meet at once, sometimes a few letters later.
      if (step % 3 === 2) meet()
    }
    meet()
    expect(noteOf(one).text).toBe('Eigene Zählung von 2024')
    expect(one.getText()).toBe('SatzEigene Zählung von 2024 geht weiter')
  })

  test('keeps what one writes while the other takes other words out', () => {
    const { one, two, meet } = pair(NOTE)
    setFootnoteText(one, noteOf(one).at, 'Zahl', 4)
    type(two, 0, 'Neue ')
    meet()
    expect(noteOf(one).text).toBe('Neue Zahl')
  })

  test('is found again where the other one has written before it', () => {
    const { one, two, meet } = pair(NOTE)
    two.commands.insertContentAt(1, 'Ein langer ')
    type(one, 7, 'en')
    meet()
    type(one, 0, 'Eigene ')
    meet()
    expect(two.getText()).toBe('Ein langer SatzEigene Zählungen geht weiter')
  })

  test('is the same for both after any mixture of letters', { timeout: 60_000 }, () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const random = new Random(seed)
      const { one, two, meet } = pair(NOTE)
      let letters = 0
      for (let step = 0; step < 30; step += 1) {
        const editor = random.below(2) === 0 ? one : two
        type(editor, random.below(noteOf(editor).text.length + 1), random.pick(['x', 'y', 'ß']))
        letters += 1
        if (random.below(4) === 0) meet()
      }
      meet()
      const { text } = noteOf(one)
      expect([...text.replace(/[Zählung]/g, '')], `seed ${seed}`).toHaveLength(letters)
      expect(text.replace(/[xyß]/g, ''), `seed ${seed}`).toBe('Zählung')
    }
  })
})

describe('what is known about one block', () => {
  const attributes = (editor: Editor): Record<string, unknown> => editor.state.doc.child(0).attrs
  const fill = (editor: Editor, name: FieldName, typed: string): void => {
    expect(setField(editor, 0, name, typed)).toBe(true)
  }

  const given: { block: string; mine: [FieldName, string]; theirs: [FieldName, string] }[] = [
    { block: 'familyVoice', mine: ['method', 'Gespräch'], theirs: ['month', '2024-03'] },
    { block: 'agreement', mine: ['who', 'Jugendamt'], theirs: ['until', '2031-06-30'] },
  ]
  test.each(given)('$block: both keep what each fills in', ({ block, mine, theirs }) => {
    const { one, two, meet } = pair('<p>Worte</p>')
    one.chain().setTextSelection(2).toggleWrap(block).run()
    meet()
    expect(two.state.doc.child(0).type.name).toBe(block)
    fill(one, ...mine)
    fill(two, ...theirs)
    meet()
    expect(attributes(two)).toMatchObject(Object.fromEntries([mine, theirs]))
  })

  test('the same attribute has one value in the end, and the words stay', () => {
    const { one, two, meet } = pair('<p>Worte</p>')
    one.chain().setTextSelection(2).toggleWrap('agreement').run()
    meet()
    fill(one, 'who', 'Jugendamt')
    fill(two, 'who', 'Schulamt')
    two.commands.insertContentAt(2, 'Alle ')
    meet()
    expect(['Jugendamt', 'Schulamt']).toContain(attributes(one)['who'])
    expect(one.state.doc.textContent).toBe('Alle Worte')
  })

  test('the language of code stays beside what the other writes in it', () => {
    const { one, two, meet } = pair('<pre><code>select</code></pre>')
    fill(one, 'language', 'sql')
    two.commands.insertContentAt(7, ' 1')
    meet()
    expect(one.getHTML()).toBe('<pre><code data-language="sql">select 1</code></pre>')
  })
})

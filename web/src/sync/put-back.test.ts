// @vitest-environment node
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'

import { textOf } from './difference'
import { putBack } from './put-back'

function page(...texts: string[]): Y.Doc {
  const doc = new Y.Doc()
  const blocks = texts.map((text) => {
    const block = new Y.XmlElement('heading')
    block.insert(0, [new Y.XmlText(text)])
    return block
  })
  doc.getXmlFragment('body').insert(0, blocks)
  return doc
}

const textsOf = (doc: Y.Doc): string[] => doc.getXmlFragment('body').toArray().map(textOf)

describe('words that went with their block', () => {
  it('stand between what stood around them, wherever that is now', () => {
    const doc = page('Anderes', 'Frühe Hilfen in Pankow', 'Frühe Hilfen')
    const words = { text: 'nahe ', before: 'Frühe ', after: 'Hilfen in Pankow' }
    expect(putBack(doc, words, null)).toBe(true)
    expect(textsOf(doc)).toEqual(['Anderes', 'Frühe nahe Hilfen in Pankow', 'Frühe Hilfen'])
  })

  it('stand behind what was before them where the rest has changed', () => {
    const doc = page('Wir treffen uns morgen um acht.', 'Ende')
    const words = { text: ' früh', before: 'Wir treffen uns morgen', after: ' um neun.' }
    expect(putBack(doc, words, null)).toBe(true)
    expect(textsOf(doc)).toEqual(['Wir treffen uns morgen früh um acht.', 'Ende'])
  })

  it('stand in front of what came after them where nothing was before', () => {
    const doc = page('Alle sind da.')
    const words = { text: 'Heute: ', before: '', after: 'Alle sind da.' }
    expect(putBack(doc, words, null)).toBe(true)
    expect(textsOf(doc)).toEqual(['Heute: Alle sind da.'])
  })

  it('are not put where only a few letters are the same', () => {
    const doc = page('Wer ist da, und wann?', 'Ist')
    expect(putBack(doc, { text: '!', before: 'st', after: '' }, null)).toBe(false)
    expect(textsOf(doc)).toEqual(['Wer ist da, und wann?', 'Ist', '!'])
  })

  it('become a paragraph at the end where nobody knows their place any more', () => {
    const doc = page('Anfang')
    expect(putBack(doc, { text: ' Ein Satz.', before: '', after: '' }, null)).toBe(false)
    expect(putBack(doc, { text: 'Noch einer.', before: 'Weg', after: '' }, null)).toBe(false)
    expect(textsOf(doc)).toEqual(['Anfang', 'Ein Satz.', 'Noch einer.'])
  })

  it('are one step for whoever takes it back', () => {
    const doc = page('Frühe Hilfen')
    const origin = {}
    const undo = new Y.UndoManager(doc, { trackedOrigins: new Set([origin]) })
    putBack(doc, { text: 'nahe ', before: 'Frühe ', after: 'Hilfen' }, origin)
    undo.undo()
    expect(textsOf(doc)).toEqual(['Frühe Hilfen'])
  })
})

import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'

import { blockDifferences, blocksOf, copyOf, differences, ownBlocks } from './difference'

/** A page with a title and a paragraph for each text. */
function pageOf(title: string, ...texts: string[]): Y.Doc {
  const doc = new Y.Doc()
  doc.getText('title').insert(0, title)
  doc.getXmlFragment('body').insert(0, texts.map(paragraph))
  return doc
}

function paragraph(text: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph')
  element.insert(0, [new Y.XmlText(text)])
  return element
}

/** A second window on the same page. */
function windowOn(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

const body = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment('body')

describe('how two states of a page differ', () => {
  it('names the title, fields and blocks, each as it was and as it is', () => {
    const before = pageOf('Alt', 'eins', 'zwei', 'drei')
    const after = windowOn(before)
    after.getText('title').insert(3, ' und neu')
    after.getText('text:summary').insert(0, 'Worum es geht')
    after.getMap('values').set('status', 'idea')
    after.getMap('values').set('topics=money', true)
    body(after).delete(0, 1)
    body(after).insert(2, [paragraph('vier')])
    expect(differences(before, after)).toEqual([
      { place: { kind: 'title' }, before: 'Alt', after: 'Alt und neu' },
      { place: { kind: 'field', name: 'summary' }, before: '', after: 'Worum es geht' },
      { place: { kind: 'field', name: 'status' }, before: '', after: 'idea' },
      { place: { kind: 'field', name: 'topics' }, before: '', after: 'money' },
      { place: { kind: 'text' }, before: 'eins', after: '' },
      { place: { kind: 'text' }, before: '', after: 'vier', block: 2 },
    ])
    expect(differences(after, windowOn(after))).toEqual([])
  })

  it('pairs a changed block with what stood there', () => {
    expect(
      blockDifferences(
        blocksOf(pageOf('', 'a', 'b', 'c')),
        blocksOf(pageOf('', 'a', 'B', 'C', 'd')),
      ),
    ).toEqual([
      { place: { kind: 'text' }, before: 'b', after: 'B', block: 1 },
      { place: { kind: 'text' }, before: 'c', after: 'C', block: 2 },
      { place: { kind: 'text' }, before: '', after: 'd', block: 3 },
    ])
  })

  it('sees bold text and another kind of block, which read the same', () => {
    const before = pageOf('', 'eins', 'zwei')
    const after = windowOn(before)
    const [first, second] = body(after).toArray()
    if (!(first instanceof Y.XmlElement) || !(second instanceof Y.XmlElement)) throw new Error()
    ;(first.get(0) as Y.XmlText).format(0, 4, { bold: true })
    second.setAttribute('level', '2')
    expect(differences(before, after)).toEqual([
      { place: { kind: 'text' }, before: 'eins', after: 'eins', block: 0 },
      { place: { kind: 'text' }, before: 'zwei', after: 'zwei', block: 1 },
    ])
  })

  it('finds the blocks that this window wrote in since a moment', () => {
    const doc = windowOn(pageOf('', 'von anderen', 'auch'))
    const text = body(doc).get(0)
    if (!(text instanceof Y.XmlElement)) throw new Error('no paragraph')
    const first = text.get(0)
    if (!(first instanceof Y.XmlText)) throw new Error('no text')
    first.insert(3, ' mir und')
    expect(ownBlocks(doc, 0)).toEqual([0])
    const since = Y.getState(doc.store, doc.clientID)
    body(doc).insert(2, [paragraph('neu')])
    expect(ownBlocks(doc, since)).toEqual([2])
  })

  it('copies blocks with everything in them', () => {
    const doc = pageOf('Titel', 'eins', 'zwei', 'drei')
    expect(blocksOf(copyOf(doc, [0, 2])).map(({ text }) => text)).toEqual(['eins', 'drei'])
  })
})

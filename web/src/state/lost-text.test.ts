// @vitest-environment node
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'

import { textOf } from '../sync/difference'
import { LostTexts, type LostText } from './lost-text.svelte'

const lost: LostText = {
  id: '7-0',
  at: '2026-01-05T08:00:00Z',
  text: 'nahe ',
  before: 'Frühe ',
  after: 'Hilfen',
}

function server(items: readonly LostText[]) {
  const gone: string[] = []
  const api = {
    lostTexts: () => Promise.resolve({ kind: 'ok' as const, value: { items: [...items] } }),
    letGoOfLostText: (page: string, text: string) => {
      gone.push(`${page}/${text}`)
      return Promise.resolve({ kind: 'ok' as const, value: undefined })
    },
  }
  return { api, gone }
}

function page(text: string): Y.Doc {
  const doc = new Y.Doc()
  const block = new Y.XmlElement('heading')
  block.insert(0, [new Y.XmlText(text)])
  doc.getXmlFragment('body').insert(0, [block])
  return doc
}

describe('text that somebody else’s change took away', () => {
  it('is put back and the server told', async () => {
    const { api, gone } = server([lost])
    const texts = new LostTexts(api, 'p1')
    await texts.load()
    expect(texts.items).toEqual([lost])
    const doc = page('Frühe Hilfen')
    expect(texts.takeOver(lost, doc)).toBe(true)
    expect(doc.getXmlFragment('body').toArray().map(textOf)).toEqual(['Frühe nahe Hilfen'])
    expect(texts.items).toEqual([])
    expect(gone).toEqual(['p1/7-0'])
  })

  it('is let go of', async () => {
    const { api, gone } = server([lost])
    const texts = new LostTexts(api, 'p1')
    await texts.load()
    expect(await texts.letGo(lost)).toBeNull()
    expect(texts.items).toEqual([])
    expect(gone).toEqual(['p1/7-0'])
  })
})

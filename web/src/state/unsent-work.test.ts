import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'

import { textOf } from '../sync/difference'
import { passingWorkStore, storeIn, type WorkStore } from '../sync/kept-work'
import { keptPages, UnsentWork } from './unsent-work.svelte'

const PAGE = '01h8xgjwbwbaq4z5v6y7t8r9q1'
const JANA = '01h8xgjwbwbaq4z5v6y7t8r9qa'

function paragraph(text: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph')
  element.insert(0, [new Y.XmlText(text)])
  return element
}

/** The page as the server has it. */
function serverPage(): Y.Doc {
  const doc = new Y.Doc()
  doc.getXmlFragment('body').insert(0, [paragraph('Anfang')])
  return doc
}

/** What a window has: the server's page, and a paragraph that is not there. */
function writtenIn(server: Y.Doc, text: string): Y.Doc {
  const doc = copy(server)
  doc.getXmlFragment('body').insert(1, [paragraph(text)])
  return doc
}

function copy(doc: Y.Doc): Y.Doc {
  const made = new Y.Doc()
  Y.applyUpdate(made, Y.encodeStateAsUpdate(doc))
  return made
}

const textsOf = (doc: Y.Doc): string[] => doc.getXmlFragment('body').toArray().map(textOf)
const opened = (works: WorkStore, person = JANA) => new UnsentWork(PAGE, person, works, () => 1_000)
const state = (doc: Y.Doc) => ({ doc, savedClock: 0, title: 'Titel' })

describe('work that the server does not have', () => {
  it('is merged by itself where only the connection was missing, and forgotten once saved', async () => {
    const works = passingWorkStore()
    const server = serverPage()
    await opened(works).keep(state(writtenIn(server, 'ohne Netz')), 'away')

    const later = opened(works)
    const fresh = copy(server)
    await later.bringBack(fresh, true)
    expect(textsOf(fresh)).toEqual(['Anfang', 'ohne Netz'])
    expect(later.offer).toBeNull()
    expect(await keptPages(JANA, works)).toEqual([{ id: PAGE, title: 'Titel' }])
    later.saved()
    expect(await works.of(JANA)).toEqual([])
  })

  it('is sent as it was kept, also what stands in a block that others deleted meanwhile', async () => {
    const works = passingWorkStore()
    const server = serverPage()
    const own = copy(server)
    const [block] = own.getXmlFragment('body').toArray() as Y.XmlElement[]
    ;(block?.get(0) as Y.XmlText).insert(6, ' ohne Netz')
    await opened(works).keep(state(own), 'away')

    const meanwhile = copy(server)
    meanwhile.getXmlFragment('body').delete(0, 1)
    const sent: Uint8Array[] = []
    const merged: Uint8Array[] = []
    meanwhile.on('update', (update: Uint8Array) => merged.push(update))
    await opened(works).bringBack(meanwhile, true, (update) => sent.push(update))
    const [first] = sent.map((update) => {
      Y.applyUpdate(server, update)
      return textsOf(server)
    })
    expect(first).toEqual(['Anfang ohne Netz'])
    expect(textsOf(meanwhile)).toEqual([])
    expect(merged).toHaveLength(1)
  })

  it('is offered as a difference where it was refused, and taken over only when asked', async () => {
    const works = passingWorkStore()
    const server = serverPage()
    const unsent = opened(works)
    await unsent.keep(state(writtenIn(server, 'zu groß')), 'refused')
    const fresh = copy(server)
    await unsent.bringBack(fresh, true)
    expect(textsOf(fresh)).toEqual(['Anfang'])
    expect(unsent.offer?.differences).toEqual([
      { place: { kind: 'text' }, before: '', after: 'zu groß', block: 1 },
    ])
    expect(unsent.text()).toBe('zu groß')
    // In the next window, too.
    const next = opened(works)
    await next.bringBack(copy(server), true)
    expect(next.offer?.differences).toHaveLength(1)

    unsent.accept(fresh)
    expect(textsOf(fresh)).toEqual(['Anfang', 'zu groß'])
    expect(unsent.offer).toBeNull()
    unsent.saved()
    expect(await works.of(JANA)).toEqual([])
  })

  it('is not sent again by itself when the server refuses what was merged', async () => {
    const works = passingWorkStore()
    const server = serverPage()
    await opened(works).keep(state(writtenIn(server, 'ohne Netz')), 'away')
    const unsent = opened(works)
    const fresh = copy(server)
    await unsent.bringBack(fresh, true)
    await unsent.keep(state(fresh), 'refused')
    const again = copy(server)
    await unsent.bringBack(again, true)
    expect(textsOf(again)).toEqual(['Anfang'])
    expect(unsent.offer?.differences).toHaveLength(1)
    expect(await works.of(JANA)).toHaveLength(1)
  })

  it('is offered, not merged, where the page may only be read', async () => {
    const works = passingWorkStore()
    const server = serverPage()
    await opened(works).keep(state(writtenIn(server, 'ohne Netz')), 'away')
    const unsent = opened(works)
    const fresh = copy(server)
    await unsent.bringBack(fresh, false)
    expect(textsOf(fresh)).toEqual(['Anfang'])
    expect(unsent.offer?.differences).toHaveLength(1)
  })

  it('is offered to nobody else on this device', async () => {
    const works = passingWorkStore()
    await opened(works).keep(state(writtenIn(serverPage(), 'von Jana')), 'refused')
    const other = opened(works, '01h8xgjwbwbaq4z5v6y7t8r9qb')
    await other.bringBack(serverPage(), true)
    expect(other.offer).toBeNull()
  })

  it('begins a new page, which takes it up when it is opened', async () => {
    const works = passingWorkStore()
    const server = serverPage()
    const doc = writtenIn(server, 'mein Absatz')
    doc.getText('title').insert(0, 'Neuer Titel')
    const unsent = opened(works)
    await unsent.keep(state(doc), 'refused')
    await unsent.bringBack(copy(server), true)
    const draft = '01h8xgjwbwbaq4z5v6y7t8r9q2'
    await unsent.moveTo(draft, 'Entwurf', server)
    expect(unsent.offer).toBeNull()

    const page = new Y.Doc()
    const there = new UnsentWork(draft, JANA, works, () => 2_000)
    await there.bringBack(page, true)
    expect(textsOf(page)).toEqual(['Neuer Titel', 'mein Absatz'])
  })

  it('is the own blocks alone where the page cannot be had any more', async () => {
    const works = passingWorkStore()
    const unsent = opened(works)
    await unsent.keep(state(writtenIn(serverPage(), 'von mir')), 'refused')
    await unsent.bringBackAlone()
    expect(unsent.text()).toBe('von mir')
  })

  it('is offered where only the form of the text was changed', async () => {
    const works = passingWorkStore()
    const server = serverPage()
    const doc = copy(server)
    const [first] = doc.getXmlFragment('body').toArray()
    if (!(first instanceof Y.XmlElement)) throw new Error('no paragraph')
    ;(first.get(0) as Y.XmlText).format(0, 6, { bold: true })
    const unsent = opened(works)
    await unsent.keep(state(doc), 'refused')
    await unsent.bringBack(copy(server), true)
    expect(unsent.offer?.differences).toHaveLength(1)
    expect(await works.of(JANA)).toHaveLength(1)
  })

  it('of two windows is offered whole where the page cannot be had any more', async () => {
    const works = passingWorkStore()
    const server = serverPage()
    await opened(works).keep(state(writtenIn(server, 'im ersten')), 'refused')
    await opened(works).keep(state(writtenIn(server, 'im zweiten')), 'refused')
    const unsent = opened(works)
    await unsent.bringBackAlone()
    expect(unsent.text()).toContain('im ersten')
    expect(unsent.text()).toContain('im zweiten')
  })

  it('stays in the window where the browser has no room, for other screens, too', async () => {
    const full = storeIn(() => () => Promise.reject(new Error('full')))
    const server = serverPage()
    await opened(full).keep(state(writtenIn(server, 'ohne Platz')), 'refused')
    const unsent = opened(full)
    await unsent.bringBack(copy(server), true)
    expect(unsent.text()).toBe('ohne Platz')
    await unsent.discard()
    expect(await keptPages(JANA, full)).toEqual([])
  })
})

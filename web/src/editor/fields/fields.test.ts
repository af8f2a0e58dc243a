/** Answers in documents: read, written by two at once, undone; places of entries; days. */
import { describe, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'

import { createUndo } from '../body-binding'
import { documentAnswers, isAnswered, metCriteria, pageAnswers, watchAnswers } from './answers'
import { readDays, sayDays, writeDays } from './days'
import { between } from './order'
import { neighbours, rootOf, tellField } from './presence'
import { isWide, type FieldSpec } from './spec'
import { FieldWriter, randomItem } from './writer'

const spec = (name: string, type: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  name,
  type,
  label: name,
  question: `${name}?`,
  invite: null,
  choices: [],
  unit: '',
  min: null,
  max: null,
  kinds: [],
  parts: [],
  ...more,
})
const team = spec('team', 'list', { parts: [spec('role', 'role'), spec('since', 'date')] })
const criteria = spec('criteria', 'criteria', {
  choices: [
    { id: 'setting', label: 'Setting' },
    { id: 'costs', label: 'Kosten' },
  ],
})

function person() {
  const doc = new Y.Doc()
  const undo = createUndo(doc)
  let items = 0
  const item = (): string => `item${doc.clientID}${(items += 1)}`
  return { doc, undo, writer: new FieldWriter(doc, undo, item), answers: documentAnswers(doc) }
}

/** Two people whose documents are brought together. */
function two() {
  const [one, other] = [person(), person()]
  const meet = (): void => {
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(other.doc), 'network')
    Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(one.doc), 'network')
  }
  return { one, other, meet }
}

describe('two people at once', () => {
  test('choices of both stay, and what one takes out goes', () => {
    const { one, other, meet } = two()
    one.writer.choose('phase', 'daycare', true)
    meet()
    one.writer.choose('phase', 'school', true)
    other.writer.choose('phase', 'parents', true)
    other.writer.choose('phase', 'daycare', false)
    meet()
    expect(one.answers.chosen('phase')).toEqual(['parents', 'school'])
    expect(other.answers.chosen('phase')).toEqual(['parents', 'school'])
  })

  test('one value is the same for both in the end', () => {
    const { one, other, meet } = two()
    one.writer.set('status', 'idea')
    other.writer.set('status', 'tried')
    meet()
    expect(one.answers.value('status')).toBe(other.answers.value('status'))
    one.writer.set('status', null)
    meet()
    expect(other.answers.value('status')).toBeNull()
  })

  test('entries that both add at the end stand in one order', () => {
    const { one, other, meet } = two()
    const first = one.writer.addEntry('team')
    meet()
    const [second, third] = [one.writer.addEntry('team'), other.writer.addEntry('team')]
    meet()
    const items = one.answers.items('team')
    expect(items[0]).toBe(first)
    expect([...items].sort()).toEqual([first, second, third].sort())
    expect(other.answers.items('team')).toEqual(items)
  })

  test('what one writes into an entry while the other removes it stays to be seen', () => {
    const { one, other, meet } = two()
    const item = one.writer.addEntry('team')
    one.writer.text(`team/${item}/role`).insert(0, 'Leitung')
    meet()
    one.writer.removeEntry('team', item)
    expect(one.answers.items('team')).toEqual([])
    other.writer.text(`team/${item}/role`).insert(7, ' und mehr')
    meet()
    expect(one.answers.items('team')).toEqual([item])
    expect(one.answers.text(`team/${item}/role`)).toBe(' und mehr')
    expect(other.answers.items('team')).toEqual([item])
  })
})

describe('entries', () => {
  test('move up and down and end where they cannot go on', () => {
    const { writer, answers } = person()
    const [a, b, c] = [writer.addEntry('t'), writer.addEntry('t'), writer.addEntry('t')]
    writer.moveEntry('t', c, -1)
    expect(answers.items('t')).toEqual([a, c, b])
    writer.moveEntry('t', a, 1)
    expect(answers.items('t')).toEqual([c, a, b])
    writer.moveEntry('t', b, 1)
    writer.moveEntry('t', c, -1)
    expect(answers.items('t')).toEqual([c, a, b])
  })

  test('a list of another name is another list', () => {
    const { writer, answers } = person()
    writer.addEntry('team')
    expect(answers.items('tea')).toEqual([])
    expect(answers.items('team2')).toEqual([])
  })

  test('items are what the server takes', () => {
    expect(randomItem()).toMatch(/^[0-9a-z]{12}$/)
  })
})

describe('undo', () => {
  test('takes back one change of the person at a time, of any kind of field', () => {
    const { one, other, meet } = two()
    one.writer.set('status', 'idea')
    one.writer.choose('phase', 'daycare', true)
    const item = one.writer.addEntry('team')
    one.writer.removeEntry('team', item)
    other.writer.choose('phase', 'parents', true)
    meet()
    one.undo.undo()
    expect(one.answers.items('team')).toEqual([item])
    one.undo.undo()
    expect(one.answers.items('team')).toEqual([])
    one.undo.undo()
    expect(one.answers.chosen('phase')).toEqual(['parents'])
    expect(one.answers.value('status')).toBe('idea')
    one.undo.redo()
    expect(one.answers.chosen('phase')).toEqual(['daycare', 'parents'])
  })

  test('brings the words of a criterion back with it', () => {
    const { writer, undo, answers } = person()
    writer.meet('criteria', 'setting', true)
    writer.text('criteria/setting').insert(0, 'in der Kita')
    writer.meet('criteria', 'setting', false)
    expect(metCriteria(criteria, answers)).toEqual([])
    undo.undo()
    expect(metCriteria(criteria, answers)).toEqual(['setting'])
    expect(answers.text('criteria/setting')).toBe('in der Kita')
  })
})

describe('what is read', () => {
  test('is the same from the page and from its document', () => {
    const { doc, writer } = person()
    writer.set('status', 'idea')
    writer.choose('phase', 'daycare', true)
    writer.meet('criteria', 'costs', true)
    writer.text('summary').insert(0, 'kurz')
    const item = writer.addEntry('team')
    writer.text(`team/${item}/role`).insert(0, 'Leitung')
    writer.set(`team/${item}/since`, '2023-05-01')
    const specs = [
      spec('status', 'one'),
      spec('phase', 'many'),
      criteria,
      spec('summary', 'text'),
      team,
    ]
    const stored = {
      status: 'idea',
      phase: ['daycare'],
      criteria: { costs: '' },
      summary: 'kurz',
      team: [{ id: item, role: 'Leitung', since: '2023-05-01' }],
    }
    for (const answers of [documentAnswers(doc), pageAnswers(stored, specs)]) {
      expect(answers.value('status')).toBe('idea')
      expect(answers.chosen('phase')).toEqual(['daycare'])
      expect(metCriteria(criteria, answers)).toEqual(['costs'])
      expect(answers.text('summary')).toBe('kurz')
      expect(answers.items('team')).toEqual([item])
      expect(answers.text(`team/${item}/role`)).toBe('Leitung')
      expect(answers.value(`team/${item}/since`)).toBe('2023-05-01')
      for (const one of specs) expect(isAnswered(one, one.name, answers), one.name).toBe(true)
    }
  })

  test('is nothing where answers have another form than declared', () => {
    const specs = [spec('status', 'one'), spec('phase', 'many'), criteria, team]
    const stored = { status: ['a'], phase: { a: 1 }, criteria: 'x', team: 3 }
    const answers = pageAnswers(stored, specs)
    for (const one of [specs[1], team]) {
      expect(one && isAnswered(one, one.name, answers)).toBe(false)
    }
    expect(metCriteria(criteria, answers)).toEqual([])
  })

  test('a blank text is no answer', () => {
    const { writer, answers } = person()
    writer.text('summary').insert(0, '  ')
    expect(isAnswered(spec('summary', 'text'), 'summary', answers)).toBe(false)
  })

  test('is told of changes in fields and not of others', () => {
    const { doc, writer } = person()
    let told = 0
    const stop = watchAnswers(doc, () => (told += 1))
    doc.getText('title').insert(0, 'Titel')
    expect(told).toBe(0)
    writer.set('status', 'idea')
    writer.text('summary').insert(0, 'a')
    expect(told).toBe(2)
    stop()
    writer.set('status', 'tried')
    expect(told).toBe(2)
  })
})

describe('places', () => {
  test('there is always one between two others, and they stay short at the end', () => {
    let places = ['n']
    for (let round = 0; round < 200; round += 1) {
      const at = (round * 7919) % (places.length + 1)
      const place = between(places[at - 1] ?? null, places[at] ?? null)
      places = [...places.slice(0, at), place, ...places.slice(at)]
    }
    expect(places).toEqual([...places].sort())
    expect(new Set(places).size).toBe(places.length)
    for (const place of places) expect(place).toMatch(/^[a-z]{1,64}$/)
    let last = 'n'
    for (let count = 0; count < 300; count += 1) last = between(last, null)
    expect(last.length).toBeLessThan(30)
  })

  test('equal places of two people leave room behind them', () => {
    expect(between('n', 'n') > 'n').toBe(true)
  })
})

describe('days', () => {
  test('are stored in order, as one where they are one', () => {
    expect(writeDays('2023-09-12', '2023-09-11')).toBe('2023-09-11/2023-09-12')
    expect(writeDays('2023-09-11', '2023-09-11')).toBe('2023-09-11')
    expect(writeDays('', '2023-09-11')).toBe('2023-09-11')
    expect(writeDays('', '')).toBeNull()
    expect(writeDays('0002-09-11', '')).toBeNull()
    expect(readDays('2023-09-11/2023-09-12')).toEqual({ first: '2023-09-11', last: '2023-09-12' })
  })

  test('are said as people do, and what is no day as it was written', () => {
    const now = new Date('2023-11-22T10:00:00')
    expect(sayDays('2023-09-11/2023-09-12', now, 'de')).toBe('11. September – 12. September')
    expect(sayDays('2022-11-07', now, 'de')).toBe('7. November 2022')
    expect(sayDays('im Herbst', now, 'de')).toBe('im Herbst')
  })
})

describe('others', () => {
  test('are seen in the field that they are in', () => {
    const [mine, theirs] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())]
    theirs.setLocalState({ user: { name: 'Ada Beck', initials: 'AB', hue: 3 }, field: null })
    tellField(theirs, rootOf('status'))
    const state = theirs.getLocalState()
    mine.states.set(theirs.clientID, state ?? {})
    mine.states.set(7, { field: { root: 3 }, user: { name: 'x' } })
    const found = neighbours(mine)
    expect([...found.keys()]).toEqual(['values:status'])
    expect(found.get('values:status')).toEqual([
      { client: theirs.clientID, name: 'Ada Beck', initials: 'AB', hue: 3 },
    ])
    tellField(theirs, null)
    expect(theirs.getLocalState()?.['field']).toBeNull()
    mine.destroy()
    theirs.destroy()
  })
})

test('chips that do not fit beside each other take the whole width', () => {
  expect(isWide(spec('a', 'many'), 4)).toBe(false)
  expect(isWide(spec('a', 'many'), 5)).toBe(true)
  expect(isWide(spec('a', 'text'), 0)).toBe(true)
})

// @vitest-environment node
/** The connection against a small server in memory, with a clock of our own. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'

import { LONG_ABSENCE, PageConnection } from './connection'
import { ACCESS, REFUSED, SAVED, STORAGE } from './frames'
import { presentPeople } from './presence'
import type { SyncStatus } from './status'

/** The sockets opened so far; the last one is the current connection. */
let sockets: FakeSocket[] = []

/** A socket whose other end is played by the test. */
class FakeSocket extends EventTarget {
  static readonly OPEN = 1
  readonly OPEN = 1
  readyState = 0
  binaryType = 'arraybuffer'
  onopen: (() => void) | null = null
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  onerror: (() => void) | null = null
  readonly frames: Uint8Array[] = []
  constructor(readonly url: string) {
    super()
    sockets.push(this)
  }
  send(frame: Uint8Array): void {
    this.frames.push(frame)
  }
  close(): void {
    this.readyState = 3
  }
  accept(): void {
    this.readyState = 1
    this.onopen?.()
  }
  receive(frame: Uint8Array): void {
    this.onmessage?.({ data: frame.slice().buffer })
  }
  drop(code: number): void {
    this.readyState = 3
    this.onclose?.({ code, reason: '' })
  }
  /** The updates that this side was sent in counted frames. */
  get counted(): Uint8Array[] {
    return this.frames.filter((frame) => frame[0] === 0 && (frame[1] === 1 || frame[1] === 2))
  }
}

function message(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, type)
  write(encoder)
  return encoding.toUint8Array(encoder)
}
const saved = (count: number) => message(SAVED, (e) => encoding.writeVarUint(e, count))
const json = (type: number, body: unknown) =>
  message(type, (e) => encoding.writeVarString(e, JSON.stringify(body)))

/** What the server sends when a connection joins: what it has, and the question what we have. */
function welcome(socket: FakeSocket, server: Y.Doc): void {
  socket.receive(message(0, (e) => syncProtocol.writeSyncStep1(e, server)))
  socket.receive(message(0, (e) => syncProtocol.writeSyncStep2(e, server)))
}

const PERSON = { id: '01h8xgjwbwbaq4z5v6y7t8r9qa', name: 'Jana Petersen', initials: 'JP', hue: 1 }

function start(options: { mayEdit?: boolean } = {}) {
  const doc = new Y.Doc()
  const kinds: SyncStatus['kind'][] = []
  const announced: string[] = []
  const access: boolean[] = []
  const returns: number[] = []
  const connection = new PageConnection({
    server: 'ws://test/ws/pages',
    page: 'p1',
    doc,
    person: PERSON,
    mayEdit: options.mayEdit ?? true,
    WebSocket: FakeSocket as unknown as typeof WebSocket,
    clock: {
      now: () => Date.now(),
      after(delay, callback) {
        const timer = setTimeout(callback, delay)
        return () => clearTimeout(timer)
      },
    },
    onstatus: (status) => kinds.push(status.kind),
    onannounce: (kind) => announced.push(kind),
    onaccess: (mayEdit) => access.push(mayEdit),
    onreturn: () => returns.push(Date.now()),
  })
  connection.open()
  return { doc, connection, kinds, announced, access, returns }
}

const socket = (): FakeSocket => {
  const last = sockets.at(-1)
  if (last === undefined) throw new Error('no socket was opened')
  return last
}

beforeEach(() => {
  sockets = []
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('coming back', () => {
  test('tells of a long absence before the answer comes, and not of a short one', () => {
    const { returns } = start()
    socket().accept()
    welcome(socket(), new Y.Doc())
    socket().drop(1006)
    vi.advanceTimersByTime(LONG_ABSENCE / 2)
    socket().accept()
    welcome(socket(), new Y.Doc())
    expect(returns).toHaveLength(0)
    socket().drop(1006)
    vi.advanceTimersByTime(LONG_ABSENCE)
    socket().accept()
    expect(returns).toHaveLength(1)
  })
})

describe('saving', () => {
  test('asks for the extensions and says "saved" only when the own frames are counted', () => {
    const { doc, connection, kinds } = start()
    expect(socket().url).toBe(
      'ws://test/ws/pages/p1?ext=saved%2Crefused%2Caccess%2Ckept%2Ccomments%2Cstorage',
    )
    socket().accept()
    welcome(socket(), new Y.Doc())
    expect(connection.status.kind).toBe('saved')
    doc.getText('title').insert(0, 'Elterncafé')
    expect(connection.status.kind).toBe('writing')
    expect(socket().counted).toHaveLength(2)
    vi.advanceTimersByTime(1000)
    expect(connection.status.kind).toBe('saving')
    socket().receive(saved(1))
    expect(connection.status.kind).toBe('saving')
    socket().receive(saved(2))
    vi.advanceTimersByTime(400)
    expect(kinds).toEqual(['connecting', 'saved', 'writing', 'saving', 'writing', 'saved'])
    connection.close()
  })

  test('a deletion counts like everything else', () => {
    const server = new Y.Doc()
    server.getText('title').insert(0, 'abc')
    const { doc, connection } = start()
    socket().accept()
    welcome(socket(), server)
    socket().receive(saved(1))
    doc.getText('title').delete(0, 3)
    vi.advanceTimersByTime(5000)
    expect(connection.status.kind).toBe('saving')
    socket().receive(saved(2))
    expect(connection.unsaved).toBe(false)
    connection.close()
  })

  test('text written without a connection is sent after the return and counted anew', () => {
    const server = new Y.Doc()
    const { doc, connection, announced } = start()
    socket().accept()
    welcome(socket(), server)
    socket().receive(saved(1))
    socket().drop(1006)
    doc.getText('title').insert(0, 'unterwegs')
    vi.advanceTimersByTime(1500)
    expect(connection.status).toEqual({ kind: 'offline', unsaved: true })
    vi.advanceTimersByTime(3000)
    expect(announced).toEqual(['offline'])
    socket().accept()
    expect(connection.status.kind).toBe('connecting')
    welcome(socket(), server)
    const answer = socket().counted.at(-1)
    if (answer === undefined) throw new Error('nothing was sent')
    const decoder = decoding.createDecoder(answer)
    decoding.readVarUint(decoder)
    syncProtocol.readSyncMessage(decoder, encoding.createEncoder(), server, null)
    expect(server.getText('title').toJSON()).toBe('unterwegs')
    vi.advanceTimersByTime(2000)
    expect(connection.status.kind).toBe('saving')
    socket().receive(saved(1))
    vi.advanceTimersByTime(400)
    expect(connection.status.kind).toBe('saved')
    connection.close()
  })
})

describe('a full disk', () => {
  test('is shown at once, keeps sending, and is over when the server says so', () => {
    const { doc, connection, kinds, announced } = start()
    socket().accept()
    welcome(socket(), new Y.Doc())
    socket().receive(saved(1))
    socket().receive(json(STORAGE, { storage: 'full' }))
    expect(kinds.at(-1)).toBe('full')
    doc.getText('title').insert(0, 'Elterncafé')
    expect(socket().counted).toHaveLength(2)
    expect(connection.status).toEqual({ kind: 'full', unsaved: true })
    vi.advanceTimersByTime(3000)
    expect(announced).toEqual(['full'])
    socket().receive(json(STORAGE, { storage: 'writable' }))
    socket().receive(saved(2))
    vi.advanceTimersByTime(400)
    expect(connection.status).toEqual({ kind: 'saved', back: true })
    vi.advanceTimersByTime(10_000)
    expect(connection.status).toEqual({ kind: 'saved' })
    expect(announced).toEqual(['full', 'saved'])
    connection.close()
  })
})

describe('refusal and access', () => {
  test('a refusal stops sending and loses nothing', () => {
    const { doc, connection, access } = start()
    socket().accept()
    welcome(socket(), new Y.Doc())
    doc.getText('title').insert(0, 'zu lang')
    const before = socket().counted.length
    socket().receive(json(REFUSED, { reason: 'title-too-long', limit: 400 }))
    expect(connection.status).toEqual({ kind: 'refused', reason: 'title-too-long', limit: 400 })
    expect(access).toEqual([false])
    doc.getText('title').insert(0, 'noch ')
    expect(socket().counted).toHaveLength(before)
    expect(doc.getText('title').toJSON()).toBe('noch zu lang')
    expect(connection.unsaved).toBe(true)
    connection.close()
  })

  test('a reader receives and never sends a change', () => {
    const server = new Y.Doc()
    server.getText('title').insert(0, 'Lesen')
    const { doc, connection } = start({ mayEdit: false })
    socket().accept()
    welcome(socket(), server)
    expect(doc.getText('title').toJSON()).toBe('Lesen')
    expect(connection.status).toEqual({ kind: 'reading', reason: 'role' })
    doc.getText('title').insert(0, 'x')
    expect(socket().counted).toHaveLength(0)
    connection.close()
  })

  test('who may write again sends what was held back over a fresh connection', () => {
    const { doc, connection, access } = start()
    socket().accept()
    welcome(socket(), new Y.Doc())
    socket().receive(json(ACCESS, { access: 'read', reason: 'archived' }))
    doc.getText('title').insert(0, 'später')
    socket().receive(json(ACCESS, { access: 'edit', reason: 'role' }))
    expect(access).toEqual([false, true])
    vi.advanceTimersByTime(1000)
    expect(sockets).toHaveLength(2)
    socket().accept()
    const server = new Y.Doc()
    welcome(socket(), server)
    expect(socket().counted).toHaveLength(1)
    connection.close()
  })

  test('a final close code is said and not tried again; an ordinary one is', () => {
    const { connection } = start()
    socket().accept()
    socket().drop(1012)
    vi.advanceTimersByTime(3000)
    expect(sockets).toHaveLength(2)
    socket().accept()
    socket().drop(4403)
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(2)
    expect(connection.status).toEqual({ kind: 'closed', code: 4403 })
    connection.close()
  })

  test.each([
    ['not json', message(REFUSED, (e) => encoding.writeVarString(e, '{'))],
    ['no string', message(REFUSED, () => undefined)],
    ['another shape', json(REFUSED, [1])],
  ])('a refusal that cannot be read (%s) is still one', (_, frame) => {
    const { connection } = start()
    socket().accept()
    socket().receive(frame)
    expect(connection.status).toEqual({ kind: 'refused', reason: 'other', limit: null })
    connection.close()
  })
})

describe('presence', () => {
  test('each other person is listed once, with where they are', () => {
    const { connection } = start()
    const states = connection.awareness.states
    const other = { id: 'b', name: 'Deniz Aksoy', initials: 'DA', hue: 2 }
    states.set(7, { user: other, cursor: null, field: null })
    states.set(8, { user: other, cursor: { anchor: {}, head: {} } })
    states.set(9, { user: { ...PERSON } })
    states.set(10, { user: { id: 'c', name: 'Ada', hue: 99 }, field: { root: 'title' } })
    states.set(11, {})
    expect(presentPeople(connection.awareness, PERSON.id)).toEqual([
      { id: 'c', name: 'Ada', initials: 'A', hue: 1, client: 10, place: 'title', field: null },
      { ...other, client: 8, place: 'body', field: null },
    ])
    connection.close()
  })
})

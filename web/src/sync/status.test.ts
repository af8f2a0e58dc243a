// @vitest-environment node
/** The save state: what it says and, above all, what it never says too early. */
import { describe, expect, test } from 'vitest'

import type { SyncEvent, SyncState, SyncStatus } from './status'
import {
  announce,
  initialAnnouncement,
  initialState,
  maySend,
  nextChange,
  statusAt,
  step,
} from './status'

/** Plays events at their times and returns the state after the last. */
function play(...events: [at: number, event: SyncEvent][]): SyncState {
  return events.reduce((state, [at, event]) => step(state, event, at), initialState(0))
}

const CONNECTED: [number, SyncEvent][] = [
  [10, { type: 'open' }],
  [20, { type: 'sent', frame: 'answer' }],
  [30, { type: 'synced' }],
  [40, { type: 'saved', count: 1 }],
]

function kindAt(state: SyncState, now: number): SyncStatus['kind'] {
  return statusAt(state, now).kind
}

describe('saved', () => {
  test('is said once the page is loaded and nothing was changed', () => {
    expect(kindAt(play(), 0)).toBe('connecting')
    expect(kindAt(play(...CONNECTED.slice(0, 2)), 25)).toBe('connecting')
    expect(kindAt(play(...CONNECTED.slice(0, 3)), 30)).toBe('saved')
  })

  test('ends with the very change that is not on the disk yet', () => {
    const state = play(...CONNECTED, [100, { type: 'changed' }])
    expect(kindAt(state, 100)).toBe('writing')
  })

  test('returns when every own frame is counted, after a moment of calm', () => {
    const typed = play(
      ...CONNECTED,
      [100, { type: 'changed' }],
      [101, { type: 'sent', frame: 'update' }],
      [110, { type: 'changed' }],
      [111, { type: 'sent', frame: 'update' }],
      [150, { type: 'saved', count: 2 }],
    )
    expect(kindAt(typed, 160)).toBe('writing')
    const counted = step(typed, { type: 'saved', count: 3 }, 200)
    expect(kindAt(counted, 599)).toBe('writing')
    expect(kindAt(counted, 600)).toBe('saved')
    expect(nextChange(counted, 200)).toBe(400)
    expect(nextChange(counted, 600)).toBeNull()
  })

  test('is not said for a count that is higher than what was sent', () => {
    const state = play(
      ...CONNECTED,
      [100, { type: 'changed' }],
      [110, { type: 'saved', count: 99 }],
    )
    expect(state.saved).toBe(1)
    const sent = step(state, { type: 'sent', frame: 'update' }, 120)
    expect(kindAt(sent, 1500)).toBe('saving')
  })

  test('is not said after a return before the changes made meanwhile are counted', () => {
    const offline = play(
      ...CONNECTED,
      [100, { type: 'close', code: 1006 }],
      [200, { type: 'changed' }],
      [300, { type: 'open' }],
      [310, { type: 'synced' }],
    )
    expect(kindAt(offline, 5000)).toBe('saving')
    // The count of the last connection says nothing about this one.
    const early = step(offline, { type: 'saved', count: 1 }, 320)
    expect(kindAt(early, 5000)).toBe('saving')
    const answered = step(early, { type: 'sent', frame: 'answer' }, 330)
    expect(kindAt(answered, 5000)).toBe('saving')
    expect(kindAt(step(answered, { type: 'saved', count: 1 }, 340), 5000)).toBe('saved')
  })

  test('is not said when an update is counted but the answer was never sent', () => {
    const state = play(
      [10, { type: 'changed' }],
      [20, { type: 'open' }],
      [30, { type: 'synced' }],
      [40, { type: 'changed' }],
      [41, { type: 'sent', frame: 'update' }],
      [50, { type: 'saved', count: 1 }],
    )
    expect(kindAt(state, 5000)).toBe('saving')
  })
})

describe('late', () => {
  test('is said when nothing becomes durable, although the server is there', () => {
    const state = play(
      ...CONNECTED,
      [100, { type: 'changed' }],
      [101, { type: 'sent', frame: 'update' }],
    )
    expect(kindAt(state, 8099)).toBe('saving')
    expect(nextChange(state, 8000)).toBe(100)
    expect(kindAt(state, 8100)).toBe('late')
    expect(kindAt(step(state, { type: 'saved', count: 2 }, 9000), 9500)).toBe('saved')
  })

  test('is not said of a slow way on which one thing after the other arrives', () => {
    const state = play(
      ...CONNECTED,
      [100, { type: 'changed' }],
      [101, { type: 'sent', frame: 'update' }],
      [102, { type: 'sent', frame: 'update' }],
      [7000, { type: 'saved', count: 2 }],
    )
    expect(kindAt(state, 14_999)).toBe('saving')
    expect(kindAt(state, 15_000)).toBe('late')
  })

  test('begins anew with a connection', () => {
    const state = play(
      ...CONNECTED,
      [100, { type: 'changed' }],
      [101, { type: 'sent', frame: 'update' }],
      [8200, { type: 'close', code: null }],
      [8300, { type: 'open' }],
      [8310, { type: 'synced' }],
    )
    expect(kindAt(state, 9000)).toBe('saving')
  })
})

describe('saving', () => {
  test('is said after one second without an answer', () => {
    const state = play(
      ...CONNECTED,
      [100, { type: 'changed' }],
      [101, { type: 'sent', frame: 'update' }],
    )
    expect(kindAt(state, 1099)).toBe('writing')
    expect(kindAt(state, 1100)).toBe('saving')
    expect(nextChange(state, 101)).toBe(999)
  })
})

describe('a lost connection', () => {
  const lost = play(...CONNECTED, [1000, { type: 'close', code: 1006 }])

  test('is tried again in silence first, then said', () => {
    expect(kindAt(lost, 2499)).toBe('connecting')
    expect(statusAt(lost, 2500)).toEqual({ kind: 'offline', unsaved: false })
    expect(statusAt(step(lost, { type: 'changed' }, 2600), 2600)).toEqual({
      kind: 'offline',
      unsaved: true,
    })
  })

  test('does not start anew with each failed attempt', () => {
    const tried = step(lost, { type: 'close', code: 1006 }, 2400)
    expect(kindAt(tried, 2500)).toBe('offline')
  })

  test('is not final for 1012 and 1013, is for 4400 to 4499', () => {
    for (const code of [1006, 1012, 1013, 4399, 4500]) {
      expect(step(lost, { type: 'close', code }, 2000).closed).toBeNull()
    }
    for (const code of [4400, 4401, 4403, 4404, 4413, 4420, 4423, 4429, 4499]) {
      const state = step(lost, { type: 'close', code }, 2000)
      expect(statusAt(state, 2000)).toEqual({ kind: 'closed', code })
      expect(maySend(state)).toBe(false)
    }
  })
})

describe('refused and access', () => {
  test('after a refusal nothing more is sent and nothing is called saved', () => {
    const state = play(
      ...CONNECTED,
      [100, { type: 'changed' }],
      [110, { type: 'refused', reason: 'too-large', limit: 400 }],
      [120, { type: 'saved', count: 1 }],
    )
    expect(maySend(state)).toBe(false)
    expect(statusAt(state, 5000)).toEqual({ kind: 'refused', reason: 'too-large', limit: 400 })
  })

  test('a reader is told why, and edits again when it is given back', () => {
    const reader = play(...CONNECTED, [100, { type: 'access', access: 'read', reason: 'archived' }])
    expect(statusAt(reader, 100)).toEqual({ kind: 'reading', reason: 'archived' })
    expect(maySend(reader)).toBe(false)
    const writer = step(reader, { type: 'access', access: 'edit', reason: 'role' }, 200)
    expect(maySend(writer)).toBe(true)
    expect(kindAt(writer, 200)).toBe('saved')
  })

  test('no access at all is final', () => {
    const state = play(...CONNECTED, [100, { type: 'access', access: 'none', reason: 'role' }])
    expect(statusAt(state, 100)).toEqual({ kind: 'closed', code: 4403 })
  })
})

describe('a server that cannot save', () => {
  const full: [number, SyncEvent] = [1000, { type: 'storage', storage: 'full' }]

  test('is told at once, with the reason, and writing goes on', () => {
    const state = play(...CONNECTED, full)
    expect(statusAt(state, 1000)).toEqual({ kind: 'full', unsaved: false })
    const typed = step(state, { type: 'changed' }, 1100)
    expect(statusAt(typed, 60_000)).toEqual({ kind: 'full', unsaved: true })
    expect(maySend(typed)).toBe(true)
    const failed = step(typed, { type: 'storage', storage: 'failed' }, 1200)
    expect(kindAt(failed, 1200)).toBe('failed')
  })

  test('is told to be back, until a while later, and is not called late for the time before', () => {
    const state = play(
      ...CONNECTED,
      full,
      [1100, { type: 'changed' }],
      [1101, { type: 'sent', frame: 'update' }],
      [30_000, { type: 'storage', storage: 'writable' }],
    )
    expect(statusAt(state, 30_000)).toEqual({ kind: 'saving', back: true })
    const saved = step(state, { type: 'saved', count: 2 }, 30_500)
    expect(statusAt(saved, 31_000)).toEqual({ kind: 'saved', back: true })
    expect(nextChange(saved, 31_000)).toBe(9000)
    expect(statusAt(saved, 40_000)).toEqual({ kind: 'saved' })
  })

  test('and was started again meanwhile, says nothing on joining: it is back', () => {
    const again: [number, SyncEvent][] = [
      [2000, { type: 'close', code: 1012 }],
      [3000, { type: 'open' }],
    ]
    const back = play(...CONNECTED, full, ...again, [3100, { type: 'synced' }])
    expect(statusAt(back, 3100)).toEqual({ kind: 'saved', back: true })
    const still = play(
      ...CONNECTED,
      full,
      ...again,
      [3050, { type: 'storage', storage: 'full' }],
      [3100, { type: 'synced' }],
    )
    expect(kindAt(still, 3100)).toBe('full')
  })
})

describe('announcing', () => {
  test('waits until a state has lasted three seconds', () => {
    let last = initialAnnouncement(0)
    last = announce(last, { kind: 'offline', unsaved: true }, 1000)
    expect(announce(last, { kind: 'offline', unsaved: true }, 3999).announced).toBe('saved')
    expect(announce(last, { kind: 'offline', unsaved: true }, 4000).announced).toBe('offline')
  })

  test('says nothing about what passes or about typing', () => {
    let last = initialAnnouncement(0)
    last = announce(last, { kind: 'connecting' }, 1000)
    last = announce(last, { kind: 'saved' }, 2000)
    last = announce(last, { kind: 'writing' }, 9000)
    last = announce(last, { kind: 'writing' }, 20_000)
    expect(last.announced).toBe('saved')
  })
})

/**
 * What the page bar says about saving, as a pure state machine: events in, a state out, and what to
 * show at a given moment. It says "saved" only while every own change is known to be on the
 * server's disk. Times are milliseconds of a clock that only moves forward.
 */

/**
 * What a person sees. `writing` is the first second after a change, which claims nothing; `back` says
 * that the server could not save a moment ago and can again.
 */
export type SyncStatus =
  | { kind: 'connecting' }
  | { kind: 'saved'; back?: true }
  | { kind: 'writing'; back?: true }
  | { kind: 'saving'; back?: true }
  /** The server says that it cannot save anything now, and why. */
  | { kind: 'full' | 'failed'; unsaved: boolean }
  /** Connected, but nothing becomes durable: the server's disk may be full. */
  | { kind: 'late' }
  | { kind: 'offline'; unsaved: boolean }
  | { kind: 'reading'; reason: AccessReason }
  | { kind: 'refused'; reason: string; limit: number | null }
  | { kind: 'closed'; code: number }

export type AccessReason = 'role' | 'archived' | 'signed-out' | 'schema' | 'other'

/** Whether the server can save; `full` passes by itself, `failed` needs a restart. */
export type Storage = 'writable' | 'full' | 'failed'

export type SyncEvent =
  /** The socket is open; counting starts anew. */
  | { type: 'open' }
  /** The socket is gone. A final code (4400 to 4499) means: do not come again. */
  | { type: 'close'; code: number | null }
  /** The server's answer to our first message is applied: we have what it has. */
  | { type: 'synced' }
  /** The person changed the page on this device. */
  | { type: 'changed' }
  /** A frame that counts (sync step 2 or update) was handed to the socket. */
  | { type: 'sent'; frame: 'answer' | 'update' }
  /** So many counted frames of this connection are durable. */
  | { type: 'saved'; count: number }
  | { type: 'refused'; reason: string; limit: number | null }
  | { type: 'access'; access: 'edit' | 'read' | 'none'; reason: AccessReason }
  /** Whether the server can save. It says so when that changes, and on joining if it cannot. */
  | { type: 'storage'; storage: Storage }

export interface SyncState {
  readonly connection: 'none' | 'open' | 'synced'
  /** When the connection last went from there to not there, or the start. */
  readonly lostAt: number
  readonly everSynced: boolean
  /** Whether this connection has carried what the server did not know (our step 2). */
  readonly answered: boolean
  readonly sent: number
  readonly saved: number
  /** Whether an own change has not been handed to any socket that is still there. */
  readonly unsent: boolean
  /** Time of the first own change that is not known to be durable; null if there is none. */
  readonly unsavedSince: number | null
  /** When the server last said that something became durable, or the connection began. */
  readonly progressAt: number
  /** When everything last became durable; null if nothing was ever unsaved. */
  readonly calmSince: number | null
  readonly reading: AccessReason | null
  readonly refused: { reason: string; limit: number | null } | null
  readonly closed: number | null
  readonly storage: Storage
  /** Whether this connection was told about the storage. */
  readonly storageTold: boolean
  /** When the server last could save again after it could not. */
  readonly backAt: number | null
}

/** A change is shown as "saving" after this time without an answer. */
export const SAVING_AFTER = 1000
/** Without anything becoming durable for this time, the server is not just slow. */
export const LATE_AFTER = 8000
/** "Saved" returns only when nothing was unsaved for this time, so that it does not flicker. */
export const CALM_AFTER = 400
/** That the server can save again is shown for this time. */
export const BACK_FOR = 10_000
/** A lost connection is tried again in silence for this time. */
export const OFFLINE_AFTER = 1500
/** A state is announced to screen readers when it lasts this long. */
export const ANNOUNCE_AFTER = 3000

export function initialState(now: number): SyncState {
  return {
    connection: 'none',
    lostAt: now,
    everSynced: false,
    answered: false,
    sent: 0,
    saved: 0,
    unsent: false,
    unsavedSince: null,
    progressAt: now,
    calmSince: null,
    reading: null,
    refused: null,
    closed: null,
    storage: 'writable',
    storageTold: false,
    backAt: null,
  }
}

/** Whether a close code is final: the server decided, and coming again would not help. */
export function isFinal(code: number): boolean {
  return code >= 4400 && code < 4500
}

/** Whether own frames that change the page may be sent. */
export function maySend(state: SyncState): boolean {
  return state.refused === null && state.reading === null && state.closed === null
}

/** The state after an event. */
export function step(state: SyncState, event: SyncEvent, now: number): SyncState {
  switch (event.type) {
    case 'open':
      return {
        ...state,
        connection: 'open',
        answered: false,
        sent: 0,
        saved: 0,
        progressAt: now,
        storageTold: false,
      }
    case 'close':
      return {
        ...state,
        connection: 'none',
        lostAt: state.connection === 'none' ? state.lostAt : now,
        answered: false,
        sent: 0,
        saved: 0,
        unsent: state.unsavedSince !== null,
        closed: event.code !== null && isFinal(event.code) ? event.code : state.closed,
      }
    case 'synced':
      // A server that can save says nothing about it on joining.
      return settle(
        stored(
          { ...state, connection: 'synced', everSynced: true },
          state.storageTold ? state.storage : 'writable',
          now,
        ),
        now,
      )
    case 'changed':
      return { ...state, unsent: true, unsavedSince: state.unsavedSince ?? now }
    case 'sent':
      return {
        ...state,
        sent: state.sent + 1,
        unsent: false,
        answered: state.answered || event.frame === 'answer',
      }
    case 'saved': {
      // A count never goes back and never covers more than was sent on this connection.
      const saved = Math.min(state.sent, Math.max(state.saved, event.count))
      const progressAt = saved > state.saved ? now : state.progressAt
      return settle({ ...state, saved, progressAt }, now)
    }
    case 'refused':
      return { ...state, refused: { reason: event.reason, limit: event.limit } }
    case 'access':
      if (event.access === 'none') {
        return { ...state, closed: event.reason === 'signed-out' ? 4401 : 4403 }
      }
      return { ...state, reading: event.access === 'read' ? event.reason : null }
    case 'storage':
      return stored({ ...state, storageTold: true }, event.storage, now)
  }
}

function stored(state: SyncState, storage: Storage, now: number): SyncState {
  const isBack = state.storage !== 'writable' && storage === 'writable'
  // What waits for the server has waited for this, not for a slow one.
  const progressAt = isBack ? now : state.progressAt
  const backAt = isBack ? now : storage === 'writable' ? state.backAt : null
  return { ...state, storage, progressAt, backAt }
}

function settle(state: SyncState, now: number): SyncState {
  const durable =
    state.connection === 'synced' && state.answered && !state.unsent && state.saved >= state.sent
  if (!durable || state.unsavedSince === null) return state
  return { ...state, unsavedSince: null, calmSince: now }
}

/** What to show now. */
export function statusAt(state: SyncState, now: number): SyncStatus {
  if (state.closed !== null) return { kind: 'closed', code: state.closed }
  if (state.refused !== null) return { kind: 'refused', ...state.refused }
  if (state.connection === 'none' && now - state.lostAt >= OFFLINE_AFTER) {
    return { kind: 'offline', unsaved: state.unsavedSince !== null }
  }
  if (state.connection !== 'synced') return { kind: 'connecting' }
  if (state.reading !== null) return { kind: 'reading', reason: state.reading }
  if (state.storage !== 'writable') {
    return { kind: state.storage, unsaved: state.unsavedSince !== null }
  }
  const back = state.backAt !== null && now - state.backAt < BACK_FOR ? { back: true as const } : {}
  if (state.unsavedSince !== null) {
    if (now - waitingSince(state, state.unsavedSince) >= LATE_AFTER) return { kind: 'late' }
    return { kind: now - state.unsavedSince >= SAVING_AFTER ? 'saving' : 'writing', ...back }
  }
  const calm = state.calmSince === null || now - state.calmSince >= CALM_AFTER
  return { kind: calm ? 'saved' : 'writing', ...back }
}

/** Since when nothing of what is unsaved became durable. */
function waitingSince(state: SyncState, unsavedSince: number): number {
  return Math.max(unsavedSince, state.progressAt)
}

/** Milliseconds until time alone changes what is shown; null if it will not. */
export function nextChange(state: SyncState, now: number): number | null {
  const moments: number[] = []
  if (state.connection === 'none') moments.push(state.lostAt + OFFLINE_AFTER)
  if (state.unsavedSince !== null) {
    moments.push(state.unsavedSince + SAVING_AFTER)
    moments.push(waitingSince(state, state.unsavedSince) + LATE_AFTER)
  }
  if (state.backAt !== null) moments.push(state.backAt + BACK_FOR)
  if (state.calmSince !== null) moments.push(state.calmSince + CALM_AFTER)
  const coming = moments.map((moment) => moment - now).filter((wait) => wait > 0)
  return coming.length === 0 ? null : Math.min(...coming)
}

/** Which status is announced: one that lasts, and not the same one twice. Pure, like the rest. */
export interface Announcement {
  readonly shown: SyncStatus['kind']
  readonly since: number
  readonly announced: SyncStatus['kind']
}

export function initialAnnouncement(now: number): Announcement {
  // That all is well is what everybody expects at first; it is announced only after trouble.
  return { shown: 'saved', since: now, announced: 'saved' }
}

/** Follows a status; `announced` changes when a state has lasted long enough to be worth saying. */
export function announce(last: Announcement, status: SyncStatus, now: number): Announcement {
  // The first second of writing and the moment after are part of being saved.
  const kind = status.kind === 'writing' ? last.shown : status.kind
  const since = kind === last.shown ? last.since : now
  const announced = now - since >= ANNOUNCE_AFTER ? kind : last.announced
  return { shown: kind, since, announced }
}

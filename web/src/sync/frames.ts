/**
 * The frames of the y-websocket protocol as far as this application looks into them: which of its
 * own frames the server counts, and the server's extensions (docs/SPEC-sync.md).
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { writeUpdate } from 'y-protocols/sync'

import type { AccessReason, Storage } from './status'

const SYNC = 0
const STEP_2 = 1
const UPDATE = 2

/** Server extension: how many of this connection's own sync frames are durable. */
export const SAVED = 100
/** Server extension: a change was refused, with the reason as JSON. */
export const REFUSED = 101
/** Server extension: what this connection may do has changed, as JSON. */
export const ACCESS = 102
/** Server extension: text of this person was lost to somebody else's change and is kept. */
export const KEPT = 103
/** Server extension: the comments of the page are others now. */
export const COMMENTS = 104
/** Server extension: whether anything can be saved, as JSON. */
export const STORAGE = 105

/** What an own frame is to the server: its answer to step 1, an update, or nothing it counts. */
export function countedKind(frame: Uint8Array): 'answer' | 'update' | null {
  if (frame[0] !== SYNC) return null
  if (frame[1] === STEP_2) return 'answer'
  return frame[1] === UPDATE ? 'update' : null
}

/** An update as a frame. */
export function updateFrame(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, SYNC)
  writeUpdate(encoder, update)
  return encoding.toUint8Array(encoder)
}

/** The body of message 100. */
export function readSaved(decoder: decoding.Decoder): number {
  return decoding.readVarUint(decoder)
}

/** The body of message 101. What cannot be read is a refusal for an unknown reason. */
export function readRefused(decoder: decoding.Decoder): { reason: string; limit: number | null } {
  const body = readJson(decoder)
  const { reason, limit } = body
  return {
    reason: typeof reason === 'string' ? reason : 'other',
    limit: typeof limit === 'number' ? limit : null,
  }
}

const REASONS: readonly AccessReason[] = ['role', 'archived', 'signed-out', 'schema']

/** The body of message 102. What cannot be read takes the right to write, never gives it. */
export function readAccess(decoder: decoding.Decoder): {
  access: 'edit' | 'read' | 'none'
  reason: AccessReason
} {
  const { access, reason } = readJson(decoder)
  return {
    access: access === 'edit' || access === 'none' ? access : 'read',
    reason: REASONS.find((known) => known === reason) ?? 'other',
  }
}

/** The body of message 105. What is not known keeps nobody from writing. */
export function readStorage(decoder: decoding.Decoder): { storage: Storage } {
  const { storage } = readJson(decoder)
  return { storage: storage === 'full' || storage === 'failed' ? storage : 'writable' }
}

function readJson(decoder: decoding.Decoder): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(decoding.readVarString(decoder))
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

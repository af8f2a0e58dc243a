/**
 * What a call to the server can end with.
 *
 * Nothing here throws: a screen looks at `kind` and says what happened, what is safe and what to do.
 */

/** Why a call did not give what was asked for. */
export type Problem =
  /** No answer came: no connection, or the server is not there. */
  | { kind: 'unreachable' }
  /** A newer call took its place; nobody needs to be told. */
  | { kind: 'aborted' }
  | { kind: 'signed-out' }
  | { kind: 'forbidden' }
  /** No such page, or one that this person may not know of. */
  | { kind: 'not-found' }
  /** The request was understood and refused; `detail` is in the reader's language. */
  | { kind: 'refused'; code: string; detail: string; field: string | undefined }
  /** The server failed; what was saved before is still saved. */
  | { kind: 'failed'; status: number }

export type Outcome<T> = { kind: 'ok'; value: T } | { kind: 'problem'; problem: Problem }

/** Reads a problem out of a status and its RFC 9457 body (which may be missing or foreign). */
export function problemOf(status: number, body: unknown): Problem {
  const code = text(body, 'code')
  if (status === 401 && code !== 'wrong-credentials') return { kind: 'signed-out' }
  if (status >= 500) return { kind: 'failed', status }
  const detail = text(body, 'detail') ?? text(body, 'title')
  if (status === 404) return { kind: 'not-found' }
  if (status === 403 && (code === undefined || code === 'forbidden')) return { kind: 'forbidden' }
  return {
    kind: 'refused',
    code: code ?? `status-${status}`,
    detail: detail ?? '',
    field: text(body, 'field'),
  }
}

/** A call that ended without an answer: taken back by us, or the network. */
export function problemOfThrown(error: unknown): Problem {
  return error instanceof Error && error.name === 'AbortError'
    ? { kind: 'aborted' }
    : { kind: 'unreachable' }
}

function text(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const value = (body as Record<string, unknown>)[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

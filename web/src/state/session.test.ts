// @vitest-environment node
import { describe, expect, it } from 'vitest'

import type { Api } from '../api/client'
import type { Outcome } from '../api/outcome'
import type { Catalogue, Me } from '../api/types'
import { firstWish, spacesToWriteIn } from './new-page.svelte'
import { Session } from './session.svelte'

const me: Me = {
  person: { id: 'p', name: 'Jana Petersen', initials: 'JP', hue: 1 },
  login: 'jana',
  language: 'de',
  grants: [{ role: 'coordinator', space: 'pankow' }],
  label: 'Koordination Pankow',
  home: 'pankow',
  writes_in: ['berlin', 'pankow'],
}
const space = (id: string, type: 'district' | 'network' = 'district') => ({
  id,
  name: id,
  short: id,
  type,
})
const catalogue: Catalogue = {
  city: { name: 'Berlin' },
  demonstration: false,
  network: 'berlin',
  spaces: [space('berlin', 'network'), space('mitte'), space('pankow')],
  kinds: [],
  taxonomies: {},
  roles: [],
  audiences: [],
  overview: { dates: [] },
}
const ok = <T>(value: T): Outcome<T> => ({ kind: 'ok', value })
const signedOut: Outcome<never> = { kind: 'problem', problem: { kind: 'signed-out' } }
const unreachable: Outcome<never> = { kind: 'problem', problem: { kind: 'unreachable' } }

function sessionWith(answers: Partial<Record<keyof Api, Outcome<unknown>>>): Session {
  const calls = Object.entries({ catalogue: ok(catalogue), ...answers }).map(([name, answer]) => [
    name,
    () => Promise.resolve(answer),
  ])
  return new Session(Object.fromEntries(calls) as Api)
}

describe('the session', () => {
  it('opens with the person and the catalogue', async () => {
    const session = sessionWith({ session: ok(me) })
    await session.open()
    expect(session.me.person.name).toBe('Jana Petersen')
    expect(session.space('mitte')?.name).toBe('mitte')
  })

  it('shows the sign-in screen to somebody new, without saying that something ended', async () => {
    const session = sessionWith({ session: signedOut })
    await session.open()
    session.endedByServer()
    expect(session.state).toEqual({ kind: 'signed-out', why: 'new' })
  })

  it('says so when a running session ended', async () => {
    const session = sessionWith({ session: ok(me) })
    await session.open()
    session.endedByServer()
    expect(session.state).toEqual({ kind: 'signed-out', why: 'ended' })
  })

  it('stays signed in where the server could not be told otherwise', async () => {
    const session = sessionWith({ session: ok(me), signOut: unreachable })
    await session.open()
    expect(await session.signOut()).toEqual({ kind: 'unreachable' })
    expect(session.state.kind).toBe('signed-in')
  })

  it('does not take a missing connection for being signed out', async () => {
    const session = sessionWith({ session: unreachable })
    await session.open()
    expect(session.state).toEqual({ kind: 'failed', problem: { kind: 'unreachable' } })
  })
})

describe('the spaces offered for a new page', () => {
  it("are the person's own, first, and the shared one", () => {
    expect(spacesToWriteIn(me, catalogue).map((s) => s.id)).toEqual(['pankow', 'berlin'])
  })

  it('are none for whoever only reads', () => {
    expect(spacesToWriteIn({ ...me, writes_in: [] }, catalogue)).toEqual([])
  })

  it('start with the space one looks at, where one may write there', () => {
    expect(firstWish(me, catalogue, { space: 'berlin' }).space).toBe('berlin')
    expect(firstWish(me, catalogue, { space: 'mitte' }).space).toBe('pankow')
  })
})

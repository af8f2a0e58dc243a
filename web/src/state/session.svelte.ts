/** Who is signed in, and the catalogue of spaces and kinds that every screen needs. */
import type { Api } from '../api/client'
import type { Outcome, Problem } from '../api/outcome'
import type { Catalogue, Kind, Me, SetUp, Space } from '../api/types'

export type { Catalogue, Kind, Me, PageSummary, SetUp, Space } from '../api/types'

/** Nobody has signed in yet, the server ended the session (the person is told), or they left. */
export type SignedOut = 'new' | 'ended' | 'left'

export type SessionState =
  | { kind: 'opening' }
  | { kind: 'signed-out'; why: SignedOut }
  | { kind: 'signed-in'; me: Me; catalogue: Catalogue }
  | { kind: 'failed'; problem: Problem }

/** Whether the person manages accounts and the search. */
export function administers(me: Me): boolean {
  return me.grants.some((grant) => grant.role === 'administrator')
}

export class Session {
  #api: Api
  #state = $state.raw<SessionState>({ kind: 'opening' })
  /** The login of the account that was just made, for the sign-in screen. */
  #madeLogin = ''

  constructor(api: Api) {
    this.#api = api
  }

  get state(): SessionState {
    return this.#state
  }

  /** The person signed in. Only screens below the frame may ask. */
  get me(): Me {
    return this.#signedIn().me
  }

  get catalogue(): Catalogue {
    return this.#signedIn().catalogue
  }

  /** Looks for a running session; called at the start and to try again. */
  async open(): Promise<void> {
    this.#state = { kind: 'opening' }
    const outcome = await this.#api.session()
    if (outcome.kind === 'problem' && outcome.problem.kind === 'signed-out') {
      this.#state = { kind: 'signed-out', why: 'new' }
      return
    }
    await this.#enter(outcome)
  }

  /** Signs in; gives the problem where that did not work. */
  async signIn(login: string, password: string): Promise<Problem | null> {
    const outcome = await this.#api.signIn(login, password)
    if (outcome.kind === 'problem') return outcome.problem
    await this.#enter(outcome)
    return this.#state.kind === 'failed' ? this.#state.problem : null
  }

  get madeLogin(): string {
    return this.#madeLogin
  }

  /** Makes the first account with the code of the set-up link; gives the problem if it was refused. */
  async setUp(account: SetUp): Promise<Problem | null> {
    const outcome = await this.#api.setUp(account)
    if (outcome.kind === 'problem') return outcome.problem
    this.#madeLogin = account.login
    return null
  }

  /** Signs out; gives the problem where the server could not be told. */
  async signOut(): Promise<Problem | null> {
    const outcome = await this.#api.signOut()
    if (outcome.kind === 'problem' && outcome.problem.kind !== 'signed-out') return outcome.problem
    this.#state = { kind: 'signed-out', why: 'left' }
    return null
  }

  /** The server no longer knows the session, as a call or the socket found out. */
  endedByServer(): void {
    if (this.#state.kind === 'signed-in') this.#state = { kind: 'signed-out', why: 'ended' }
  }

  space(id: string): Space | undefined {
    return this.catalogue.spaces.find((space) => space.id === id)
  }

  kind(id: string): Kind | undefined {
    return this.catalogue.kinds.find((kind) => kind.id === id)
  }

  async #enter(outcome: Outcome<Me>): Promise<void> {
    if (outcome.kind === 'problem') {
      this.#state = { kind: 'failed', problem: outcome.problem }
      return
    }
    const catalogue = await this.#api.catalogue()
    this.#state =
      catalogue.kind === 'ok'
        ? { kind: 'signed-in', me: outcome.value, catalogue: catalogue.value }
        : { kind: 'failed', problem: catalogue.problem }
  }

  #signedIn(): { me: Me; catalogue: Catalogue } {
    if (this.#state.kind !== 'signed-in') throw new Error('asked for the person before sign-in')
    return this.#state
  }
}

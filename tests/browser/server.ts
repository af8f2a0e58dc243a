/** Starting, killing and restarting the real server, as a user would run it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

export const BINARY =
  process.env.DENKRAUM_BINARY ?? resolve(import.meta.dirname, '../../target/debug/denkraum')

/** How the line with the link for the first account begins. */
const SET_UP = 'Erste Einrichtung: '

/** How a demonstration person signs in. */
export interface SignIn {
  login: string
  password: string
  role: string
}

export class Server {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'denkraum-test-'))
  /** Such as `http://127.0.0.1:40123`; the same after a restart. */
  url = ''
  signIns: SignIn[] = []
  /** Where the first account is made; empty where there are accounts. */
  setUpLink = ''
  readonly #options: string[]
  #process: ChildProcess | undefined
  #isMounted = false
  #filling: NodeJS.Timeout | undefined
  /** How many people the demonstration has; none where there is no demonstration. */
  readonly #people: number

  private constructor(options: string[], people: number) {
    this.#options = options
    this.#people = people
  }

  /** Starts a server with the demonstration, and with these further options. */
  static async start(options: string[] = [], people = 17): Promise<Server> {
    const server = new Server(options, people)
    const prepared = process.env.DENKRAUM_DEMONSTRATION
    // Another city has another demonstration.
    if (prepared && !options.includes('--city')) {
      cpSync(prepared, server.dataDir, { recursive: true })
    }
    await server.#spawn('127.0.0.1:0')
    return server
  }

  /** Starts one whose data has a disk of 64 MiB; nothing where mounting is not allowed. */
  static async startOnSmallDisk(): Promise<Server | undefined> {
    const server = new Server([], 17)
    try {
      const disk = ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', server.dataDir]
      execFileSync('mount', disk, { stdio: 'ignore' })
    } catch {
      rmSync(server.dataDir, { recursive: true })
      return undefined
    }
    server.#isMounted = true
    const prepared = process.env.DENKRAUM_DEMONSTRATION
    if (prepared) cpSync(prepared, server.dataDir, { recursive: true })
    await server.#spawn('127.0.0.1:0')
    return server
  }

  /** Keeps its disk full to the last byte; what is returned makes room again. */
  fillDisk(): () => void {
    const ballast = join(this.dataDir, 'ballast')
    const fill = (): void => {
      for (const bytes of [1 << 20, 4096]) {
        try {
          for (;;) appendFileSync(ballast, Buffer.alloc(bytes, 1))
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        }
      }
    }
    fill()
    // What the server gives back is taken, too.
    this.#filling = setInterval(fill, 50)
    return () => {
      clearInterval(this.#filling)
      rmSync(ballast)
    }
  }

  /** Starts a server without pages and people, as for the first time in earnest. */
  static async startEmpty(): Promise<Server> {
    const server = new Server([], 0)
    await server.#spawn('127.0.0.1:0')
    return server
  }

  /** Kills the process without warning, as a power cut or the kernel would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Asks the process to stop and waits until it has. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  /** Starts again on the same data and address. */
  async restart(): Promise<void> {
    await this.#spawn(new URL(this.url).host)
  }

  /** Stops and removes everything. */
  async dispose(): Promise<void> {
    await this.kill()
    clearInterval(this.#filling)
    if (this.#isMounted) execFileSync('umount', ['-l', this.dataDir])
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  /** How the person with that log-in signs in. */
  signIn(login: string): SignIn {
    const found = this.signIns.find((one) => one.login === login)
    if (!found) throw new Error(`there is no demonstration person ${login}`)
    return found
  }

  /** A session cookie for programs. */
  async session(login: string): Promise<string> {
    const { password } = this.signIn(login)
    const response = await fetch(`${this.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url },
      body: JSON.stringify({ login, password }),
    })
    if (!response.ok) throw new Error(`sign-in failed: ${response.status}`)
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
    if (!cookie) throw new Error('sign-in set no cookie')
    return cookie
  }

  async #spawn(listen: string): Promise<void> {
    const people = this.#people
    const demonstration = people > 0 ? ['--demo'] : []
    const options = ['serve', '--data-dir', this.dataDir, '--listen', listen, ...demonstration]
    const child = spawn(BINARY, [...options, ...this.#options], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {},
    })
    this.#process = child
    this.signIns = []
    for await (const line of createInterface({ input: child.stdout })) {
      const [login, password, role] = line.split('\t')
      if (line.startsWith('Denkraum: ')) this.url = line.slice('Denkraum: '.length)
      if (line.startsWith(SET_UP)) this.setUpLink = line.slice(SET_UP.length)
      if (login && password && role) this.signIns.push({ login, password, role })
      const isComplete = people > 0 ? this.signIns.length === people : this.setUpLink !== ''
      if (this.url && isComplete) return
    }
    throw new Error('the server ended before it said where it listens')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
}

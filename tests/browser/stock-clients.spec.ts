/** Stock `yjs` and `y-websocket` work unchanged, without any of our additions. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from '@playwright/test'
import { Server } from './server.js'

/** A stock client in a process of its own. */
class StockClient {
  readonly #process: ChildProcess
  readonly #answers: AsyncIterator<string>

  /** @param speed How much faster than ours its clock runs. */
  constructor(server: Server, page: string, cookie: string, broadcast: 'on' | 'off', speed = 1) {
    const script = join(import.meta.dirname, 'stock-client.mjs')
    const child = spawn(process.execPath, [script, server.url, page, cookie, broadcast], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { SPEED: String(speed) },
    })
    this.#process = child
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  }

  async type(text: string): Promise<void> {
    await this.#ask(`type ${text}`)
  }

  async text(): Promise<string> {
    return JSON.parse(await this.#ask('text')) as string
  }

  /** How often the connection is lost in so many seconds of its own clock. */
  async lostIn(seconds: number): Promise<number> {
    return JSON.parse(await this.#ask(`rest ${seconds}`)) as number
  }

  /** The codes of what closed its connections. */
  async closings(): Promise<number[]> {
    return JSON.parse(await this.#ask('closings')) as number[]
  }

  end(): void {
    this.#process.kill()
  }

  async #ask(command: string): Promise<string> {
    this.#process.stdin?.write(`${command}\n`)
    const answer = await this.#answers.next()
    if (answer.done) throw new Error('the client ended')
    return answer.value
  }
}

/** A page that two people of Lichtenberg may write. */
async function newPage(server: Server): Promise<string> {
  const cookie = await server.session('ruth.weidner')
  const response = await fetch(`${server.url}/api/v1/pages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, origin: server.url },
    body: JSON.stringify({
      title: 'Treffpunkt',
      kind: 'page',
      space: 'lichtenberg',
      audience: 'space',
      markdown: 'Anfang',
    }),
  })
  expect(response.status).toBe(201)
  return ((await response.json()) as { id: string }).id
}

let server: Server
test.beforeEach(async () => {
  server = await Server.start()
})
test.afterEach(async () => {
  await server.dispose()
})

/** Two people's clients that have both read the page. */
async function twoClients(broadcast: 'on' | 'off'): Promise<[StockClient, StockClient]> {
  const page = await newPage(server)
  const one = new StockClient(server, page, await server.session('ruth.weidner'), broadcast)
  const two = new StockClient(server, page, await server.session('deniz.aksoy'), broadcast)
  await expect.poll(() => one.text()).toContain('Anfang')
  await expect.poll(() => two.text()).toContain('Anfang')
  return [one, two]
}

async function bothType(one: StockClient, two: StockClient): Promise<void> {
  for (let round = 0; round < 20; round++) {
    await Promise.all([one.type(`eins ${round}`), two.type(`zwei ${round}`)])
  }
}

/** Waits until both have what both typed, and compares. */
async function expectAgreement(one: StockClient, two: StockClient): Promise<void> {
  for (const client of [one, two]) {
    await expect.poll(() => client.text()).toMatch(/(?=.*eins 19)(?=.*zwei 19)/)
  }
  const texts = await Promise.all([one.text(), two.text()])
  expect(texts[0]).toBe(texts[1])
  expect(texts[0]?.match(/(eins|zwei) \d+/g)).toHaveLength(40)
}

for (const broadcast of ['off', 'on'] as const) {
  test(`two stock clients agree with BroadcastChannel ${broadcast}`, async () => {
    const [one, two] = await twoClients(broadcast)
    await bothType(one, two)
    await expectAgreement(one, two)
    one.end()
    two.end()
  })
}

test('two stock clients do not agree while the server is off', async () => {
  const [one, two] = await twoClients('off')
  await server.kill()
  await bothType(one, two)
  await expect(expectAgreement(one, two)).rejects.toThrow('zwei 19')
  // Each has its own words and nothing else: the server alone was missing.
  expect(await one.text()).toMatch(/^(?=.*eins 19)(?!.*zwei)/)
  expect(await two.text()).toMatch(/^(?=.*zwei 19)(?!.*eins)/)
  await server.restart()
  await expectAgreement(one, two)
  one.end()
  two.end()
})

test('an orderly restart tells stock clients that type to come again and loses nothing', async () => {
  const [one, two] = await twoClients('off')
  const stopped = server.stop()
  await bothType(one, two)
  await stopped
  await expect.poll(() => one.closings()).toContain(1012)
  await expect.poll(() => two.closings()).toContain(1012)
  await server.restart()
  await expectAgreement(one, two)
  one.end()
  two.end()
})

/** The clocks of client and server run so much faster; a stock client drops a socket after 30 s. */
const FAST = 20

for (const { keepAlive, name } of [
  { keepAlive: 15_000, name: 'stays connected for 40 s' },
  { keepAlive: 25_000 * FAST, name: 'is lost when nothing keeps the connection alive' },
]) {
  test(`a stock client alone ${name}`, async () => {
    const patient = await Server.start(['--keep-alive-ms', String(keepAlive / FAST)])
    const page = await newPage(patient)
    const cookie = await patient.session('ruth.weidner')
    const client = new StockClient(patient, page, cookie, 'off', FAST)
    await expect.poll(() => client.text()).toContain('Anfang')
    const lost = await client.lostIn(40)
    client.end()
    await patient.dispose()
    if (keepAlive === 15_000) expect(lost).toBe(0)
    else expect(lost).toBeGreaterThan(0)
  })
}

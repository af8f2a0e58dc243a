/** The line between a browser and the server: it can be cut, held and mended. */
import { once } from 'node:events'
import { type AddressInfo, createServer, connect, type Server as Listener, Socket } from 'node:net'

export class Line {
  readonly #listener: Listener
  readonly #sockets = new Set<Socket>()
  /** What comes from browsers, to be held. */
  readonly #fromBrowser = new Set<Socket>()
  #state: 'whole' | 'held' | 'cut' = 'whole'

  private constructor(target: URL) {
    this.#listener = createServer((browser) => {
      if (this.#state === 'cut') {
        browser.destroy()
        return
      }
      const server = connect(Number(target.port), target.hostname)
      this.#join(browser, server)
    })
  }

  /** A line to the server at this address. */
  static async to(address: string): Promise<Line> {
    const line = new Line(new URL(address))
    line.#listener.listen(0, '127.0.0.1')
    await once(line.#listener, 'listening')
    return line
  }

  /** The address that a browser uses instead of the server's own. */
  get url(): string {
    return `http://127.0.0.1:${(this.#listener.address() as AddressInfo).port}`
  }

  /** Ends every connection and takes no new one. */
  cut(): void {
    this.#state = 'cut'
    for (const socket of this.#sockets) socket.destroy()
  }

  /** Keeps every connection, but nothing reaches the server any more. */
  hold(): void {
    this.#state = 'held'
    for (const socket of this.#fromBrowser) socket.pause()
  }

  /** Lets everything through again, what was held first. */
  mend(): void {
    this.#state = 'whole'
    for (const socket of this.#fromBrowser) socket.resume()
  }

  async close(): Promise<void> {
    this.cut()
    this.#listener.close()
    await once(this.#listener, 'close')
  }

  #join(browser: Socket, server: Socket): void {
    this.#fromBrowser.add(browser)
    browser.on('data', (bytes) => server.write(bytes))
    server.on('data', (bytes) => browser.write(bytes))
    if (this.#state === 'held') browser.pause()
    for (const [one, other] of [
      [browser, server],
      [server, browser],
    ] as const) {
      this.#sockets.add(one)
      // A connection that breaks ends the other half, too; that is all an error means here.
      one.on('error', () => other.destroy())
      one.on('close', () => {
        this.#sockets.delete(one)
        this.#fromBrowser.delete(one)
        other.destroy()
      })
    }
  }
}

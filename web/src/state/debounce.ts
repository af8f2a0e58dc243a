/** Runs only the newest of many quick requests: waits for a pause, and takes back what still runs. */

export interface Timers {
  set: (run: () => void, milliseconds: number) => number
  clear: (handle: number) => void
}

const browserTimers: Timers = {
  set: (run, milliseconds) => window.setTimeout(run, milliseconds),
  clear: (handle) => window.clearTimeout(handle),
}

export class Latest {
  #timers: Timers
  #handle: number | undefined
  #running: AbortController | undefined

  constructor(timers: Timers = browserTimers) {
    this.#timers = timers
  }

  /**
   * Runs `task` after `delay` milliseconds of quiet. Any task asked for before is never started or,
   * if it runs already, aborted by its signal.
   */
  ask(delay: number, task: (signal: AbortSignal) => Promise<void>): void {
    this.cancel()
    const controller = new AbortController()
    this.#running = controller
    const start = (): void => {
      this.#handle = undefined
      void task(controller.signal)
    }
    if (delay <= 0) start()
    else this.#handle = this.#timers.set(start, delay)
  }

  /** A task waits for its pause to end. */
  get waiting(): boolean {
    return this.#handle !== undefined
  }

  /** Nothing that was asked for will report any more. */
  cancel(): void {
    if (this.#handle !== undefined) this.#timers.clear(this.#handle)
    this.#handle = undefined
    this.#running?.abort()
    this.#running = undefined
  }
}

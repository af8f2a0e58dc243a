/** What a window does that it must not do, whatever is on its screen. */
import { expect, type Page } from '@playwright/test'
import type { Server } from './server.js'

/** What breaks a rule, and which hosts were asked. */
export interface Watched {
  complaints: string[]
  hosts: Set<string>
}

export function expectNoBreach(server: Server, { complaints, hosts }: Watched): void {
  expect(complaints).toEqual([])
  expect([...hosts]).toEqual([new URL(server.url).host])
}

/** Notes what breaks a rule in this window, and which hosts it asks. */
export async function watch(page: Page): Promise<Watched> {
  const complaints: string[] = []
  const hosts = new Set<string>()
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    // The browser itself writes a line for each answer that is no success: an unknown page, no session yet.
    if (/the server responded with a status of (401|404)/.test(message.text())) return
    complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host))
  page.on('requestfailed', (request) => {
    const text = request.failure()?.errorText ?? ''
    // What a screen no longer needs when one leaves it is given up.
    if (text !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${text}`)
  })
  await page.exposeFunction('complain', (text: string) => complaints.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { complain } = globalThis as unknown as { complain: (text: string) => void }
      complain(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)
    })
  })
  return { complaints, hosts }
}

/**
 * The demonstration's data, made once before all tests: each server starts on a copy of it. Bringing
 * 150 pages in takes longer than most tests.
 */
import { rmSync } from 'node:fs'
import { Server } from './server.js'

export default async function prepare(): Promise<() => void> {
  const server = await Server.start()
  await server.stop()
  process.env.DENKRAUM_DEMONSTRATION = server.dataDir
  return () => {
    rmSync(server.dataDir, { recursive: true, force: true })
  }
}

/**
 * Recordings of what real editors write, as a program for Node:
 *
 *   main.js pages COUNT FIRST-SEED       COUNT updates at least, from as many pages as it takes
 *   main.js histories COUNT FIRST-SEED   COUNT histories
 *   main.js verify                       reads what yrs made of them, and compares
 *
 * The first two write to the standard output in the form of `stream`.
 */
import './dom'

import * as Y from 'yjs'

import { closeDesks, layOut } from '../../src/editor/desk'
import { recordHistory } from './histories'
import { recordPage } from './pages'
import { reading } from './reading'
import { read, SORT, write } from './stream'

async function pages(count: number, first: number): Promise<void> {
  layOut()
  let updates = 0
  for (let seed = first; updates < count; seed += 1) {
    const entries = recordPage(seed)
    updates += entries.filter(({ sort }) => sort === SORT.person || sort === SORT.server).length
    await write(process.stdout, entries)
    closeDesks()
    // Timers of what is gone get their turn.
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function histories(count: number, first: number): Promise<void> {
  for (let seed = first; seed < first + count; seed += 1) {
    await write(process.stdout, recordHistory(seed))
  }
}

/** Reads documents as yrs encoded them. */
async function verify(): Promise<void> {
  const decoder = new TextDecoder()
  let [seed, expected] = ['', '']
  let verified = 0
  const wrong: string[] = []
  for await (const { sort, bytes } of read(process.stdin as AsyncIterable<Buffer>)) {
    if (sort === SORT.page) seed = decoder.decode(bytes)
    if (sort === SORT.reading) expected = decoder.decode(bytes)
    if (sort !== SORT.state) continue
    const doc = new Y.Doc()
    Y.applyUpdate(doc, bytes)
    if (reading(doc) !== expected) wrong.push(seed)
    verified += 1
  }
  process.stdout.write(`Yjs read ${verified} documents of yrs, ${wrong.length} differently\n`)
  if (wrong.length > 0) {
    process.stderr.write(`seeds: ${wrong.join(' ')}\n`)
    process.exitCode = 1
  }
}

const [command, count = '0', first = '1'] = process.argv.slice(2)
if (command === 'pages') await pages(Number(count), Number(first))
else if (command === 'histories') await histories(Number(count), Number(first))
else await verify()
// Editors leave timers behind.
process.exit()

// @vitest-environment node
import { describe, expect, it } from 'vitest'

import type { AttachmentCalls } from '../api/attachment-calls'
import type { Outcome, Problem } from '../api/outcome'
import { Attachments, type Attachment } from './attachments.svelte'

const saved = (name: string): Attachment => ({
  id: `id of ${name}`,
  name,
  media_type: 'text/plain',
  bytes: 3,
  by: null,
  at: '2026-01-05T08:00:00Z',
  text: 'waiting',
})
const file = (name: string, size = 3): File => new File(['x'.repeat(size)], name)
const failed = (problem: Problem): Outcome<never> => ({ kind: 'problem', problem })

/** Calls whose uploads end when the test says so. */
function server() {
  const begun: {
    name: string
    share: (share: number) => void
    end: (o: Outcome<Attachment>) => void
  }[] = []
  const removed: string[] = []
  let answer: Outcome<undefined> = { kind: 'ok', value: undefined }
  const calls: AttachmentCalls = {
    list: () =>
      Promise.resolve({ kind: 'ok', value: { items: [], can: { edit: true }, max_bytes: 10 } }),
    add: (_page, { name }, share) =>
      new Promise((end) => {
        begun.push({ name, share, end })
      }),
    remove: (_page, id) => {
      removed.push(id)
      return Promise.resolve(answer)
    },
  }
  return { calls, begun, removed, answers: (next: Outcome<undefined>) => (answer = next) }
}

const states = (files: Attachments) =>
  files.uploads.map(({ file: { name }, state }) => `${name} ${state.kind}`)

describe('the files of a page', () => {
  it('are sent one after the other and said to be saved only when the server says so', async () => {
    const { calls, begun } = server()
    const files = new Attachments(calls, 'p1')
    await files.load()
    const adding = files.add([file('a'), file('b')])
    expect(states(files)).toEqual(['a sending', 'b waiting'])
    begun[0]?.share(1)
    expect(files.items).toEqual([])
    expect(files.sending).toBe(true)
    begun[0]?.end({ kind: 'ok', value: saved('a') })
    await expect.poll(() => states(files)).toEqual(['b sending'])
    begun[1]?.end({ kind: 'ok', value: saved('b') })
    expect(await adding).toEqual(['a', 'b'])
    expect(files.items?.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(files.sending).toBe(false)
  })

  it('stay to be tried again where they did not get there', async () => {
    const { calls, begun } = server()
    const files = new Attachments(calls, 'p1')
    await files.load()
    const adding = files.add([file('a'), file('large', 11)])
    begun[0]?.end(failed({ kind: 'unreachable' }))
    expect(await adding).toEqual([])
    expect(states(files)).toEqual(['a failed', 'large too-large'])
    const again = files.retry(files.uploads[0]?.key ?? 0)
    begun[1]?.end({ kind: 'ok', value: saved('a') })
    expect(await again).toEqual(['a'])
    files.dismiss(files.uploads[0]?.key ?? 0)
    expect(states(files)).toEqual([])
  })

  it('are gone when they were removed, by oneself or by somebody else', async () => {
    const { calls, begun, removed, answers } = server()
    const files = new Attachments(calls, 'p1')
    await files.load()
    const adding = files.add([file('a'), file('b')])
    begun[0]?.end({ kind: 'ok', value: saved('a') })
    await expect.poll(() => begun.length).toBe(2)
    begun[1]?.end({ kind: 'ok', value: saved('b') })
    await adding
    answers(failed({ kind: 'forbidden' }))
    expect(await files.remove('id of a')).toEqual({ kind: 'forbidden' })
    answers(failed({ kind: 'not-found' }))
    expect(await files.remove('id of a')).toBeNull()
    expect(files.items?.map(({ name }) => name)).toEqual(['b'])
    expect(removed).toEqual(['id of a', 'id of a'])
  })
})

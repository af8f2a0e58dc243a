// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'

import type { Outcome } from '../api/outcome'
import { ImportState, type ImportReport } from './import.svelte'

const report = (preview: boolean): ImportReport => ({
  preview,
  created: 1,
  replaced: 0,
  pages: [],
  failed: [],
  remarks: [],
})

function file(name: string): { path: string; file: File } {
  const made = new File(['x'], name)
  // jsdom has no arrayBuffer on files.
  made.arrayBuffer = () => Promise.resolve(new TextEncoder().encode('x').buffer as ArrayBuffer)
  return { path: name, file: made }
}

describe('ImportState', () => {
  it('looks before it brings, with the same bytes', async () => {
    const importPages = vi.fn((_: Blob, { preview }: { preview: boolean }) =>
      Promise.resolve<Outcome<ImportReport>>({ kind: 'ok', value: report(preview) }),
    )
    const state = new ImportState({ importPages }, 'pankow')
    await state.choose([file('a.md'), file('b.md')])
    expect(state.status.kind).toBe('preview')
    await state.bring()
    expect(state.status.kind).toBe('done')
    const [look, bring] = importPages.mock.calls
    expect(look?.[1]).toEqual({ space: 'pankow', replace: false, preview: true })
    expect(bring?.[1]).toEqual({ space: 'pankow', replace: false, preview: false })
    expect(bring?.[0]).toBe(look?.[0])
    expect(look?.[0].type).toBe('application/zip')
  })

  it('sends an archive as it is', async () => {
    const sent: Blob[] = []
    const importPages = (body: Blob): Promise<Outcome<ImportReport>> => {
      sent.push(body)
      return Promise.resolve({ kind: 'ok', value: report(true) })
    }
    const state = new ImportState({ importPages }, '')
    const archive = file('archiv.ZIP')
    await state.choose([archive])
    expect(sent).toEqual([archive.file])
  })

  it('drops the answer to an older look', async () => {
    const answers: ((outcome: Outcome<ImportReport>) => void)[] = []
    const importPages = (): Promise<Outcome<ImportReport>> =>
      new Promise((resolve) => answers.push(resolve))
    const state = new ImportState({ importPages }, '')
    const first = state.choose([file('a.zip')])
    await vi.waitFor(() => expect(answers).toHaveLength(1))
    const second = state.change({ replace: true })
    await vi.waitFor(() => expect(answers).toHaveLength(2))
    answers[1]?.({ kind: 'ok', value: { ...report(true), replaced: 7 } })
    answers[0]?.({ kind: 'ok', value: report(true) })
    await Promise.all([first, second])
    expect(state.status).toMatchObject({ kind: 'preview', report: { replaced: 7 } })
  })

  it('tells a problem and begins anew', async () => {
    const importPages = (): Promise<Outcome<ImportReport>> =>
      Promise.resolve({ kind: 'problem', problem: { kind: 'unreachable' } })
    const state = new ImportState({ importPages }, '')
    await state.choose([file('a.zip')])
    expect(state.status).toEqual({ kind: 'failed', problem: { kind: 'unreachable' } })
    state.reset()
    expect(state.status.kind).toBe('choosing')
  })
})

// @vitest-environment node
// @vitest-environment node
/** The check of the build fails when what is sent grows beyond its bounds, in either language. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'

/** A build with files of these sizes. */
const small = {
  'theme.js': 500,
  'assets/index.js': 20_000,
  'assets/shared.js': 10_000,
  'assets/shell-en.js': 3_000,
  'assets/page.js': 180_000,
  'assets/screens-de.js': 9_000,
  'assets/screens-en.js': 9_000,
}

const manifest = {
  'index.html': { file: 'assets/index.js', imports: ['_shared.js'] },
  '_shared.js': { file: 'assets/shared.js' },
  'src/routes/page/PageRoute.svelte': { file: 'assets/page.js', imports: ['index.html'] },
  'src/i18n/en/shell.ts': { file: 'assets/shell-en.js' },
  'src/i18n/de/screens.ts': { file: 'assets/screens-de.js', imports: ['_shared.js'] },
  'src/i18n/en/screens.ts': { file: 'assets/screens-en.js' },
}

let folder = ''
afterEach(() => rmSync(folder, { recursive: true }))

/** What the check says about such a build, with these files of other sizes. */
function check(changed: Partial<typeof small> = {}): { failed: boolean; said: string } {
  folder = mkdtempSync(join(tmpdir(), 'denkraum-budget-'))
  mkdirSync(join(folder, 'assets'))
  mkdirSync(join(folder, '.vite'))
  writeFileSync(join(folder, '.vite/manifest.json'), JSON.stringify(manifest))
  for (const [file, bytes] of Object.entries({ ...small, ...changed })) {
    // The uncompressed file is larger and not counted.
    writeFileSync(join(folder, file), Buffer.alloc(bytes * 2))
    writeFileSync(join(folder, `${file}.br`), Buffer.alloc(bytes))
  }
  const script = join(import.meta.dirname, '../scripts/budget.mjs')
  const { status, stdout } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' })
  return { failed: status === 1, said: stdout }
}

const over = (said: string): string[] =>
  said.split('\n').flatMap((line) => (line.endsWith('too much') ? [line.split(':')[0] ?? ''] : []))

test('a build within its bounds passes', () => {
  const { failed, said } = check()
  expect(said).toContain('start (de): 30.5 KB of 45.0 KB')
  expect(said).toContain('editor (en): 189.0 KB of 230.0 KB')
  expect(failed).toBe(false)
})

test.each([
  ['the start', { 'assets/shared.js': 25_000 }, ['start (de)', 'start (en)']],
  ['the English texts of the start', { 'assets/shell-en.js': 15_000 }, ['start (en)']],
  ['the editor', { 'assets/page.js': 225_000 }, ['editor (de)', 'editor (en)']],
  ['the German texts of the screens', { 'assets/screens-de.js': 51_000 }, ['editor (de)']],
])('%s must not grow beyond it', (_, changed, expected) => {
  const { failed, said } = check(changed)
  expect(failed).toBe(true)
  expect(over(said)).toEqual(expected)
})

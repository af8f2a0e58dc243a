// Fails when the application grows beyond what an office network and an old phone bear: compressed
// JavaScript that is needed before the editor, and that of the editor itself.
//
//   node scripts/budget.mjs dist
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The most bytes, as sent (Brotli). */
const most = { start: 45 * 1024, editor: 230 * 1024 }

const folder = process.argv[2] ?? 'dist'
const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'))

/** The scripts that a part needs before it can run. */
function scripts(name, seen = new Set()) {
  if (seen.has(name)) return []
  seen.add(name)
  const { file, imports = [] } = manifest[name]
  return [file, ...imports.flatMap((part) => scripts(part, seen))].filter((f) => f.endsWith('.js'))
}

function sent(file) {
  const small = join(folder, `${file}.br`)
  return statSync(existsSync(small) ? small : join(folder, file)).size
}

const start = new Set([...scripts('index.html'), 'theme.js'])
const editor = new Set(scripts('src/routes/page/PageRoute.svelte').filter((f) => !start.has(f)))
const sum = (files) => [...files].reduce((bytes, file) => bytes + sent(file), 0)
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`

let failed = false
for (const [name, files] of [
  ['start', start],
  ['editor', editor],
]) {
  const bytes = sum(files)
  const over = bytes > most[name]
  failed ||= over
  console.log(`${name}: ${kib(bytes)} of ${kib(most[name])}${over ? ' – too much' : ''}`)
  if (over) for (const file of files) console.log(`  ${kib(sent(file))} ${file}`)
}
if (failed) process.exit(1)
// Nobody needs it in the binary.
if (!process.argv.includes('--keep')) rmSync(join(folder, '.vite'), { recursive: true })

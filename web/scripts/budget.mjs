// Fails when the application grows beyond what an office network and an old phone bear: compressed
// JavaScript that is needed before the editor, and that of the editor itself, in each language.
//
//   node scripts/budget.mjs dist
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The most bytes, as sent (Brotli). */
const most = { start: 45_000, editor: 230_000 }

/** Texts that are fetched besides what the parts import. */
const texts = {
  de: { start: [], editor: ['src/i18n/de/screens.ts'] },
  en: { start: ['src/i18n/en/shell.ts'], editor: ['src/i18n/en/screens.ts'] },
}

const folder = process.argv[2] ?? 'dist'
const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'))

/** The scripts that a part needs before it can run. */
function scripts(name, seen = new Set()) {
  if (seen.has(name)) return []
  seen.add(name)
  if (manifest[name] === undefined) throw new Error(`the build has no part ${name}`)
  const { file, imports = [] } = manifest[name]
  return [file, ...imports.flatMap((part) => scripts(part, seen))].filter((f) => f.endsWith('.js'))
}

const all = (names) => new Set(names.flatMap((name) => scripts(name)))

function sent(file) {
  const small = join(folder, `${file}.br`)
  return statSync(existsSync(small) ? small : join(folder, file)).size
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`

let failed = false
function weigh(name, files, limit) {
  const bytes = [...files].reduce((sum, file) => sum + sent(file), 0)
  const over = bytes > limit
  failed ||= over
  console.log(`${name}: ${kilobytes(bytes)} of ${kilobytes(limit)}${over ? ' – too much' : ''}`)
  if (over) for (const file of files) console.log(`  ${kilobytes(sent(file))} ${file}`)
}

for (const [language, more] of Object.entries(texts)) {
  const start = all(['index.html', ...more.start]).add('theme.js')
  const editor = all(['src/routes/page/PageRoute.svelte', ...more.editor])
  for (const file of start) editor.delete(file)
  weigh(`start (${language})`, start, most.start)
  weigh(`editor (${language})`, editor, most.editor)
}
if (failed) process.exit(1)
// Nobody needs it in the binary.
if (!process.argv.includes('--keep')) rmSync(join(folder, '.vite'), { recursive: true })

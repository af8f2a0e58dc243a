// Writes a `.br` and a `.gz` beside every file of the build that gets smaller by it.
// The server sends these as they are, so it never compresses while it serves.
//
//   node scripts/precompress.mjs dist
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, extname } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const textual = new Set([
  '.html',
  '.js',
  '.css',
  '.svg',
  '.json',
  '.txt',
  '.map',
  '.webmanifest',
  '.geojson',
])
const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** All files below `folder`, as paths. */
async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath ?? e.path, e.name))
}

/** Writes `bytes` to `path` unless they would be no gain over `original`. */
async function writeIfSmaller(path, bytes, original) {
  if (bytes.length < original.length) await writeFile(path, bytes)
}

async function compress(path) {
  const original = await readFile(path)
  const [br, gz] = await Promise.all([
    brotli(original, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: original.length,
      },
    }),
    zip(original, { level: 9 }),
  ])
  await writeIfSmaller(`${path}.br`, br, original)
  await writeIfSmaller(`${path}.gz`, gz, original)
}

const folder = process.argv[2] ?? 'dist'
const files = (await filesOf(folder)).filter((path) => textual.has(extname(path)))
for (const path of files) await compress(path)
console.log(`${files.length} files compressed in ${folder}`)

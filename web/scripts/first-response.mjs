// Writes `reading.html`: the shell with room for a page in it, and with the styles of the page's
// screen. The server puts title, fields and text there (crates/http/src/reading), so that a page is
// read before any script has come.
//
//   node scripts/first-response.mjs dist
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2] ?? 'dist'
const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'))
const shell = readFileSync(join(folder, 'index.html'), 'utf8')

/** All style sheets of a part and of what it needs at once. */
function styles(name, seen = new Set()) {
  if (seen.has(name)) return []
  seen.add(name)
  const { css = [], imports = [] } = manifest[name]
  return [...imports.flatMap((part) => styles(part, seen)), ...css]
}

const links = [...new Set(styles('src/routes/page/PageRoute.svelte'))]
  .filter((file) => !shell.includes(file))
  .map((file) => `<link rel="stylesheet" crossorigin href="/${file}">`)

const noscript = /<noscript>.*?<\/noscript>/s
const app = '<div id="app"></div>'
for (const part of [noscript, app, '</head>', '<html lang="de">', '<title>Denkraum</title>']) {
  if (shell.search(part) === -1) throw new Error(`index.html has no ${part}`)
}
const reading = shell
  .replace(noscript, '')
  .replace(app, `<div id="first"><!--denkraum:page--></div>\n    ${app}`)
  .replace('</head>', `  ${links.join('\n    ')}\n  </head>`)
writeFileSync(join(folder, 'reading.html'), reading)
console.log(`reading.html with ${links.length} style sheets of the page`)

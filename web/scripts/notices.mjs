// Writes the licences of everything that the build contains into the build, so that they travel with
// it: the npm packages of `dependencies` with all they need, the two typefaces, the map.
//
//   node scripts/notices.mjs dist
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

/** Where a package finds another: its own folder first, then those above. */
function resolve(name, from) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('node_modules')))) {
    const path = `${base === '' ? '' : `${base.replace(/\/$/, '')}/`}node_modules/${name}`
    if (lock.packages[path]) return path
    if (base === '') return undefined
  }
}

const found = new Set()
function collect(path) {
  const { dependencies = {}, peerDependencies = {} } = lock.packages[path]
  const names = path === '' ? dependencies : { ...dependencies, ...peerDependencies }
  for (const name of Object.keys(names)) {
    const next = resolve(name, path)
    if (next === undefined || found.has(next)) continue
    found.add(next)
    collect(next)
  }
}
collect('')

function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name))
  return file === undefined ? undefined : readFileSync(join(folder, file), 'utf8').trim()
}

const sections = [...found]
  .filter((path) => existsSync(join(root, path)))
  .sort()
  .map((path) => {
    const folder = join(root, path)
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    )
    const text = licenceText(folder) ?? `Licence: ${license}`
    return `${name} ${version} (${license})\n\n${text}`
  })
sections.unshift(
  'Outlines of the districts of Berlin: Geoportal Berlin / ALKIS Berlin (Bezirke), ' +
    'Datenlizenz Deutschland – Namensnennung – Version 2.0 ' +
    '(https://www.govdata.de/dl-de/by-2-0), simplified.',
)
const rule = `\n\n${'-'.repeat(80)}\n\n`
const folder = process.argv[2] ?? 'dist'
writeFileSync(join(root, folder, 'third-party-notices.txt'), `${sections.join(rule)}\n`)
console.log(`licences of ${found.size} packages in ${folder}/third-party-notices.txt`)

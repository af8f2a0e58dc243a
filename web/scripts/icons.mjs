/**
 * Writes data/icons.tsv: every icon of Lucide as one outline, so that the declaration of a kind may
 * name any of them and the web application need not carry them. Run after Lucide was updated:
 * `node scripts/icons.mjs`.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

const LUCIDE = new URL('../node_modules/@lucide/svelte/', import.meta.url)
const TARGET = new URL('../../data/icons.tsv', import.meta.url)

/** The path from an absolute start, so that it may follow another one. */
function absolute(d) {
  const start = /^m\s*(-?\d*\.?\d+)[\s,]*(-?\d*\.?\d+)\s*/.exec(d)
  if (start === null) return d
  const rest = d.slice(start[0].length)
  return `M${start[1]} ${start[2]}${/^[-.\d]/.test(rest) ? `l${rest}` : rest}`
}

/** A shape as the data of a path; Lucide's lines are round and have no fill, so it looks the same. */
function outline([tag, attributes]) {
  const of = (name) => Number(attributes[name] ?? 0)
  const number = (value) => String(Math.round(value * 1000) / 1000)
  const path = (...parts) =>
    parts.map((part) => (typeof part === 'number' ? number(part) : part)).join(' ')
  const oval = (cx, cy, rx, ry) =>
    path('M', cx - rx, cy, 'a', rx, ry, '0 1 0', 2 * rx, 0, 'a', rx, ry, '0 1 0', -2 * rx, '0Z')
  switch (tag) {
    case 'path':
      return absolute(attributes.d)
    case 'circle':
      return oval(of('cx'), of('cy'), of('r'), of('r'))
    case 'ellipse':
      return oval(of('cx'), of('cy'), of('rx'), of('ry'))
    case 'line':
      return path('M', of('x1'), of('y1'), 'L', of('x2'), of('y2'))
    case 'polyline':
      return `M ${attributes.points}`
    case 'polygon':
      return `M ${attributes.points}Z`
    case 'rect': {
      const [x, y, width, height] = ['x', 'y', 'width', 'height'].map(of)
      const rx = of(attributes.rx === undefined ? 'ry' : 'rx')
      const ry = of(attributes.ry === undefined ? 'rx' : 'ry')
      const corner = (dx, dy) => (rx === 0 ? '' : path('a', rx, ry, '0 0 1', dx, dy))
      const sides = [
        path('M', x + rx, y, 'h', width - 2 * rx),
        corner(rx, ry),
        path('v', height - 2 * ry),
        corner(-rx, ry),
        path('h', 2 * rx - width),
        corner(-rx, -ry),
        path('v', 2 * ry - height),
        corner(rx, -ry),
      ]
      return `${sides.join('')}Z`
    }
    default:
      throw new Error(`a shape that is not known: ${tag}`)
  }
}

/** The icon's parts as they stand in Lucide's component. */
function nodesOf(file) {
  const text = readFileSync(new URL(`dist/icons/${file}`, LUCIDE), 'utf8')
  const data = /const iconData = (\{.*\});/s.exec(text)?.[1]
  return data === undefined ? null : JSON.parse(data)
}

/** The text of data/icons.tsv. */
export function icons() {
  const { version } = JSON.parse(readFileSync(new URL('package.json', LUCIDE), 'utf8'))
  const lines = readdirSync(new URL('dist/icons/', LUCIDE))
    .filter((file) => file.endsWith('.svelte'))
    .map((file) => nodesOf(file))
    .filter((data) => data !== null)
    .map(({ name, node }) => `${name}\t${node.map(outline).join('')}`)
  const head = `# Lucide ${version} (ISC), made by web/scripts/icons.mjs: name, outline on a grid of 24 by 24.`
  return `${[head, ...[...new Set(lines)].sort()].join('\n')}\n`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(fileURLToPath(TARGET), icons())
}

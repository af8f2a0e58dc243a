// @vitest-environment node
// @vitest-environment node
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

import { icons } from '../../scripts/icons.mjs'
import { MENU_OUTLINES } from '../editor/block-icons'
import { OUTLINES } from '../editor/icons'

// Tests run in the folder `web`.
const shipped = readFileSync(resolve('../data/icons.tsv'), 'utf8')

it('the outlines that the server ships are those of the Lucide that is installed', () => {
  expect(shipped).toBe(icons())
})

it('the icons of blocks are among them', () => {
  const all = new Map(shipped.split('\n').map((line) => line.split('\t') as [string, string]))
  for (const [name, outline] of Object.entries({ ...OUTLINES, ...MENU_OUTLINES })) {
    expect(outline, name).toBe(all.get(name))
  }
})

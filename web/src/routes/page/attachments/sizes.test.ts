// @vitest-environment node
import { expect, it } from 'vitest'

import { sizeText } from './sizes'

it('says how large a file is in the unit that fits', () => {
  expect([0, 812, 831_488, 2_516_582, 52_428_800].map((bytes) => sizeText(bytes, 'de'))).toEqual([
    '0 B',
    '812 B',
    '812 KB',
    '2,4 MB',
    '50 MB',
  ])
  expect(sizeText(2_516_582, 'en')).toBe('2.4 MB')
})

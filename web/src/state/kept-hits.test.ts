// @vitest-environment node
import { expect, it } from 'vitest'

import { keepHits, keptHits, type KeptHits } from './kept-hits'

const hits = (scroll: number) => ({ shown: {}, scroll }) as KeptHits

it('remembers the searches that were shown last, for one session alone', () => {
  const [here, elsewhere] = [{}, {}]
  for (let at = 0; at < 7; at++) keepHits(here, `/suche?q=${at}`, hits(at))
  keepHits(here, '/suche?q=3', hits(30))
  expect(keptHits(here, '/suche?q=1')).toBeUndefined()
  expect(keptHits(here, '/suche?q=3')?.scroll).toBe(30)
  expect(keptHits(here, '/suche?q=6')?.scroll).toBe(6)
  expect(keptHits(elsewhere, '/suche?q=6')).toBeUndefined()
})

// @vitest-environment node
import { beforeEach, expect, it } from 'vitest'

import { Latest } from './debounce'
import type { GoOptions } from './router.svelte'
import { plainQuestion } from './search.svelte'
import { SearchAddress } from './search-address'

let history: string[]
let pause: (() => void) | undefined
let address: SearchAddress

beforeEach(() => {
  history = ['/suche']
  pause = undefined
  const router = {
    go: (href: string, { replace }: GoOptions = {}) => {
      if (replace) history.pop()
      history.push(href)
    },
  }
  const timers = {
    set: (run: () => void) => {
      pause = run
      return 1
    },
    clear: () => {
      pause = undefined
    },
  }
  address = new SearchAddress(router, new Latest(timers))
})

const kita = plainQuestion('Kita')
const inPankow = { ...kita, spaces: ['pankow'] }

it('makes no step of letters', () => {
  address.type(plainQuestion('Kit'))
  address.type(kita)
  expect(history).toEqual(['/suche'])
  pause?.()
  expect(history).toEqual(['/suche?q=Kita'])
  expect(address.waiting).toBe(false)
})

it('makes a step of each choice and of the order', () => {
  address.put(kita)
  address.step(kita, inPankow)
  address.step(inPankow, { ...inPankow, order: 'changed' })
  expect(history).toEqual([
    '/suche?q=Kita',
    '/suche?q=Kita&space=pankow',
    '/suche?q=Kita&space=pankow&order=changed',
  ])
})

it('keeps what was typed just before a choice for the way back', () => {
  address.put(plainQuestion('Kit'))
  address.type(kita)
  address.step(kita, inPankow)
  expect(history).toEqual(['/suche?q=Kita', '/suche?q=Kita&space=pankow'])
  expect(pause).toBeUndefined()
})

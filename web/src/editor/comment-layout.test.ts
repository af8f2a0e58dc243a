// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { layOutThreads } from './comment-layout'

const rules = { from: 100, gap: 10, active: null }
const thread = (id: string, top: number, height = 50) => ({ id, top, height })

describe('threads beside the text', () => {
  it('stand at their passages where there is room', () => {
    const tops = layOutThreads([thread('a', 200), thread('b', 400)], rules)
    expect([...tops]).toEqual([
      ['a', 200],
      ['b', 400],
    ])
  })

  it('are pushed down in the order of the text, and never above the beginning', () => {
    const tops = layOutThreads([thread('b', 60), thread('a', 20), thread('c', 230)], rules)
    expect(Object.fromEntries(tops)).toEqual({ a: 100, b: 160, c: 230 })
  })

  it('make way for the one that is looked at', () => {
    const wanted = [thread('a', 200), thread('b', 210), thread('c', 220)]
    const tops = layOutThreads(wanted, { ...rules, active: 'b' })
    expect(Object.fromEntries(tops)).toEqual({ a: 150, b: 210, c: 270 })
  })

  it('leave it only where there is no room above', () => {
    const wanted = [thread('a', 110, 90), thread('b', 120)]
    const tops = layOutThreads(wanted, { ...rules, active: 'b' })
    expect(Object.fromEntries(tops)).toEqual({ a: 100, b: 200 })
  })
})

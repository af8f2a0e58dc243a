import { beforeEach, describe, expect, it } from 'vitest'

import { wordRanges } from './mark-words'

let root: HTMLElement

beforeEach(() => {
  root = document.createElement('div')
  root.innerHTML = '<p>Das Eltern-Café und das <b>ELTERNCAFÉ</b>, kein Elterncafés.</p><p>(um)</p>'
})

const marked = (...words: string[]) => wordRanges(root, words).map((range) => range.toString())

describe('marking words', () => {
  it('finds whole words in any case, the longer ones first', () => {
    expect(marked('Elterncafé', 'Eltern', 'Eltern-Café')).toEqual(['Eltern-Café', 'ELTERNCAFÉ'])
  })

  it('leaves the questions of the form out', () => {
    root.innerHTML = '<p class="q">Welche Kita?</p><label>Kita</label><p>Die Kita am Park</p>'
    expect(wordRanges(root, ['Kita'])).toHaveLength(1)
  })

  it('takes signs as they are', () => {
    expect(marked('(um)', '')).toEqual(['(um)'])
    expect(marked('.*')).toEqual([])
  })
})

// @vitest-environment node
import { expect, it } from 'vitest'

import { foundHref } from './found'

const id = '01jz0000000000000000000000'
const of = (section?: string) =>
  foundHref(
    {
      id,
      title: 'Obst im Kiez',
      snippet: [
        { text: 'Die ', hit: false },
        { text: 'Quittenrunde', hit: true },
      ],
      ...(section === undefined ? {} : { section }),
    },
    [{ text: 'Obst', hit: true }],
  )

it('leads to the section that the server names, however often its heading is there', () => {
  const page = `/seiten/${id}/obst-im-kiez?fund=Quittenrunde&fund=Obst`
  expect(of('h-lage-2')).toEqual({ page, section: `${page}#h-lage-2` })
  expect(of('feld-goal').section).toBe(`${page}#feld-goal`)
  expect(of().section).toBe(`${page}#text`)
})

// @vitest-environment node
/** Which addresses may stand in a link. */
import { expect, test } from 'vitest'

import { isPageId, pageIdOfPath } from './page-id'
import { completeUrl, safeUrl } from './safe-url'

test.each([
  'https://www.berlin.de/sen/bjf/',
  'http://example.org',
  'HTTPS://EXAMPLE.ORG/a?b=c#d',
  'mailto:name@example.org',
  'tel:+493012345',
])('%s is kept as it is', (address) => {
  expect(safeUrl(address)).toBe(address)
  expect(safeUrl(`  ${address}\n`)).toBe(address)
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  '\u200bjavascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://example.org/1',
  '//example.org/a',
  '/seiten/1',
  'example.org',
  'https://',
  'https://a b',
  '',
  `https://example.org/${'a'.repeat(2048)}`,
  null,
  undefined,
  {},
])('%s is refused', (address) => {
  expect(safeUrl(address)).toBeNull()
})

test.each([
  ['www.berlin.de', 'https://www.berlin.de'],
  ['berlin.de/kita?x=1', 'https://berlin.de/kita?x=1'],
  ['jana@example.org', 'mailto:jana@example.org'],
  ['https://a.de', 'https://a.de'],
])('%s is completed to %s', (typed, expected) => {
  expect(completeUrl(typed)).toBe(expected)
})

test.each(['javascript:alert(1)', 'berlin', 'zwei Wörter.de', '/pfad', ''])(
  '%s is no address',
  (typed) => {
    expect(completeUrl(typed)).toBeNull()
  },
)

test('page ids are lower-case ULIDs', () => {
  expect(isPageId('01h8xgjwbwbaq4z5v6y7t8r9qa')).toBe(true)
  expect(isPageId('01H8XGJWBWBAQ4Z5V6Y7T8R9QA')).toBe(false)
  expect(isPageId('81h8xgjwbwbaq4z5v6y7t8r9qa')).toBe(false)
  expect(isPageId('01h8xgjwbwbaq4z5v6y7t8r9q')).toBe(false)
  expect(pageIdOfPath('/seiten/01h8xgjwbwbaq4z5v6y7t8r9qa/titel')).toBe(
    '01h8xgjwbwbaq4z5v6y7t8r9qa',
  )
  expect(pageIdOfPath('/suche')).toBeNull()
})

/** What comes in from other programs. The samples are our own words in the shape of published ones. */
import { getSchema } from '@tiptap/core'
import { DOMParser, DOMSerializer } from '@tiptap/pm/model'
import { describe, expect, test } from 'vitest'

import { pageSchemaExtensions } from '../schema'
import { inertHtml } from './inert-html'
import { cleanPastedHtml } from './paste'
import * as samples from './paste-samples'

const schema = getSchema(pageSchemaExtensions())

/** What the page would hold. */
function pasted(html: string): string {
  const doc = DOMParser.fromSchema(schema).parse(inertHtml(cleanPastedHtml(html)))
  const box = document.createElement('div')
  box.append(DOMSerializer.fromSchema(schema).serializeFragment(doc.content))
  return box.innerHTML
}

describe('Word', () => {
  test('lists of paragraphs become lists, deeper ones inside', () => {
    expect(pasted(samples.WORD_LISTS)).toBe(
      '<h2>Auftakt</h2><p>Wir haben <strong>viel</strong> vor:</p>' +
        '<ul><li><p>Familien fragen</p><ul><li><p>im Elterncafé</p></li></ul></li>' +
        '<li><p>Ergebnisse teilen</p></li></ul>' +
        '<ol start="3"><li><p>Termin finden</p></li><li><p>Einladen</p></li></ol><p>Danke.</p>',
    )
  })

  test('tables keep rows, heads and spans, and lose their looks', () => {
    expect(pasted(samples.WORD_TABLE)).toBe(
      '<table><tbody><tr><td colspan="2"><p>Angebote</p></td></tr>' +
        '<tr><td><p>Kita</p></td><td><p>offen</p></td></tr></tbody></table>',
    )
  })

  test('footnotes come along with their words', () => {
    expect(pasted(samples.WORD_FOOTNOTE)).toBe(
      '<p>Jedes fünfte Kind<sup class="footnote" data-footnote="">Eigene Zählung, 2023.</sup> ist betroffen.</p>',
    )
  })

  test('what a tracked change took out stays out, comments and pictures, too', () => {
    expect(pasted(samples.WORD_CHANGES)).toBe('<p>Der neue Satz.</p>')
  })

  test('online: single items with levels become one list', () => {
    expect(pasted(samples.WORD_ONLINE)).toBe(
      '<h2>Ziele</h2><ul><li><p>Zugang</p><ul><li><p>Sprache</p></li></ul></li><li><p>Zeit</p></li></ul>',
    )
  })
})

test('Excel: a table of what holds words, without blank rows and columns', () => {
  expect(pasted(samples.EXCEL)).toBe(
    '<table><tbody><tr><td><p>Bezirk</p></td><td><p>Anzahl</p></td></tr>' +
      '<tr><td><p>Mitte</p></td><td><p>12</p></td></tr></tbody></table>',
  )
})

describe('Outlook', () => {
  test('an answer is its text, and the head of the mail before it', () => {
    expect(pasted(samples.OUTLOOK)).toBe(
      '<p>Guten Tag,</p><p>der Termin steht: <a href="https://example.org/termin" rel="noopener noreferrer">Kalender</a></p>' +
        '<p><strong>Von:</strong> Leitstelle<br><strong>Betreff:</strong> Termin</p><p>Wann treffen wir uns?</p>',
    )
  })

  test('on the web: a table keeps its cells and what is bold in them', () => {
    expect(pasted(samples.OUTLOOK_WEB)).toBe(
      '<table><tbody><tr><td><p><strong>Nr.</strong></p></td><td><p><strong>Aufgabe</strong></p></td></tr>' +
        '<tr><td><p>1</p></td><td><p>Raum buchen</p></td></tr></tbody></table>',
    )
  })

  test('a mail within tables is its text, not the tables around it', () => {
    expect(pasted(samples.MAIL_IN_TABLES)).toBe(
      '<p>Hallo zusammen,</p><p>das Treffen fällt aus.</p>',
    )
  })
})

test('Google Docs: not everything is bold, what is emphasised stays', () => {
  expect(pasted(samples.GOOGLE_DOCS)).toBe(
    '<p>Ein <strong>wichtiger</strong> und <em>leiser</em> Satz.</p><ul><li><p>Punkt</p></li></ul>',
  )
})

describe('web pages', () => {
  test('bring text, headings and links, and nothing that runs or hides', () => {
    expect(pasted(samples.WEB_PAGE)).toBe(
      '<h2>Familienbüro</h2><p>Öffnungszeiten: <a href="https://example.org/" rel="noopener noreferrer">hier</a></p>' +
        '<ul><li><p>Dienstag</p></li><li><p>Freitag</p></li></ul><p>Schluss</p>',
    )
  })

  test('task lists are tasks', () => {
    expect(pasted(samples.TASK_LIST)).toBe(
      '<ul class="tasks"><li data-checked="true"><p>fertig</p></li>' +
        '<li data-checked="false"><p>offen</p></li></ul>',
    )
  })
})

test('what was copied here is left as it is', () => {
  const own = '<p data-pm-slice="1 1 []" data-x="1">a</p>'
  expect(cleanPastedHtml(own)).toBe(own)
})

test('hostile markup brings no script, no handler and no foreign address', () => {
  const html = cleanPastedHtml(
    '<p onclick="x()" style="background:url(https://x)">a<script>x()</script></p>' +
      '<svg onload="x()"><a href="javascript:x()">b</a></svg><a href="javascript:x()">c</a>',
  )
  expect(html).not.toMatch(/onclick|onload|<script|<svg|url\(/)
  expect(pasted(html)).toBe('<p>a</p><p>c</p>')
})

/** Titles of linked pages are asked for together, kept, and shown as the reader may see them. */
import { describe, expect, test, vi } from 'vitest'

import { I18n } from '../i18n/i18n.svelte'
import { renderReading } from './reading'
import { TitleService, type PageTitle } from './titles'
import { mirrorParts } from './title-mirror'
import { isHelpKey } from '../ui/frame/help-key'
import { levelOfKey } from './keys'
import { showPageLink } from './page-link-view'

const A = '01h8xgjwbwbaq4z5v6y7t8r9qa'
const B = '01h8xgjwbwbaq4z5v6y7t8r9qb'
const WORDS = {
  noAccess: () => 'Seite ohne Zugang',
  untitled: () => 'Ohne Titel',
  blocks: {
    t: new I18n('de').t,
    language: () => 'de' as const,
    watch: () => () => undefined,
  },
}

describe('the title service', () => {
  test('asks once for all links of a page and tells everyone', async () => {
    const lookUp = vi.fn((ids: readonly string[]) =>
      Promise.resolve(ids.map((id) => ({ id, title: id === A ? 'Alpha' : null }))),
    )
    const service = new TitleService(lookUp)
    const seen: (PageTitle | undefined)[] = []
    service.watch(A, (title) => seen.push(title))
    service.watch(A, () => undefined)
    service.watch(B, (title) => seen.push(title))
    await vi.waitFor(() => expect(seen).toHaveLength(4))
    expect(lookUp).toHaveBeenCalledTimes(1)
    expect(lookUp).toHaveBeenCalledWith([A, B])
    expect(seen).toEqual([undefined, undefined, { title: 'Alpha' }, { title: null }])
  })

  test('shows what is known at once and a rename after a refresh', async () => {
    let title = 'Alt'
    const service = new TitleService((ids) => Promise.resolve(ids.map((id) => ({ id, title }))))
    const seen: (string | null | undefined)[] = []
    const stop = service.watch(A, (found) => seen.push(found?.title))
    await vi.waitFor(() => expect(seen).toEqual([undefined, 'Alt']))
    title = 'Neu'
    service.refresh()
    await vi.waitFor(() => expect(seen).toEqual([undefined, 'Alt', 'Neu']))
    stop()
    service.learn(A, { title: 'Niemand hört zu' })
    expect(seen).toHaveLength(3)
  })

  test('keeps what it shows when there is no answer', async () => {
    const lookUp = vi.fn(() => Promise.reject(new Error('offline')))
    const service = new TitleService(lookUp)
    const seen: unknown[] = []
    service.watch(A, (title) => seen.push(title))
    await vi.waitFor(() => expect(lookUp).toHaveBeenCalled())
    expect(seen).toEqual([undefined])
  })
})

describe('a page link', () => {
  const show = (page: string, label: string | null, found: PageTitle | undefined) => {
    const link = document.createElement('a')
    showPageLink(link, { page, label }, found, WORDS)
    return { text: link.textContent, href: link.getAttribute('href') }
  }

  test('shows the title, or own words, or that it has no title yet', () => {
    expect(show(A, null, { title: 'Alpha' })).toEqual({ text: 'Alpha', href: `/seiten/${A}` })
    expect(show(A, 'dort', { title: 'Alpha' }).text).toBe('dort')
    expect(show(A, null, { title: '' }).text).toBe('Ohne Titel')
  })

  test('without access shows neither title nor label, and leads nowhere', () => {
    expect(show(A, 'geheim', { title: null })).toEqual({ text: 'Seite ohne Zugang', href: null })
    expect(show('../../x', 'y', { title: 'z' })).toEqual({ text: 'Seite ohne Zugang', href: null })
  })
})

describe('the text for reading', () => {
  const html = (source: string): string => {
    const box = document.createElement('div')
    box.append(renderReading(source, WORDS))
    return box.innerHTML
  }

  test('holds only what the page knows', () => {
    expect(
      html(
        '<h2 id="h-ziel">Ziel</h2><p onclick="x()">a<script>x()</script></p>' +
          '<p><a href="javascript:x()">b</a></p><iframe src="//x"></iframe><form><input></form>',
      ),
    ).toBe('<h2 id="h-ziel">Ziel</h2><p>a</p><p>b</p>')
  })

  test('shows page links as the server wrote them', () => {
    const box = document.createElement('div')
    box.append(
      renderReading(
        `<p><a class="page-link" data-page="${A}" href="/seiten/${A}">Alpha</a> und ` +
          '<span class="page-link-hidden">Seite ohne Zugang</span></p>',
        WORDS,
      ),
    )
    expect(box.textContent).toBe('Alpha und Seite ohne Zugang')
    expect(box.querySelector('a')?.getAttribute('href')).toBe(`/seiten/${A}`)
  })
})

describe('the blocks for reading', () => {
  const shown = (source: string): HTMLElement => {
    const box = document.createElement('div')
    box.append(renderReading(source, WORDS))
    return box
  }

  test('tasks say who does them until when, once', () => {
    const box = shown(
      '<ul class="tasks"><li data-checked="true" data-person="Jugendamt" data-due="2024-06-03">' +
        '<input type="checkbox" disabled="" checked="" aria-label="erledigt">' +
        '<div><p>Einladen</p></div><span class="duty">Jugendamt · bis <time>irgendwann</time></span></li></ul>',
    )
    expect(box.textContent).toBe('EinladenJugendamt · bis 3. Juni 2024')
    expect(box.querySelector('input')?.checked).toBe(true)
    expect(box.querySelector('input')?.getAttribute('aria-label')).toBe('erledigt')
  })

  test('frames have their word in the reader’s language instead of the server’s', () => {
    const box = shown(
      '<section data-block="familyVoice" data-method="Gespräch" data-consent="written" data-month="2024-03">' +
        '<div class="frame-head"><span class="frame-label">Voice</span></div><div class="frame-body">' +
        '<p>Danke.</p></div></section><aside data-block="callout" data-tone="tip">' +
        '<div class="frame-head">Tip</div><div class="frame-body"><p>So.</p></div></aside>',
    )
    expect([...box.querySelectorAll('.frame-head')].map((head) => head.textContent)).toEqual([
      'FamilienstimmeGespräch · März 2024 · schriftliches Einverständnis',
      'Tipp',
    ])
    expect(box.textContent).toContain('Danke.')
    expect(box.textContent).not.toContain('Voice')
  })

  test('a collapsible passage is open, with its first block as what is always seen', () => {
    const box = shown(
      '<details data-block="collapsible" open=""><summary>Mehr dazu</summary><p>Lang.</p></details>',
    )
    const details = box.querySelector('details')
    expect(details?.querySelector('summary')?.textContent).toBe('Mehr dazu')
    expect(details?.querySelector('p')?.textContent).toBe('Lang.')
    expect(details?.open).toBe(true)
    const headed = shown(
      '<details data-block="collapsible" open=""><summary><h3>Mehr</h3></summary><p>x</p></details>',
    )
    expect(headed.querySelector('summary > h3')?.textContent).toBe('Mehr')
    const nameless = shown(
      '<details data-block="collapsible" open=""><summary class="fold-label">Zum Aufklappen</summary>' +
        '<ul><li><p>x</p></li></ul></details>',
    )
    expect(nameless.querySelector('summary')?.textContent).toBe('Aufklappen')
    expect(nameless.querySelectorAll('ul, p')).toHaveLength(2)
  })

  test('footnotes are numbered and stand below the text', () => {
    const box = shown(
      '<p>Satz<sup class="footnote"><a href="#fn-1" id="fnref-1">1</a></sup>.</p>' +
        '<section class="footnotes"><ol><li id="fn-1">Quelle <a href="#fnref-1">zurück</a></li></ol></section>',
    )
    expect(box.querySelector('p')?.textContent).toBe('Satz1.')
    expect(box.querySelector('.footnotes li')?.textContent).toBe('Quelle')
    expect(box.querySelector('#fnref-1')?.getAttribute('href')).toBe('#fn-1')
  })
})

test('the title’s mirror is split at the carets of others', () => {
  const caret = (client: number, at: number | null) => ({
    client,
    name: 'N',
    hue: 1,
    at,
    named: true,
  })
  const parts = mirrorParts('Titel', [caret(2, 9), caret(1, 2), caret(3, null)])
  expect(parts.map((part) => (part.kind === 'text' ? part.text : part.caret.client))).toEqual([
    'Ti',
    1,
    'tel',
    2,
    3,
  ])
  expect(mirrorParts('', [])).toEqual([])
})

describe('keys', () => {
  const key = (init: KeyboardEventInit) => new KeyboardEvent('keydown', init)

  test('Ctrl+Alt+2 is a heading on every layout; AltGr+2 is a letter', () => {
    expect(levelOfKey(key({ code: 'Digit2', key: '²', ctrlKey: true, altKey: true }))).toBe(2)
    expect(
      levelOfKey(
        key({ code: 'Digit2', key: '²', ctrlKey: true, altKey: true, modifierAltGraph: true }),
      ),
    ).toBeNull()
    expect(levelOfKey(key({ code: 'Digit2', key: '2', ctrlKey: true }))).toBeNull()
  })

  test('F1 and Ctrl+/ show the keys, wherever the layout has the slash', () => {
    expect(isHelpKey(key({ key: 'F1', code: 'F1' }))).toBe(true)
    expect(isHelpKey(key({ key: '/', code: 'Slash', ctrlKey: true }))).toBe(true)
    expect(isHelpKey(key({ key: '/', code: 'Digit7', ctrlKey: true, shiftKey: true }))).toBe(true)
    expect(isHelpKey(key({ key: '/', code: 'Digit7', shiftKey: true }))).toBe(false)
    expect(isHelpKey(key({ key: '/', code: 'Digit7', ctrlKey: true, altKey: true }))).toBe(false)
    expect(isHelpKey(key({ key: 'F1', code: 'F1', ctrlKey: true }))).toBe(false)
  })
})

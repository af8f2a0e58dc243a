// @vitest-environment node
import { describe, expect, it } from 'vitest'

import { backTarget, matchRoute, pageHref, signInHref, slugOf } from './address'

const id = '01ha4xbeg0nd9zrm4ndkcftk3v'

describe('matchRoute', () => {
  it.each([
    ['/', { name: 'start' }],
    ['/anmelden', { name: 'sign-in' }],
    ['/einrichten', { name: 'set-up' }],
    ['/barrierefreiheit', { name: 'accessibility' }],
    ['/suche', { name: 'search' }],
    ['/suche/', { name: 'search' }],
    ['/aenderungen', { name: 'changes' }],
    ['/entwuerfe', { name: 'drafts' }],
    ['/importieren', { name: 'import' }],
    ['/raeume', { name: 'spaces' }],
    ['/raeume/', { name: 'spaces' }],
    ['/raeume/neukoelln', { name: 'space', space: 'neukoelln' }],
    [`/seiten/${id}`, { name: 'page', id, slug: '' }],
    [`/seiten/${id}/elterncafe`, { name: 'page', id, slug: 'elterncafe' }],
    ['/raeume/Pankow', { name: 'not-found' }],
    ['/raeume/pankow/mehr', { name: 'not-found' }],
    ['/seiten', { name: 'not-found' }],
    ['/seiten/1', { name: 'not-found' }],
    [`/seiten/${id.toUpperCase()}`, { name: 'not-found' }],
    ['/suche/mehr', { name: 'not-found' }],
    ['/gibt-es-nicht', { name: 'not-found' }],
    ['/constructor', { name: 'not-found' }],
    ['//', { name: 'not-found' }],
  ])('reads %s', (path, route) => {
    expect(matchRoute(path)).toEqual(route)
  })

  it('reads the addresses it writes', () => {
    expect(matchRoute(pageHref(id, 'Elterncafé vor der Kita-Tür'))).toEqual({
      name: 'page',
      id,
      slug: 'elterncafe-vor-der-kita-tuer',
    })
    expect(matchRoute(pageHref(id, '???'))).toEqual({ name: 'page', id, slug: '' })
  })
})

describe('the way back after signing in', () => {
  it('is kept in the address', () => {
    expect(signInHref('/suche?q=a b')).toBe('/anmelden?weiter=%2Fsuche%3Fq%3Da%20b')
    expect(signInHref('/')).toBe('/anmelden')
  })

  it.each([
    'https://foreign.example',
    '//foreign.example',
    '/\\foreign.example',
    '/\t/x',
    'x',
    null,
  ])('never leads to a foreign place: %s', (raw) => {
    expect(backTarget(raw)).toBe('/')
  })

  it('never leads to the sign-in screen again', () => {
    expect(backTarget('/anmelden?weiter=/x')).toBe('/')
    expect(backTarget('/einrichten')).toBe('/')
    expect(backTarget('/raeume/pankow')).toBe('/raeume/pankow')
  })
})

describe('slugOf', () => {
  it('folds umlauts and accents and keeps at most 80 characters', () => {
    expect(slugOf('  Größe & Café: Akteur*innen ')).toBe('groesse-cafe-akteur-innen')
    expect(slugOf('a'.repeat(200))).toHaveLength(80)
  })
})

/**
 * Imported first: a document object model for the editor outside a browser, and a clock that stands
 * still until it is told to go on, so that a seed repeats a recording.
 */
import { JSDOM } from 'jsdom'

const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true })

const copied = [
  'document',
  'Node',
  'Element',
  'HTMLElement',
  'HTMLInputElement',
  'HTMLTextAreaElement',
  'HTMLAnchorElement',
  'HTMLTableElement',
  'HTMLDialogElement',
  'Text',
  'Document',
  'DocumentFragment',
  'NodeFilter',
  'MutationObserver',
  'DOMParser',
  'XMLSerializer',
  'Range',
  'Selection',
  'Event',
  'InputEvent',
  'KeyboardEvent',
  'MouseEvent',
  'DOMRect',
  'getSelection',
  'getComputedStyle',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'navigator',
  'location',
  'localStorage',
] as const

const scope = globalThis as Record<string, unknown>
const from = window as unknown as Record<string, unknown>

function define(name: string, value: unknown): void {
  Object.defineProperty(scope, name, { value, configurable: true, writable: true })
}

define('window', window)
define('innerHeight', 800)
define('innerWidth', 1200)
for (const name of copied) {
  try {
    const value = from[name]
    const isMethod = typeof value === 'function' && /^[a-z]/.test(name)
    define(name, isMethod ? (value as () => unknown).bind(window) : value)
  } catch {
    // Nothing is stored by an opaque origin.
  }
}

let now = 1_700_000_000_000
Date.now = () => now

/** Time passes. */
export function pass(millis: number): void {
  now += millis
}

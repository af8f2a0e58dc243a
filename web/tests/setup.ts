import { loadScreens } from '../src/i18n/i18n.svelte'

// Components are tested without the screen that fetches their texts.
await loadScreens('de')

// jsdom has no modal dialogs; the two methods below are enough for the components under test.
if (typeof HTMLDialogElement !== 'undefined' && !HTMLDialogElement.prototype.showModal) {
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false
    this.dispatchEvent(new Event('close'))
  }
}

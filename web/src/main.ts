/** Starts the application in the document of index.html. */
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/hues.css'
import './styles/base.css'
import './styles/parts.css'

import { mount } from 'svelte'

import { initialLanguage, loadShell, storedLanguage } from './i18n/i18n.svelte'
import App from './routes/App.svelte'
import { earlyKeys } from './state/first-response'
import { keptKeys } from './state/kept-keys'

earlyKeys.listen(document.body)
keptKeys.listen(document)

const target = document.getElementById('app')
if (target === null) throw new Error('index.html has no element with the id "app"')
// Without a connection the texts are German, which is better than none.
void loadShell(initialLanguage(storedLanguage(), navigator.languages))
  .catch(() => undefined)
  .then(() => mount(App, { target }))

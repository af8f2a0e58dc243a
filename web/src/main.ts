/** Starts the application in the document of index.html. */
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'

import { mount } from 'svelte'

import App from './routes/App.svelte'
import { earlyKeys } from './state/first-response'

earlyKeys.listen(document)

const target = document.getElementById('app')
if (target === null) throw new Error('index.html has no element with the id "app"')
mount(App, { target })

/** What every component below the root can ask for. Set once, in routes/App.svelte. */
import { createContext } from 'svelte'

import type { Api } from '../api/client'
import type { AppearanceChoice } from './appearance.svelte'
import type { Router } from './router.svelte'
import type { Session } from './session.svelte'

export const [getApi, setApi] = createContext<Api>()
export const [getAppearance, setAppearance] = createContext<AppearanceChoice>()
export const [getRouter, setRouter] = createContext<Router>()
export const [getSession, setSession] = createContext<Session>()

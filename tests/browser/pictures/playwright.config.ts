import { defineConfig } from '@playwright/test'

import tests from '../playwright.config.js'

/** Pictures to look at: by hand, not with the tests. */
export default defineConfig({
  ...tests,
  globalSetup: '../demonstration.ts',
  testDir: '.',
  testMatch: 'pictures.ts',
  timeout: 600_000,
})

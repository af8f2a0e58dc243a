import { defineConfig } from '@playwright/test'

import tests from '../playwright.config.js'

/** Pictures to look at: by hand, not with the tests. */
export default defineConfig({
  ...tests,
  globalSetup: '../demonstration.ts',
  testDir: '.',
  outputDir: '../../../test-results/failures',
  testMatch: 'pictures.ts',
  timeout: 600_000,
})

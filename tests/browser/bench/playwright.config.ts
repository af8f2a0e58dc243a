import { defineConfig } from '@playwright/test'

import tests from '../playwright.config.js'

/** Measurements: by hand, one at a time, on a machine that does nothing else. */
export default defineConfig({
  ...tests,
  globalSetup: '../demonstration.ts',
  testDir: '.',
  testMatch: '*.ts',
  testIgnore: 'playwright.config.ts',
  workers: 1,
})

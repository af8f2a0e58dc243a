import { defineConfig } from '@playwright/test'

/**
 * Parts of the browser around the page. The web pages behind its address bar are loaded anew for each
 * window and take longer than ours; naming any part replaces the list that Playwright gives, of which
 * the others here matter without a network.
 */
const WITHOUT = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'AimEnabled',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
]

/**
 * Each file starts servers of its own on free loopback ports, so files can run side by side; two
 * workers are what a machine with two cores bears.
 */
export default defineConfig({
  globalSetup: './demonstration.ts',
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  workers: 2,
  // What a test proves does not depend on the time it takes; a busy machine takes its time.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    // A trace of every test would cost more than the tests; `--trace retain-on-failure` asks for it.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--disable-features=${WITHOUT.join(',')}`,
      ],
    },
  },
})

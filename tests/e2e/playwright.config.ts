import { defineConfig } from '@playwright/test'
import { browserFlags, findBrowser } from '../setup/browser.ts'
import { workers } from '../setup/workers.ts'
import { isShort } from '../thorough.ts'

const executablePath = findBrowser()
const patience = 120_000

export default defineConfig({
  testDir: '.',
  // CONTRIBUTING says which tests are marked so.
  grepInvert: isShort ? /@full\b/ : [],
  projects: [
    { name: 'browser', testMatch: '*.test.ts', teardown: 'log' },
    { name: 'log', testMatch: 'log-canary.last.ts' },
  ],
  globalSetup: './global-setup.ts',
  outputDir: '../../test-results',
  workers,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // They only end what hangs: how long a test takes depends on what else the machine does.
  timeout: 600_000,
  expect: { timeout: patience, toPass: { timeout: patience } },
  reporter: [['list']],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    // A drawn frame costs a browser without a graphics card more than what the page does.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: patience,
    navigationTimeout: patience,
    launchOptions: { args: browserFlags, ...(executablePath && { executablePath }) },
  },
})

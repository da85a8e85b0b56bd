import { defineConfig } from '@playwright/test'
import { browserFlags, findBrowser } from '../setup/browser.ts'

const executablePath = findBrowser()

export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'browser', testMatch: '*.test.ts', teardown: 'log' },
    { name: 'log', testMatch: 'log-canary.last.ts' },
  ],
  globalSetup: './global-setup.ts',
  outputDir: '../../test-results',
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 40_000,
  expect: { timeout: 8_000 },
  reporter: [['list']],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    // A drawn frame costs a browser without a graphics card more than what the page does.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 8_000,
    navigationTimeout: 15_000,
    launchOptions: { args: browserFlags, ...(executablePath && { executablePath }) },
  },
})

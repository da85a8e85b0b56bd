import { defineConfig } from '@playwright/test'
import config from '../e2e/playwright.config.ts'

const { use = {} } = config
export default defineConfig({
  testDir: '.',
  testMatch: 'goes-on.browser.ts',
  outputDir: '../../test-results',
  timeout: 0,
  use,
})

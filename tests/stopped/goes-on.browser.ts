import { writeFileSync } from 'node:fs'
import { test } from '@playwright/test'
import { startServer } from '../setup/server.ts'

test('opens a page of a server, and does not end', async ({ page }) => {
  const { url } = await startServer()
  await page.goto(url)
  writeFileSync(process.env.HOMEROOM_STARTED ?? '', 'yes')
  await new Promise(() => undefined)
})

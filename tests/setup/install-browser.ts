import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findBrowser } from './browser.ts'

const run = (program: string, ...args: string[]) => spawnSync(program, args, { stdio: 'inherit' }).status === 0

/** By preference: not every release has the first. */
const debian = ['chromium-headless-shell', 'chromium']

/** Finds a browser for the tests, or installs one and says so; ends the process with what to type when it can't. */
export function ensureBrowser(): string {
  const found = findBrowser()
  if (found) return found
  const isDebian = existsSync('/etc/debian_version') && process.getuid?.() === 0
  console.log(
    `No Chromium or Chrome found: installing ${isDebian ? 'Chromium with apt-get' : "Playwright's own Chromium"}`,
  )
  const installed = isDebian
    ? run('apt-get', 'update') && debian.some((name) => run('apt-get', 'install', '-y', name))
    : run('npx', 'playwright', 'install', 'chromium')
  const browser = installed ? findBrowser() : undefined
  if (browser) return browser
  console.error('No browser could be installed. Install Chromium or Chrome, or name one in CHROMIUM_PATH')
  process.exit(1)
}

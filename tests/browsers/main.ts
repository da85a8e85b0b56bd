/**
 * `npm run test:firefox`, `npm run test:webkit`: the main journeys in these browsers, on the built app. `-- --pictures <folder>`
 * keeps what was seen after each.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { seed } from '../e2e/global-setup.ts'
import { startServer, temporaryFolder } from '../setup/server.ts'
import type { Driver } from './driver.ts'
import { openFirefox, openWebKit } from './driver.ts'
import { makeJourneys } from './journeys.ts'
import { PageOf } from './page.ts'

interface Browser {
  programs: string[]
  install: string
  open(program: string, folder: string): Promise<Driver>
}
const browsers: Record<string, Browser> = {
  firefox: {
    programs: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
    install: 'apt-get install -y firefox-esr',
    open: openFirefox,
  },
  webkit: {
    programs: ['/usr/bin/WebKitWebDriver'],
    install: 'apt-get install -y webkit2gtk-driver xvfb, and begin the command with xvfb-run',
    open: openWebKit,
  },
}

const { positionals, values } = parseArgs({ options: { pictures: { type: 'string' } }, allowPositionals: true })
const browser = browsers[positionals[0] ?? '']
if (!browser) throw new Error(`Say which browser: ${Object.keys(browsers).join(' or ')}`)
const program = browser.programs.find((path) => existsSync(path))
if (!program) {
  console.error(`The browser is not here: ${browser.install}`)
  process.exit(1)
}

const root = join(import.meta.dirname, '../..')
execFileSync(process.execPath, ['server/cli/bin.mjs', '--help'], { cwd: root, stdio: 'pipe' })
const folder = temporaryFolder()
const url = `file:${join(folder.path, 'homeroom.db')}`
seed(url)
const server = await startServer({ DATABASE_URL: url, DRAIN_DELAY_MS: '0', LOG_LEVEL: 'warn' }, [
  process.execPath,
  join(root, 'dist/server/homeroom.js'),
  'start',
])
const profile = join(folder.path, 'profile')
mkdirSync(profile)
const driver = await browser.open(program, profile)
console.log(driver.version)
const page = new PageOf(driver)
async function keep(name: string): Promise<void> {
  if (!values.pictures) return
  mkdirSync(values.pictures, { recursive: true })
  writeFileSync(join(values.pictures, `${name.replaceAll(/\W+/g, '-')}.png`), await page.picture())
}
process.exitCode = (await makeJourneys(page, server.url, keep)) ? 1 : 0
await server.stop()
folder.done()
process.exit()

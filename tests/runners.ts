/** The two test runners as steps, in memory where there is room, and what their reports say. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { memoryFolder } from './setup/memory-folder.ts'
import type { Step } from './steps.ts'
import { program } from './steps.ts'

const folder = mkdtempSync(join(tmpdir(), 'homeroom-check-'))
// PostgreSQL runs as nobody when we are root, and must get through.
chmodSync(folder, 0o755)
const memory = memoryFolder()
/** Where the tests make their databases, so that nothing is left of them; what is to prove itself on a disk does not get it. */
const inMemory = { TMPDIR: memory ?? folder }

/** The file of the report of that name. It goes with us, but where `HOMEROOM_REPORTS` names a folder for it. */
export const report = (name: string, end = '.json'): string =>
  resolve(process.env.HOMEROOM_REPORTS ?? folder, `${name}${end}`)
const readReport = (name: string) => JSON.parse(readFileSync(report(name), 'utf8'))

/**
 * Most of what tests run runs a few times: making it fast, on threads beside them, cost a fifth of their processor time. Node 20 alone
 * knows the first flag, and needs it: later ones count calls, and begin after hundreds.
 */
const compiledLate = [
  ...(process.versions.node.startsWith('20.') ? ['--interrupt-budget=1000000'] : []),
  '--v8-pool-size=1',
]

/** `file` names its report. */
export const vitest = (name: string, file: string, ...more: string[]): Step => ({
  name,
  command: [
    process.execPath,
    ...compiledLate,
    program('vitest'),
    'run',
    '--config',
    'tests/vitest.config.ts',
    ...more,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report(file)}`,
  ],
  count() {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = readReport(file)
    return { passed: numPassedTests, failed: numFailedTests || numFailedTestSuites }
  },
})

/** The build is there already, and `vitest` in memory. */
export const serverTests = (name: string, file: string, ...more: string[]): Step => ({
  ...vitest(name, file, ...more),
  env: () => ({ HOMEROOM_TESTS_BUILT: 'yes', ...inMemory }),
})

export const browserTests = (name: string, file: string, ...more: string[]): Step => ({
  name,
  command: [
    program('playwright'),
    'test',
    '--config',
    'tests/e2e/playwright.config.ts',
    '--reporter=list,json',
    ...more,
  ],
  env: () => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: report(file), ...inMemory }),
  count() {
    const { stats } = readReport(file)
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped }
  },
})

export const build: Step = { name: 'build', command: ['npm', 'run', '--silent', 'build'] }

/** Takes the reports and the memory back. What was stopped may still be writing its last there. */
export function removeFolders(): void {
  for (const one of [folder, memory])
    if (one) rmSync(one, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

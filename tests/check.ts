/**
 * Everything CI runs, as one list. `npm test` runs the tests of it, `npm run check` all of it, `npm run check:full` the
 * long proofs too. The last line is the sum: `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowser } from './setup/install-browser.ts'
import { memoryFolder } from './setup/memory-folder.ts'

interface Outcome {
  passed: number
  failed: number
}
interface Step {
  name: string
  command: string[]
  env?: Record<string, string>
  /** Reads the counts of a test runner's report; a step without one counts as a single test. */
  count?: () => Outcome
}

const reports = mkdtempSync(join(tmpdir(), 'homeroom-check-'))
/** Where the tests make their databases; what is to prove itself on a real disk does not get it. */
const memory = memoryFolder()
const inMemory: Record<string, string> = memory ? { TMPDIR: memory } : {}
const report = (name: string) => join(reports, `${name}.json`)
const readReport = (name: string) => JSON.parse(readFileSync(report(name), 'utf8'))

const vitestCount = (name: string) => (): Outcome => {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = readReport(name)
  return { passed: numPassedTests, failed: numFailedTests || numFailedTestSuites }
}
const vitest = (name: string, ...more: string[]): Step['command'] => [
  'npx',
  'vitest',
  'run',
  '--config',
  'tests/vitest.config.ts',
  ...more,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report(name)}`,
]
const playwrightCount = (): Outcome => {
  const { stats } = readReport('browser')
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped }
}

const still: Step[] = [
  { name: 'format and lint', command: ['npx', 'biome', 'check', '.'] },
  { name: 'types', command: ['npx', 'tsc'] },
  { name: 'migrations in step', command: ['npx', 'tsx', 'tests/in-step.ts'] },
]
/** Which lines they reach is counted where there is time: it costs a fifth more. */
const testsWith = (...more: string[]): Step[] => [
  { name: 'build', command: ['npm', 'run', '--silent', 'build'] },
  {
    name: 'unit and server tests, on SQLite and on PostgreSQL',
    command: vitest('vitest', ...more),
    env: { HOMEROOM_TESTS_BUILT: 'yes', ...inMemory },
    count: vitestCount('vitest'),
  },
  {
    name: 'browser tests',
    command: ['npx', 'playwright', 'test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('browser'), ...inMemory },
    count: playwrightCount,
  },
]
const sizes: Step = { name: 'size budgets', command: ['npx', 'tsx', 'tests/sizes.ts'] }
const long: Step[] = [
  {
    name: 'long proofs',
    command: vitest('full', '--project=sqlite', '--project=postgresql', '--testTimeout=600000'),
    env: { HOMEROOM_TESTS: 'full' },
    count: vitestCount('full'),
  },
  { name: 'through PgBouncer', command: ['npm', 'run', '--silent', 'test:pgbouncer'] },
]
/** Its lines are the finished proofs, each with its rows. */
const proofCount = (name: string) => (): Outcome => {
  const lines = readFileSync(report(name), 'utf8').split('\n').filter(Boolean)
  const held = lines.filter((line) => (JSON.parse(line).rows as { ok: boolean }[]).every(({ ok }) => ok)).length
  return { passed: held, failed: lines.length - held }
}
const reliability = (name: string, ...more: string[]): Step => ({
  name,
  command: ['npm', 'run', '--silent', 'test:reliability', '--', '--resume', report('reliability'), ...more],
  count: proofCount('reliability'),
})
const plans: Record<string, Step[]> = {
  test: testsWith(),
  check: [...still, ...testsWith(), sizes, reliability('reliability, the quick proofs', '--quick')],
  full: [...still, ...testsWith('--coverage'), sizes, ...long, reliability('reliability')],
}

function run({ name, command, env, count }: Step): Outcome {
  const [program = '', ...args] = command
  console.log(`\n── ${name}`)
  const started = performance.now()
  const { status } = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  const ok = status === 0
  const file = count && existsSync(reports)
  const outcome = file ? countOr(count, ok) : { passed: Number(ok), failed: Number(!ok) }
  // A runner that fails without a failed test (a crash, an unhandled error) has failed all the same.
  if (!ok && outcome.failed === 0) outcome.failed = 1
  console.log(`── ${name}: ${ok ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  return outcome
}

function countOr(count: () => Outcome, ok: boolean): Outcome {
  try {
    return count()
  } catch {
    return { passed: 0, failed: Number(!ok) }
  }
}

const plan = plans[process.argv[2] ?? ''] ?? []
console.log(`Browser for the tests: ${ensureBrowser()}`)
const outcomes = plan.map((step) => ({ name: step.name, ...run(step) }))
for (const folder of [reports, memory]) if (folder) rmSync(folder, { recursive: true, force: true })

const sum = (key: keyof Outcome) => outcomes.reduce((total, outcome) => total + outcome[key], 0)
const failed = outcomes.filter((outcome) => outcome.failed)
if (failed.length) console.log(`\nFailed: ${failed.map(({ name }) => name).join('; ')}`)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = failed.length || !plan.length ? 1 : 0

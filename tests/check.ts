/**
 * Everything CI runs, as one list. `npm test` runs the tests of it, `npm run check` all of it, `npm run check:full` the
 * long proofs too, or the one part that is named: `-- tests`, `-- proofs`, `-- reliability`. The last line is the sum: `N passed, N failed`.
 */
import { readFileSync } from 'node:fs'
import { datesInFull, stepsOfCheck } from './moment-steps.ts'
import { sweep } from './moments.ts'
import { browserTests, build, removeFolders, report, serverTests, vitest } from './runners.ts'
import { ensureBrowser } from './setup/install-browser.ts'
import type { Lanes, Outcome, Step } from './steps.ts'
import { program, runSteps } from './steps.ts'

const still: Step[] = [
  { name: 'format and lint', command: [program('biome'), 'check', '.'] },
  { name: 'types', command: [program('tsc')] },
  { name: 'migrations in step', command: [program('tsx'), 'tests/in-step.ts'] },
]
const serverTestsWith = (...more: string[]) =>
  serverTests('unit and server tests, on SQLite and on PostgreSQL', 'vitest', ...more)
const browser = browserTests('browser tests', 'browser')
const sizes: Step = { name: 'size budgets', command: [program('tsx'), 'tests/sizes.ts'] }
const long: Step[] = [
  {
    ...vitest('long proofs', 'full', '--project=sqlite', '--project=postgresql'),
    env: () => ({ HOMEROOM_TESTS: 'full' }),
  },
  { name: 'spoiled bundles on SQLite', command: ['npm', 'run', '--silent', 'test:mutants', '--', '--runs', '5000'] },
  {
    name: 'spoiled bundles on PostgreSQL',
    command: ['npm', 'run', '--silent', 'test:mutants', '--', '--runs', '200', '--seed', '15', '--postgresql'],
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
const quick = () => reliability('reliability, the quick proofs', '--quick')
const whole = () => reliability('reliability')
/** Which lines they reach is counted where there is time: it costs a fifth more. */
const tests = (): Step[] => [...still, build, serverTestsWith('--coverage'), browser, ...datesInFull(), sizes]

/** Both lanes take about as long. The quick proofs, of servers that shall not wait for others, come when least runs beside them. */
function check(): (Step | Lanes)[] {
  const { server, dates, browser } = stepsOfCheck()
  return [build, { lane: server, beside: [...still, sizes, ...browser, ...dates, quick()] }]
}
const plans: Record<string, () => (Step | Lanes)[]> = {
  test: () => [build, { lane: [serverTestsWith()], beside: [browser] }],
  check,
  full: () => [...tests(), ...long, whole()],
  'full tests': tests,
  'full proofs': () => [build, ...long],
  'full reliability': () => [build, whole()],
}

const [, , size, ...parts] = process.argv
const isFull = size === 'full'
process.env.HOMEROOM_TESTS_SIZE = isFull ? 'full' : 'short'
console.log(`Browser for the tests: ${ensureBrowser()}`)
if (!isFull)
  console.log(
    'Left to npm run check:full: browser tests marked @full, axe beside accessibility.test.ts, PostgreSQL for what no database decides, more cases, long proofs',
  )
process.exitCode = await runSteps(plans[[size, ...parts].join(' ')]?.() ?? [])
removeFolders()
sweep()

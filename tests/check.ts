/**
 * Everything CI runs, as one list. `npm test` runs the tests of it, `npm run check` all of it, `npm run check:full` the
 * long proofs too, or the one part that is named: `-- tests`, `-- proofs`, `-- reliability`. `npm run check -- sqlite 1/2` runs a
 * part of the check, or a share of it: parts.ts. The last line is the sum: `N passed, N failed`.
 */
import { datesInFull, stepsOfCheck } from './moment-steps.ts'
import { sweep } from './moments.ts'
import { needsBrowser, partOfCheck, quick, sizes, still, whole } from './parts.ts'
import { browserTests, build, removeFolders, serverTests, vitest } from './runners.ts'
import { ensureBrowser } from './setup/install-browser.ts'
import type { Lanes, Step } from './steps.ts'
import { runSteps } from './steps.ts'

const serverTestsWith = (...more: string[]) =>
  serverTests('unit and server tests, on SQLite and on PostgreSQL', 'vitest', ...more)
const browser = browserTests('browser tests', 'browser')
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
const shipping: Step = { name: 'releases shipped and taken back', command: ['npm', 'run', '--silent', 'test:rollout'] }
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
  full: () => [...tests(), ...long, whole(), shipping],
  'full tests': tests,
  'full proofs': () => [build, ...long],
  'full reliability': () => [build, whole(), shipping],
}

const [, , size, ...parts] = process.argv
const isFull = size === 'full'
process.env.HOMEROOM_TESTS_SIZE = isFull ? 'full' : 'short'
const isPart = size === 'check' && parts.length > 0
if (!isPart || needsBrowser(parts[0])) console.log(`Browser for the tests: ${ensureBrowser()}`)
if (!isFull)
  console.log(
    'Left to npm run check:full: browser tests marked @full, axe beside accessibility.test.ts, PostgreSQL for what no database decides, more cases, long proofs',
  )
const steps = isPart ? partOfCheck(parts[0] as string, parts[1]) : plans[[size, ...parts].join(' ')]?.()
process.exitCode = await runSteps(steps ?? [])
removeFolders()
sweep()

/** What the check is made of, and the parts of it that several machines of CI take at once: `npm run check -- sqlite 1/2`. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { datesInFull } from './moment-steps.ts'
import { howToInstall, libfaketime } from './moments.ts'
import { browserTests, build, report, serverTests } from './runners.ts'
import type { Outcome, Step } from './steps.ts'
import { program } from './steps.ts'

export const still: Step[] = [
  { name: 'format and lint', command: [program('biome'), 'check', '.'] },
  { name: 'types', command: [program('tsc')] },
  { name: 'migrations in step', command: [program('tsx'), 'tests/in-step.ts'] },
]
export const sizes: Step = { name: 'size budgets', command: [program('tsx'), 'tests/sizes.ts'] }

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
export const quick = (): Step => reliability('reliability, the quick proofs', '--quick')
export const whole = (): Step => reliability('reliability')

/** The report's name tells the suite, its share and the Node: `sqlite.1-2.node24`. */
const reportName = (suite: string, share?: string) =>
  [suite, share?.replace('/', '-'), `node${process.versions.node.split('.')[0]}`].filter(Boolean).join('.')

const shareOf = (share?: string) => (share ? [`--shard=${share}`] : [])

/** Which lines the tests reach costs a fifth more time, and machines of CI have it. */
function serverPart(project: string, share?: string): Step {
  const name = reportName(project, share)
  const coverage = ['--coverage', '--coverage.reporter=lcovonly', `--coverage.reportsDirectory=${report(name, '')}`]
  return serverTests(`${project} tests`, name, `--project=${project}`, ...shareOf(share), ...coverage)
}

/** The reports name their moments, and are not among those that are told by suite. */
function dates(): Step[] {
  if (!libfaketime) console.log(`NOT RUN: the tests at other dates. They need libfaketime: ${howToInstall}`)
  return datesInFull()
}

const parts: Record<string, (share?: string) => Step[]> = {
  still: () => still,
  unit: (share) => [build, serverPart('unit', share)],
  sqlite: (share) => [build, serverPart('sqlite', share)],
  postgresql: (share) => [build, serverPart('postgresql', share)],
  browser: (share) => [build, browserTests('browser tests', reportName('browser', share), ...shareOf(share))],
  dates: () => [build, ...dates()],
  proofs: () => [build, quick()],
  sizes: () => [build, sizes],
}

export const needsBrowser = (part?: string): boolean => part === 'browser' || part === 'dates'

/** Without `HOMEROOM_REPORTS` its reports stay in `reports/<commit>`, where `npm run report` looks for them. */
export function partOfCheck(name: string, share?: string): Step[] {
  const part = parts[name]
  if (!part || (share !== undefined && !/^[1-9]\d?\/[1-9]\d?$/.test(share))) {
    console.error(`A part is one of ${Object.keys(parts).join(', ')}; a share of it is written 1/2`)
    return []
  }
  const commit = () => execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()
  process.env.HOMEROOM_REPORTS ??= join('reports', commit())
  mkdirSync(process.env.HOMEROOM_REPORTS, { recursive: true })
  return part(share)
}

/** The one comment of a pull request, from the reports of its commit and of the one it parted from. */
import { bundleText, imageText, sizesOf } from './bundle.ts'
import { contractText, flagText } from './changes.ts'
import type { OfChange, Reached } from './coverage.ts'
import { changedLines, filesThatLost, ofChange, percent, ranges, totalOf } from './coverage.ts'
import type { Reports } from './folder.ts'
import { diffOf } from './git.ts'
import type { Section } from './markdown.ts'
import { code, fitted, list, notMeasured, table } from './markdown.ts'
import { planText } from './plan.ts'
import type { Suite } from './results.ts'

/** The comment that begins with it is ours, and is written anew. */
export const marker = '<!-- homeroom: what the check says -->'

export interface Compared {
  base: string
  head: string
  before: Reports
  after: Reports
}

const missing = ({ shares: { there, of } }: Suite) => there < of
const sum = (suites: readonly Suite[], key: 'passed' | 'failed' | 'skipped') =>
  suites.reduce((total, suite) => total + suite[key], 0)

export function testsText(suites: readonly Suite[]): string {
  if (!suites.length) return notMeasured
  const rows = suites.map((suite) => [
    `${suite.name}${missing(suite) ? `, ${suite.shares.there} of ${suite.shares.of} parts reported` : ''}`,
    suite.node,
    ...[suite.passed, suite.failed, suite.skipped].map(String),
  ])
  const failures = suites.flatMap(({ name, node, failures }) =>
    failures.map((failure) => `${name}, Node ${node}: ${code(failure, 240)}`),
  )
  return [
    table(['suite', 'Node', 'passed', 'failed', 'skipped'], rows),
    ...(failures.length ? [list(failures)] : []),
  ].join('\n\n')
}

const ofChangeLine = ({ all, reached, missed }: OfChange) =>
  all
    ? `Changed lines: ${percent({ all, reached })} (${reached} of ${all})${
        missed.length
          ? `\n\nChanged, and reached by no test:\n\n${list(
              missed.map(({ file, lines }) => `${code(file)}: ${ranges(lines).slice(0, 200)}`),
            )}`
          : ''
      }`
    : 'Changed lines: none that hold a statement'

/** Only what both commits measured alike is compared: a share that is missing takes lines with it. */
export function coverageText(
  before: Reached,
  after: Reached,
  changed: Map<string, Set<number>>,
  isWhole = true,
): string {
  if (!after.size) return notMeasured
  const total = `Total: ${percent(totalOf(after))} of the lines of \`server/\` and \`db/\`, `
  if (!before.size || !isWhole) {
    const why = isWhole ? 'base not measured' : 'not compared, since some parts did not report'
    return `${total}${why}\n\n${ofChangeLine(ofChange(after, changed))}`
  }
  const lost = filesThatLost(before, after).map(
    ({ file, before, after }) => `${code(file)}: ${percent(before)} → ${percent(after)}`,
  )
  const parts = [`${total}base ${percent(totalOf(before))}`, ofChangeLine(ofChange(after, changed))]
  return [...parts, ...(lost.length ? [`Files that lost:\n\n${list(lost, 10)}`] : [])].join('\n\n')
}

const areWhole = (...all: (readonly Suite[])[]) => all.flat().every((suite) => !missing(suite))

/** One section that fails to be read leaves the others whole. */
async function section(title: string, read: () => Promise<string> | string | undefined): Promise<Section> {
  try {
    return { title, text: (await read()) ?? notMeasured }
  } catch (error) {
    return { title, text: `${notMeasured} ${code((error as Error).message.split('\n')[0] ?? '')}` }
  }
}

function headline({ suites }: Reports): string {
  if (!suites.length) return 'No test reported.'
  const [passed, failed] = [sum(suites, 'passed'), sum(suites, 'failed')]
  const parts = suites.some(missing) ? ' Some parts did not report.' : ''
  return `**${passed} passed, ${failed} failed.**${parts}`
}

export async function commentOf({ base, head, before, after }: Compared): Promise<string> {
  const changed = () => changedLines(diffOf(base, head, 'server', 'db'))
  const sizes = sizesOf(after.sizes)
  const sections = await Promise.all([
    section('Tests', () => testsText(after.suites)),
    section('Coverage', () =>
      coverageText(before.reached, after.reached, changed(), areWhole(before.suites, after.suites)),
    ),
    section('Migrations', () => planText(base, head)),
    section('What apps and open pages are promised', () => contractText(base, head)),
    section('Flags', () => flagText(base, head)),
    section('Bundle', () => sizes && bundleText(sizes, sizesOf(before.sizes))),
    section('Image', () => imageText(after.image, before.image)),
  ])
  const commits = `\`${head.slice(0, 9)}\` against \`${base.slice(0, 9)}\``
  return `${fitted(`${marker}\n${headline(after)} ${commits}`, sections)}\n`
}

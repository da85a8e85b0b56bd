/** What the reports of test runners say: how many passed in each suite, on which Node, and which failed. */
import { isAbsolute, relative, sep } from 'node:path'
import { z } from 'zod'

export interface Suite {
  name: string
  node: string
  passed: number
  failed: number
  skipped: number
  failures: string[]
  /** The shares that reported, of how many. */
  shares: { there: number; of: number }
}

const count = z.int().min(0).max(1_000_000)
const vitest = z.object({
  numPassedTests: count,
  numFailedTests: count,
  numPendingTests: count,
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
})

interface PlaywrightSuite {
  file: string
  specs: { title: string; ok: boolean }[]
  suites?: PlaywrightSuite[] | undefined
}
const playwrightSuite: z.ZodType<PlaywrightSuite> = z.object({
  file: z.string(),
  specs: z.array(z.object({ title: z.string(), ok: z.boolean() })),
  suites: z.lazy(() => z.array(playwrightSuite)).optional(),
})
const playwright = z.object({
  stats: z.object({ expected: count, unexpected: count, flaky: count, skipped: count }),
  suites: z.array(playwrightSuite),
})

type Counts = Pick<Suite, 'passed' | 'failed' | 'skipped' | 'failures'>

const shortened = (file: string) => {
  const tests = file.lastIndexOf('/tests/')
  return tests >= 0
    ? file.slice(tests + 1)
    : isAbsolute(file)
      ? relative(process.cwd(), file).split(sep).join('/')
      : file
}

/** A file that can't be loaded has no test that failed. */
function ofVitest(report: z.infer<typeof vitest>): Counts {
  const failures = report.testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'failed' && !failed.length) return [shortened(name)]
    return failed.map(({ fullName }) => `${shortened(name)}: ${fullName}`)
  })
  const { numPassedTests: passed, numPendingTests: skipped } = report
  return { passed, skipped, failed: Math.max(report.numFailedTests, failures.length), failures }
}

const specsOf = (suite: PlaywrightSuite): { title: string; ok: boolean; file: string }[] => [
  ...suite.specs.map((spec) => ({ ...spec, file: suite.file })),
  ...(suite.suites ?? []).flatMap(specsOf),
]

/** A test that passed at the second try has failed: none is repeated here. */
function ofPlaywright({ stats, suites }: z.infer<typeof playwright>): Counts {
  const failures = suites.flatMap(specsOf).filter(({ ok }) => !ok)
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failures: failures.map(({ file, title }) => `tests/e2e/${file}: ${title}`),
  }
}

/** `sqlite.1-2.node24.json`, `browser.node24.json`. */
const fileName = /^([a-z][a-z-]{0,30})(?:\.([1-9]\d?)-([1-9]\d?))?\.node(\d{2})\.json$/

function countsOf(json: unknown): Counts | undefined {
  const ours = vitest.safeParse(json)
  if (ours.success) return ofVitest(ours.data)
  const browser = playwright.safeParse(json)
  return browser.success ? ofPlaywright(browser.data) : undefined
}

/** By suite and Node; what is no such report is left out. */
export function suitesOf(files: readonly { name: string; json: unknown }[]): Suite[] {
  const suites = new Map<string, Suite>()
  for (const { name, json } of files) {
    const [, suite = '', , of = '1', node = ''] = fileName.exec(name) ?? []
    const counts = suite && countsOf(json)
    if (!counts) continue
    const known = suites.get(`${suite} ${node}`)
    suites.set(`${suite} ${node}`, {
      name: suite,
      node,
      passed: (known?.passed ?? 0) + counts.passed,
      failed: (known?.failed ?? 0) + counts.failed,
      skipped: (known?.skipped ?? 0) + counts.skipped,
      failures: [...(known?.failures ?? []), ...counts.failures],
      shares: { there: (known?.shares.there ?? 0) + 1, of: Number(of) },
    })
  }
  return [...suites.values()].toSorted((a, b) => a.name.localeCompare(b.name) || a.node.localeCompare(b.node))
}

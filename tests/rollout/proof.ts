/** Everything that is shipped on one database, under one load. */
import type { Ledger, Report } from '../reliability/load.ts'
import { compare, schoolDay, startLoad } from '../reliability/load.ts'
import type { Row } from '../reliability/proof.ts'
import type { SiteOptions } from '../reliability/site.ts'
import type { Grounds, Shipped } from './grounds.ts'
import { makeGrounds } from './grounds.ts'
import { resumed, wentBack } from './interrupted.ts'
import { Visitors } from './pages-between.ts'
import { copied, otherFiles, withStep } from './releases.ts'
import type { During } from './shipping.ts'
import { during, failedPart, failuresIn, lastLine, rowOf } from './shipping.ts'
import { takenBack } from './taken-back.ts'

const row = rowOf('whole')

async function whole(
  grounds: Grounds,
  release: string,
  ship: (work: () => Promise<Shipped>) => Promise<During>,
): Promise<Row[]> {
  const visitors = new Visitors(grounds.url)
  const visiting = visitors.run()
  const seen = await ship(() => grounds.rollout(['start', '--release', release]))
  visitors.end()
  const { pages, files, missing, fresh } = await visiting
  return [
    row(
      'a release with a step and other files, by request and without retries',
      `${lastLine(seen.shipped)}; ${failedPart(seen)}`,
      'exit 0, 0 failed',
      seen.shipped.code === 0 &&
        seen.failed === 0 &&
        seen.shipped.lines.some((line) => /^Migration: applied/.test(line)),
    ),
    row(
      'the same, pages of both versions and their files, each asked for once',
      `${missing.length} of ${files} files missing ${missing.slice(0, 3).join(', ')}; ${fresh} of ${pages} pages new`.trim(),
      '0 missing, some new',
      missing.length === 0 && fresh > 0 && fresh < pages,
    ),
  ]
}

function rowsAtTheEnd(report: Report, ledger: Ledger, allowed: number): Row[] {
  const { missed, doubled, returns, reconnects, listeners } = report.listening
  const last = rowOf('all of it')
  return [
    last(
      `${report.total} requests in ${Math.round(report.seconds)} s`,
      `${failuresIn(report)}; ${ledger.lost} lost, ${ledger.doubled} doubled, ${ledger.torn} torn of ${report.acknowledged} writes; journal ${ledger.intact ? 'intact' : 'broken'}`,
      `none but the ${allowed} that the planted release failed; 0, 0, 0, intact`,
      report.failed === allowed && ledger.lost + ledger.doubled + ledger.torn === 0 && ledger.intact,
    ),
    last(
      `${listeners} streams of live changes`,
      `${reconnects} came back; ${missed} gaps, ${doubled} doubled, ${returns} ends`,
      'each came back; 0 gaps, 0 doubled, 0 ends',
      reconnects >= listeners && missed + doubled + returns === 0,
    ),
  ]
}

export async function proveOn(database: SiteOptions['database'], isShort: boolean): Promise<Row[]> {
  const grounds = await makeGrounds(database)
  try {
    const releases = [copied(), withStep(otherFiles(copied(), 'zz'), 'ALTER TABLE "rooms" ADD COLUMN "planted" text;')]
    const [first = '', second = ''] = releases
    const begun = await grounds.rollout(['start', '--release', first])
    const rows = [row('the first release', lastLine(begun), 'exit 0', begun.code === 0)]
    const load = await startLoad({ ...grounds.site, url: grounds.url, ...schoolDay })
    rows.push(...(await takenBack(grounds, load)))
    const planted = load.progress().failed
    rows.push(...(await whole(grounds, second, (work) => during(load, work))))
    if (!isShort) {
      rows.push(...(await resumed(grounds, load, releases)))
      rows.push(...(await wentBack(grounds, load, releases)))
    }
    const report = await load.stop()
    rows.push(...rowsAtTheEnd(report, await compare(grounds.site, report), planted))
    return rows.map((one) => ({ ...one, test: `${one.test}, ${database}` }))
  } finally {
    await grounds.done()
  }
}

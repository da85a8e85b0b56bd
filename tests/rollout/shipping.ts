/** What becomes of people's requests while something is shipped, as rows of the table. */
import type { Load, Report } from '../reliability/load.ts'
import { failuresOf } from '../reliability/load.ts'
import type { Row } from '../reliability/proof.ts'
import type { Grounds, Shipped } from './grounds.ts'

export interface During {
  shipped: Shipped
  total: number
  failed: number
}

/** Requests that were answered while `work` ran. */
export async function during(load: Load, work: () => Promise<Shipped>): Promise<During> {
  const before = load.progress()
  const shipped = await work()
  await load.until(({ total }) => total > before.total + 50)
  const { total, failed } = load.progress()
  return { shipped, total: total - before.total, failed: failed - before.failed }
}

export const rowOf =
  (test: string) =>
  (load: string, figure: string, limit: string, ok: boolean): Row => ({ test, load, figure, limit, ok })

export const lastLine = ({ code, lines }: Shipped): string =>
  `exit ${code}: ${(lines.findLast((line) => !/pending|Left for later/.test(line)) ?? 'it said nothing').replaceAll(/\S*\/homeroom-\S+/g, 'the release')}`

/** Nothing else changes when a rollout ends before anybody was sent to the new colour. */
export interface Untouched {
  pid: number | undefined
  sent: number
}
export const untouched = async (grounds: Grounds, live: 'blue' | 'green'): Promise<Untouched> => ({
  pid: grounds.pid(live),
  sent: await grounds.sent(live === 'blue' ? 'green' : 'blue'),
})

export const failedPart = ({ failed, total }: During): string =>
  `${failed} of ${total} requests failed (${((100 * failed) / total).toFixed(2)} %)`

export const failuresIn = (report: Report): string => `${report.failed} failed ${failuresOf(report)}`.trim()

/** One server on SQLite, nothing in front of it: SIGHUP replaces its workers while a school works. */
import type { Ledger, Report } from './load.ts'
import { compare, failuresOf, schoolDay, startLoad } from './load.ts'
import type { Proof, Row, Size } from './proof.ts'
import type { Instance } from './site.ts'
import { makeSite, until } from './site.ts'

/** Waits until other workers serve and the old ones have ended. */
async function reload(instance: Instance): Promise<void> {
  const old = instance.workers()
  instance.child.kill('SIGHUP')
  const isReplaced = (now: number[]) => now.length === old.length && now.every((pid) => !old.includes(pid))
  await until('the old workers have ended', () => isReplaced(instance.workers()))
}

function rowsOf(reloads: number, report: Report, ledger: Ledger, end: unknown): Row[] {
  const load = `${reloads} reloads, ${report.total} requests in ${report.seconds.toFixed(0)} s`
  const { missed, doubled, returns, reconnects } = report.listening
  const row = (figure: string, limit: string, ok: boolean): Row => ({ test: 'R3', load, figure, limit, ok })
  return [
    row(`${report.failed} failed ${failuresOf(report)}`.trim(), '0 failed', report.failed === 0),
    row(
      `${ledger.lost} lost, ${ledger.doubled} doubled, ${ledger.torn} torn of ${report.acknowledged} writes; journal ${ledger.intact ? 'intact' : 'broken'}`,
      '0, 0, 0, intact',
      ledger.lost + ledger.doubled + ledger.torn === 0 && ledger.intact,
    ),
    row(
      `${missed} gaps, ${doubled} doubled, ${returns} ends in ${reconnects} reconnects`,
      '0 gaps, 0 doubled, 0 ends',
      missed + doubled + returns === 0,
    ),
    row(`exit ${end} at the end`, 'exit 0', end === 0),
  ]
}

async function run(size: Size): Promise<Row[]> {
  const reloads = size === 'quick' ? 2 : 20
  const site = await makeSite({ database: 'sqlite', registrars: 2 })
  try {
    const instance = await site.start()
    const load = await startLoad({ ...site, url: instance.url, ...schoolDay })
    for (let n = 1; n <= reloads; n++) {
      const { total } = load.progress()
      await reload(instance)
      await load.until((progress) => progress.total > total + 100)
    }
    const report = await load.stop()
    const end = await instance.stop()
    return rowsOf(reloads, report, await compare(site, report), end)
  } finally {
    await site.done()
  }
}

export const proof: Proof = {
  name: 'R3',
  title: 'reloads of one server on SQLite, without a balancer',
  quick: true,
  run,
}

/** A deploy in the middle of the load, from the version before to this one, with a migration between them. */
import { freePort } from '../setup/postgres.ts'
import { startHaproxy } from './balancer.ts'
import type { Load, Report } from './load.ts'
import { compare, failuresOf, startLoad } from './load.ts'
import type { Row, Size } from './proof.ts'
import type { Seeded } from './site.ts'
import { makeSite } from './site.ts'
import { migrateBy, ours, programOf, startVersion } from './skew-servers.ts'

export const row = (load: string, figure: string, limit: string, ok: boolean): Row => ({
  test: 'R15',
  load,
  figure,
  limit,
  ok,
})

const delayMs = 1200
const untilMore = (load: Load, requests: number) => {
  const from = load.progress().total
  return load.until(({ total }) => total >= from + requests)
}

interface Deploy {
  report: Report
  codes: unknown[]
}
/** Two servers of the old version behind a balancer; one of ours beside them migrates under load; then theirs are replaced. */
async function deploy(release: string, site: Awaited<ReturnType<typeof makeSite>>, each: number): Promise<Deploy> {
  const { databaseUrl } = site
  migrateBy(release, databaseUrl)
  const seeded: Seeded = JSON.parse(programOf(release, databaseUrl, 'seed.ts', ['700', '2']))
  const ports = await Promise.all([freePort(), freePort(), freePort()])
  const start = (folder: string, port: number) =>
    startVersion(folder, {
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      TRUST_PROXY: '1',
      DRAIN_DELAY_MS: String(delayMs),
    })
  const [one, two, three] = ports
  const old = [await start(release, one), await start(release, two)]
  const balancer = await startHaproxy(ports)
  const now = []
  try {
    const load = await startLoad({ ...seeded, url: balancer.url, clients: 12, uploads: 2, downloads: 1, listeners: 4 })
    await untilMore(load, each)
    now.push(await start(ours(), three))
    await balancer.untilUp(three)
    await untilMore(load, each)
    const codes = []
    for (const [index, server] of old.entries()) {
      codes.push(await server.stop())
      now.push(await start(ours(), ports[index] as number))
      await balancer.untilUp(ports[index] as number)
      await untilMore(load, each)
    }
    return { report: await load.stop(), codes }
  } finally {
    await Promise.all([...old, ...now].map((server) => server.stop()))
    await balancer.stop()
  }
}

const isMissingFile = ({ kind, why }: Report['failures'][number]) => kind === 'asset' && why === '404'

/** The deploy's rows. */
export async function underLoad(release: string, size: Size): Promise<Row[]> {
  const site = await makeSite({ database: 'postgresql', students: 0 })
  try {
    const { report, codes } = await deploy(release, site, size === 'quick' ? 200 : 1500)
    const ledger = await compare(site, report)
    const { missed, doubled, returns } = report.listening
    const files = report.failures.filter(isMissingFile)
    const others = report.failures.filter((failure) => !isMissingFile(failure))
    const missing = files.reduce((sum, { count }) => sum + count, 0)
    const asked = report.kinds.asset?.total ?? 0
    const load = `a migration and ${codes.length} servers replaced behind HAProxy, ${report.total} requests`
    return [
      row(
        load,
        `${report.failed - missing} failed ${failuresOf({ failures: others })}`.trim(),
        '0 failed',
        report.failed === missing,
      ),
      // This load asks on and on for the file that it got at first; a page asks a few times, and is loaded again once.
      row(
        'the same, the script of the page from before',
        `${missing} of ${asked} times from a server that lacks it`,
        'fewer than half: a page asks six times',
        missing < asked / 2,
      ),
      row(
        'the same, on one PostgreSQL',
        `${ledger.lost} lost, ${ledger.doubled} doubled, ${ledger.torn} torn of ${report.acknowledged} writes; ${missed + doubled + returns} gaps in SSE; exit ${codes.join(', ')}`,
        '0, 0, 0; 0 gaps; exit 0',
        ledger.lost + ledger.doubled + ledger.torn + missed + doubled + returns === 0 &&
          codes.every((code) => code === 0),
      ),
    ]
  } finally {
    await site.done()
  }
}

/** A deploy in the middle of the load, from the version before to this one, with a migration between them. */
import { join } from 'node:path'
import { migrationFiles } from '../../db/migration-files.ts'
import { freePort } from '../setup/postgres.ts'
import { root } from './app.ts'
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

const pages = 25
const delayMs = 1200
const untilMore = (load: Load, requests: number) => {
  const from = load.progress().total
  return load.until(({ total }) => total >= from + requests)
}

/** Whether a version that knows all steps but the newest may start after it. */
const mayStartAfter = () => migrationFiles(join(root, 'drizzle')).at(-1)?.isCompatible === true

interface Deploy {
  report: Report
  codes: unknown[]
  /** A server of the old version started once more, after the migration. */
  restarted: boolean
  /** Pages of either version that would not get their script while servers of both answer, and how many were tried. */
  without: number
  tried: number
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
    const codes: unknown[] = []
    const restarted = mayStartAfter()
    if (restarted) {
      codes.push(await old[1]?.stop())
      old[1] = await start(release, two)
      await balancer.untilUp(two)
      await untilMore(load, each)
    }
    let [without, tried] = [0, 0]
    for (const [index, server] of old.entries()) {
      for (const { url } of [server, ...now.slice(0, 1)]) {
        without += await pagesWithoutScript(balancer.url, url)
        tried += pages
      }
      codes.push(await server.stop())
      now.push(await start(ours(), ports[index] as number))
      await balancer.untilUp(ports[index] as number)
      await untilMore(load, each)
    }
    return { report: await load.stop(), codes, restarted, without, tried }
  } finally {
    await Promise.all([...old, ...now].map((server) => server.stop()))
    await balancer.stop()
  }
}

/** How many pages of that server's version would not get their script through the balancer. */
async function pagesWithoutScript(balancer: string, server: string): Promise<number> {
  const script = /\/assets\/index-[^"]+\.js/.exec(await (await fetch(server)).text())?.[0]
  let without = 0
  for (let n = 0; n < pages; n++) {
    const answer = await fetch(balancer + script)
    await answer.arrayBuffer()
    if (!answer.ok) without++
  }
  return without
}

const isMissingFile = ({ kind, why }: Report['failures'][number]) => kind === 'asset' && why === '404'

/** The deploy's rows. */
export async function underLoad(release: string, size: Size): Promise<Row[]> {
  const site = await makeSite({ database: 'postgresql', students: 0 })
  try {
    const { report, codes, restarted, without, tried } = await deploy(release, site, size === 'quick' ? 200 : 1500)
    const ledger = await compare(site, report)
    const { missed, doubled, returns } = report.listening
    const files = report.failures.filter(isMissingFile)
    const others = report.failures.filter((failure) => !isMissingFile(failure))
    const missing = files.reduce((sum, { count }) => sum + count, 0)
    const again = restarted ? ', an old one restarted between' : ''
    const load = `a migration and ${codes.length} servers stopped behind HAProxy${again}, ${report.total} requests`
    return [
      row(
        load,
        `${report.failed - missing} failed ${failuresOf({ failures: others })}`.trim(),
        '0 failed',
        report.failed === missing,
      ),
      // The load asks on and on for the script of a page that has gone: that it is not there is no failure.
      row(
        'the same, pages of either version while servers of both answer',
        `${without} of ${tried} without their script; ${missing} times not there, most after the deploy`,
        '0 without',
        without === 0,
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

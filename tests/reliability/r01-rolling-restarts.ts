/** Three servers behind a balancer are replaced one after the other while a school works. */
import { performance } from 'node:perf_hooks'
import postgres from 'postgres'
import { freePort } from '../setup/postgres.ts'
import type { Balancer } from './balancer.ts'
import { startHaproxy } from './balancer.ts'
import type { Ledger, Report } from './load.ts'
import { compare, failuresOf, quantile, schoolDay, startLoad } from './load.ts'
import type { Proof, Row } from './proof.ts'
import type { Instance, Site } from './site.ts'
import { makeSite } from './site.ts'

export interface Rolling {
  name: string
  balancer: (ports: readonly number[]) => Promise<Balancer>
  restarts: number
  /** At least so many requests. */
  requests: number
  /** Whether it is told alone how long a server took to end: a check may run beside anything. */
  timesAreTold?: boolean
  /** From the signal until the server takes no more connections, in ms: longer than the balancer needs to notice. */
  delayMs: number
}
/** What a server that was told to stop may take beyond the delay, in ms. */
const beyondDelay = 2000
const settings = { TRUST_PROXY: '1' }

interface Ends {
  codes: unknown[]
  tookMs: number[]
}

/** PostgreSQL then refuses what servers keep prepared, and nobody may notice. */
async function changeSchema(site: Site, type: 'text' | 'varchar'): Promise<void> {
  const client = postgres(site.databaseUrl, { max: 1 })
  await client.unsafe(`alter table students alter preferred_name type ${type} collate "C"`)
  await client.end()
}

/** Ends one server after the other and starts it again on its port, and changes the schema under the others. */
async function roll(
  site: Site,
  { restarts, delayMs }: Rolling,
  instances: Instance[],
  balancer: Balancer,
): Promise<Ends> {
  const ends: Ends = { codes: [], tookMs: [] }
  for (let n = 0; n < restarts; n++) {
    const place = n % instances.length
    const old = instances[place] as Instance
    await changeSchema(site, n % 2 ? 'text' : 'varchar')
    const begun = performance.now()
    ends.codes.push(await old.stop())
    ends.tookMs.push(performance.now() - begun)
    instances[place] = await site.start({ ...settings, PORT: String(old.port), DRAIN_DELAY_MS: String(delayMs) })
    await balancer.untilUp(old.port)
  }
  return ends
}

function rowsOf(rolling: Rolling, report: Report, ledger: Ledger, ends: Ends): Row[] {
  const { name, restarts, requests, delayMs, timesAreTold = false } = rolling
  const load = `${restarts} restarts of 3 servers and as many changes of the schema, ${report.total} requests in ${report.seconds.toFixed(0)} s`
  const { missed, returns, resyncs, reconnects, doubled } = report.listening
  const row = (figure: string, limit: string, ok: boolean): Row => ({ test: name, load, figure, limit, ok })
  const slowest = Math.round(Math.max(...ends.tookMs))
  const clean = ends.codes.filter((code) => code === 0).length
  return [
    row(`${report.failed} failed ${failuresOf(report)}`.trim(), '0 failed', report.failed === 0),
    row(`${report.total} requests`, `at least ${requests}`, report.total >= requests),
    row(
      `${ledger.lost} lost, ${ledger.doubled} doubled, ${ledger.torn} torn of ${report.acknowledged} writes; journal ${ledger.intact ? 'intact' : 'broken'}`,
      '0, 0, 0, intact',
      ledger.lost + ledger.doubled + ledger.torn === 0 && ledger.intact,
    ),
    row(
      `${missed} gaps, ${doubled} doubled, ${returns} ends, ${resyncs} resyncs in ${reconnects} reconnects`,
      '0 gaps, 0 doubled, 0 ends',
      missed + doubled + returns === 0,
    ),
    row(`exit 0 ${clean} times`, `${restarts} times`, clean === restarts),
    row(
      `ended after ${Math.round(quantile(ends.tookMs, 0.5))} ms p50, ${slowest} ms at most`,
      timesAreTold ? 'told' : `${delayMs + beyondDelay} ms`,
      timesAreTold || slowest <= delayMs + beyondDelay,
    ),
  ]
}

export async function rollingRestarts(rolling: Rolling): Promise<Row[]> {
  const { requests, delayMs } = rolling
  const site = await makeSite({ database: 'postgresql', registrars: 2 })
  const env = { ...settings, DRAIN_DELAY_MS: String(delayMs) }
  const instances = await Promise.all([0, 1, 2].map(async () => site.start({ ...env, PORT: String(await freePort()) })))
  const balancer = await rolling.balancer(instances.map(({ port }) => port))
  try {
    const load = await startLoad({ ...site, url: balancer.url, ...schoolDay })
    const ends = await roll(site, rolling, instances, balancer)
    await load.until(({ total }) => total >= requests)
    const report = await load.stop()
    return rowsOf(rolling, report, await compare(site, report), ends)
  } finally {
    await balancer.stop()
    await site.done()
  }
}

/** Twice 200 ms and a check that takes its time. */
const delayMs = 1200

export const proof: Proof = {
  name: 'R1',
  title: 'rolling restarts behind HAProxy, on PostgreSQL',
  needs: ['haproxy'],
  quick: true,
  run: (size) =>
    rollingRestarts({
      name: 'R1',
      balancer: startHaproxy,
      delayMs,
      ...(size === 'quick' ? { restarts: 2, requests: 300, timesAreTold: true } : { restarts: 30, requests: 20_000 }),
    }),
}

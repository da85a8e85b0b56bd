/** A bad network between the server and its PostgreSQL while a school works. */
import { setTimeout as sleep } from 'node:timers/promises'
import { call } from '../setup/server.ts'
import type { FaultProxy } from './fault-proxy.ts'
import { startFaultProxy } from './fault-proxy.ts'
import type { Load, Report } from './load.ts'
import { compare, failuresOf, startLoad } from './load.ts'
import type { Proof, Row, Size } from './proof.ts'
import type { Instance, Site } from './site.ts'
import { makeSite, untilReady } from './site.ts'

const poolMax = 6
/** In ms. */
const wholeWithin = 1_000
/** In ms: to wait for a turn, for a connection, for one statement, and 5 s more where the machine is busy. */
const longestAnswer = 5_000 + 5_000 + 35_000 + 5_000
const retryable = /^503 (database\.(unavailable|unsure)|server\.\w+|live\.\w+) \(Retry-After\)$/

interface Fault {
  name: string
  /** Does it to the network for so long, in ms. */
  seconds: number
  begin(proxy: FaultProxy): (() => void) | undefined
}
const faults: Fault[] = [
  {
    name: '500 ms late',
    seconds: 20,
    begin(proxy) {
      proxy.delay(500)
      return () => proxy.delay(0)
    },
  },
  {
    name: 'cut each second',
    seconds: 20,
    begin(proxy) {
      const timer = setInterval(() => proxy.reset(), 1_000)
      return () => clearInterval(timer)
    },
  },
  {
    name: 'forgotten by a firewall',
    seconds: 45,
    begin(proxy) {
      proxy.forget()
      return undefined
    },
  },
]

/**
 * How many connections crowds of calls are served by, once the network is well again. The first may be over before a lost
 * connection is open again.
 */
async function poolSize({ url }: Instance, { school, people }: Site, proxy: FaultProxy): Promise<number> {
  const headers = { cookie: people[0]?.cookie ?? '', 'x-school': school }
  const asked = async () => {
    const answer = await call(url, 'students.list', { headers })
    await answer.arrayBuffer()
  }
  const late = performance.now() + wholeWithin
  do await Promise.all(Array.from({ length: 10 * poolMax }, asked))
  while (proxy.open() < poolMax && performance.now() < late)
  return proxy.open()
}

interface Seen {
  report: Report
  pool: number
}

async function suffer(fault: Fault, site: Site, instance: Instance, proxy: FaultProxy, size: Size): Promise<Seen> {
  const load: Load = await startLoad({
    ...site,
    url: instance.url,
    clients: 8,
    writes: 0.4,
    repeat: true,
    timeoutMs: longestAnswer,
  })
  await load.until(({ acknowledged }) => acknowledged > 20)
  const end = fault.begin(proxy)
  await sleep((size === 'quick' ? 0.5 : 1) * 1000 * fault.seconds)
  end?.()
  await untilReady(instance.url)
  const report = await load.stop()
  return { report, pool: await poolSize(instance, site, proxy) }
}

async function rowsOf({ name }: Fault, { report, pool }: Seen, site: Site): Promise<Row[]> {
  const load = `${name}: ${report.total} requests, ${report.acknowledged} writes in ${report.seconds.toFixed(0)} s`
  const row = (figure: string, limit: string, ok: boolean): Row => ({ test: 'R10', load, figure, limit, ok })
  const other = report.failures.filter(({ why }) => !retryable.test(why))
  const { lost, doubled, torn, intact } = await compare(site, report)
  return [
    row(
      failuresOf(report) || 'none failed',
      `only retryable ones, each within ${longestAnswer / 1000} s`,
      !other.length,
    ),
    row(
      `${lost} lost, ${doubled} doubled, ${torn} torn; journal ${intact ? 'intact' : 'broken'}; then ${pool} connections`,
      `0, 0, 0, intact, ${poolMax} within 1 s`,
      lost + doubled + torn === 0 && intact && pool === poolMax,
    ),
  ]
}

export const proof: Proof = {
  name: 'R10',
  title: 'a bad network before PostgreSQL',
  async run(size) {
    const site = await makeSite({ database: 'postgresql', students: 300, settings: ['synchronous_commit=on'] })
    const proxy = await startFaultProxy(Number(new URL(site.databaseUrl).port))
    try {
      const url = site.databaseUrl.replace(/:\d+\//, `:${proxy.port}/`)
      const instance = await site.start({ DATABASE_URL: url, DATABASE_POOL_MAX: String(poolMax) })
      const rows: Row[] = []
      for (const fault of faults)
        rows.push(...(await rowsOf(fault, await suffer(fault, site, instance, proxy, size), site)))
      const surprises = instance.log().filter(({ event }) => /^(failure|worker)\./.test(String(event)))
      const figure = `${surprises.length} failures nobody foresaw, exit ${await instance.stop()}`
      return [
        ...rows,
        {
          test: 'R10',
          load: 'all of it',
          figure,
          limit: '0, exit 0',
          ok: figure.startsWith('0 ') && figure.endsWith(' 0'),
        },
      ]
    } finally {
      await proxy.close()
      await site.done()
    }
  },
}

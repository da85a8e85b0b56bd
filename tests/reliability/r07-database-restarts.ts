/** PostgreSQL restarts again and again while a school works; directly, and behind PgBouncer in transaction mode. */
import { setTimeout as sleep } from 'node:timers/promises'
import { hasPgbouncer, startPgbouncer } from '../setup/pgbouncer.ts'
import { call } from '../setup/server.ts'
import type { Ledger, Report } from './load.ts'
import { compare, quantile, startLoad } from './load.ts'
import type { Proof, Row } from './proof.ts'
import type { Instance, Site } from './site.ts'
import { makeSite } from './site.ts'

/** It must outlive a crash of PostgreSQL, though not of this machine. */
const settings = ['synchronous_commit=on', 'full_page_writes=on']
/** How long it stays away, in ms: less than a call waits inside, and every fifth time longer. */
const away = (n: number) => (n % 5 === 4 ? 6_500 : 100 + Math.random() * 900)
/** PostgreSQL was seen to answer at most so long after it began to, in ms. */
const noticed = 100
/** The pool is whole by then, in ms. */
const limit = 1_000
/** An answer that says what is the matter and when to come back. */
const retryable = /^503 (database\.(unavailable|unsure)|server\.\w+|live\.\w+) \(Retry-After\)$/
/** As many at once as the pool is large. */
const pool = 10

interface Recovery {
  first: number
  all: number
}

/** From when PostgreSQL accepts connections until a call, and a pool full of calls at once, were answered; in ms. */
async function recovery({ url }: Instance, { school, people }: Site): Promise<Recovery> {
  const at = performance.now() - noticed
  let first = Number.POSITIVE_INFINITY
  const headers = { cookie: people[0]?.cookie ?? '', 'x-school': school }
  const asked = async () => {
    const answer = await call(url, 'students.list', { headers, input: { search: 'be' } })
    await answer.arrayBuffer()
    if (answer.status === 200) first = Math.min(first, performance.now() - at)
    return answer.status === 200
  }
  while (!(await Promise.all(Array.from({ length: pool }, asked))).every(Boolean));
  return { first, all: performance.now() - at }
}

async function restart(site: Site, instance: Instance, restarts: number): Promise<Recovery[]> {
  const took: Recovery[] = []
  for (let n = 0; n < restarts; n++) {
    await sleep(1_500)
    await site.postgres?.halt(n % 2 ? 'SIGQUIT' : 'SIGINT')
    await sleep(away(n))
    await site.postgres?.resume()
    took.push(await recovery(instance, site))
  }
  return took
}

const count = (instance: Instance, event: string) => instance.log().filter((line) => line.event === event).length

function rowsOf(name: string, took: Recovery[], report: Report, ledger: Ledger, instance: Instance): Row[] {
  const load = `${took.length} restarts, ${report.total} requests, ${report.acknowledged} writes in ${report.seconds.toFixed(0)} s`
  const row = (figure: string, bound: string, ok: boolean): Row => ({ test: name, load, figure, limit: bound, ok })
  const retried = report.failures.filter(({ why }) => retryable.test(why))
  const other = report.failures.filter(({ why }) => !retryable.test(why))
  const told = (failures: Report['failures']) => failures.map(({ why, count }) => `${count}x ${why}`).join(', ')
  const slowest = Math.round(Math.max(...took.map(({ first }) => first)))
  const all = took.map((one) => one.all)
  const [usual, longest] = [0.5, 1].map((part) => Math.round(quantile(all, part))) as [number, number]
  const lines = count(instance, 'database.away')
  const ends =
    count(instance, 'failure.uncaught') + count(instance, 'failure.unexpected') + count(instance, 'worker.ended')
  const { lost, doubled, torn, intact } = ledger
  return [
    row(
      `not retryable: ${told(other) || 'none'}; retryable: ${told(retried) || 'none'}`,
      'none that is not retryable',
      !other.length,
    ),
    row(
      `${lost} lost, ${doubled} doubled, ${torn} torn; journal ${intact ? 'intact' : 'broken'}`,
      '0, 0, 0, intact',
      lost + doubled + torn === 0 && intact,
    ),
    row(
      `first answer at most ${slowest} ms after it accepts connections, ${pool} at once after ${usual} ms p50, ${longest} ms at most`,
      `${limit} ms at most`,
      slowest <= limit && longest <= limit,
    ),
    row(
      `${report.listening.missed} gaps, ${report.listening.doubled} doubled in live changes`,
      '0, 0',
      report.listening.missed + report.listening.doubled === 0,
    ),
    row(
      `${ends} failures nobody foresaw, ${lines} lines say it is away`,
      `0, at most ${took.length}`,
      ends === 0 && lines <= took.length,
    ),
  ]
}

async function restarts(name: string, times: number, isPooled: boolean): Promise<Row[]> {
  const site = await makeSite({ database: 'postgresql', students: 300, settings })
  const pooler = isPooled ? await startPgbouncer(site.databaseUrl) : undefined
  try {
    const url = pooler?.url ?? site.databaseUrl
    const instance = await site.start({ DATABASE_URL: url, DATABASE_DIRECT_URL: site.databaseUrl })
    const load = await startLoad({ ...site, url: instance.url, clients: 10, writes: 0.5, listeners: 2, repeat: true })
    const took = await restart(site, instance, times)
    const report = await load.stop()
    const rows = rowsOf(name, took, report, await compare(site, report), instance)
    await instance.stop()
    return rows
  } finally {
    await pooler?.stop()
    await site.done()
  }
}

export const proof: Proof = {
  name: 'R7',
  title: 'PostgreSQL restarts, fast and at once',
  needs: ['pgbouncer'],
  async run(size) {
    const times = size === 'quick' ? 3 : 20
    const direct = await restarts('R7', times, false)
    const name = 'R7 PgBouncer'
    if (hasPgbouncer()) return [...direct, ...(await restarts(name, times, true))]
    return [...direct, { test: name, load: '', figure: 'not run', limit: 'apt-get install pgbouncer', ok: false }]
  },
}

/** SIGKILL in the middle of writes: of the primary with its workers, and of one worker alone. */
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../setup/postgres.ts'
import type { Ledger, Load, Report } from './load.ts'
import { compare, quantile, startLoad } from './load.ts'
import type { Proof, Row, Size } from './proof.ts'
import type { Instance, Site } from './site.ts'
import { makeSite, until, untilReady } from './site.ts'

/** Every so many kills, one worker alone. */
const workerEvery = 4

/** Answers the server that serves after it. */
async function killOnce(site: Site, instance: Instance, n: number, env: Record<string, string>): Promise<Instance> {
  const [worker] = instance.workers()
  if (n % workerEvery === 0 && worker) {
    process.kill(worker, 'SIGKILL')
    await until('another worker', () => instance.workers().some((pid) => pid !== worker))
    await untilReady(instance.url)
    return instance
  }
  await instance.kill()
  const next = await site.start(env)
  await untilReady(next.url)
  return next
}

/** Kills while writes are acknowledged; answers how long each time nobody was ready, in ms. */
async function killAgainAndAgain(site: Site, load: Load, first: Instance, env: Record<string, string>, kills: number) {
  const away: number[] = []
  let instance = first
  for (let n = 1; n <= kills; n++) {
    const { acknowledged } = load.progress()
    await load.until((progress) => progress.acknowledged > acknowledged + 5)
    await sleep(Math.random() * 300)
    const begun = performance.now()
    instance = await killOnce(site, instance, n, env)
    away.push(performance.now() - begun)
  }
  return away
}

function rowsOf(site: Site, report: Report, ledger: Ledger, away: number[]): Row[] {
  const load = `${site.postgres ? 'PostgreSQL' : 'SQLite'}: ${away.length} kills, ${report.acknowledged} writes acknowledged`
  const { missed, doubled, reconnects } = report.listening
  const row = (figure: string, limit: string, ok: boolean): Row => ({ test: 'R6', load, figure, limit, ok })
  const [p50, p95] = [0.5, 0.95].map((part) => Math.round(quantile(away, part))) as [number, number]
  return [
    row(
      `${ledger.lost} lost, ${ledger.doubled} doubled, ${ledger.torn} torn`,
      '0, 0, 0',
      ledger.lost + ledger.doubled + ledger.torn === 0,
    ),
    row(
      `journal ${ledger.intact ? 'intact' : 'broken'}, database ${ledger.integrity}`,
      'intact, ok',
      ledger.intact && ledger.integrity === 'ok',
    ),
    row(
      `${missed} gaps, ${doubled} doubled in ${reconnects} reconnects of streams`,
      '0 gaps, 0 doubled',
      missed + doubled === 0,
    ),
    row(`ready again after ${p50} ms p50, ${p95} ms p95`, 'told', true),
  ]
}

async function onDatabase(database: 'sqlite' | 'postgresql', kills: number): Promise<Row[]> {
  const site = await makeSite({ database })
  try {
    const env = { PORT: String(await freePort()), LOG_LEVEL: 'error' }
    const instance = await site.start(env)
    const load = await startLoad({ ...site, url: instance.url, clients: 8, writes: 0.9, listeners: 2, repeat: true })
    const away = await killAgainAndAgain(site, load, instance, env, kills)
    const report = await load.stop()
    return rowsOf(site, report, await compare(site, report), away)
  } finally {
    await site.done()
  }
}

const run = async (size: Size): Promise<Row[]> =>
  size === 'quick'
    ? onDatabase('sqlite', 4)
    : [...(await onDatabase('sqlite', 100)), ...(await onDatabase('postgresql', 100))]

export const proof: Proof = { name: 'R6', title: 'SIGKILL under writes', quick: true, run }

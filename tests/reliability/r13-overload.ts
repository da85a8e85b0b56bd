/** Five times as much as one worker can serve. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Flood, WaveReport } from './flood.ts'
import { startFlood } from './flood.ts'
import { compare } from './load.ts'
import type { Proof, Row, Size } from './proof.ts'
import type { Site, SiteOptions } from './site.ts'
import { makeSite, statusOf } from './site.ts'

/** In ms. */
const acceptedWithin = 1000
const recoveredWithin = 2000
const times = 5
/** Enough for all that is sent in the first second, when nobody is sent away yet. */
const connections = 6000

/** Asks on a new connection each time, as a load balancer does; answers how often each status came. */
function askHealth(url: string) {
  const statuses = new Map<number, number>()
  let isOver = false
  const asking = (async () => {
    for (; !isOver; await sleep(200))
      for (const path of ['live', 'ready']) {
        const status = await statusOf(`${url}/health/${path}`)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
  })()
  return async () => {
    isOver = true
    await asking
    return statuses
  }
}

/** How long after the flood the first second came in which everybody was served, in ms. */
async function recovery(flood: Flood, perSecond: number): Promise<number> {
  const began = performance.now()
  for (;;) {
    const at = performance.now() - began
    const { statuses } = await flood.wave({ perSecond, seconds: 0.5 })
    if (Object.keys(statuses).join() === '200' || at > 10_000) return Math.round(at)
  }
}

const list = (counts: Iterable<[string | number, number]>) =>
  [...counts].map(([status, count]) => `${count} x ${status}`).join(', ')

async function flooded(site: Site, size: Size) {
  const server = await site.start()
  const flood = await startFlood({ ...site, url: server.url, connections })
  await flood.wave({ perSecond: 'closed', seconds: 2 })
  const usual = await flood.wave({ perSecond: 'closed', seconds: size === 'whole' ? 5 : 2 })
  const health = askHealth(server.url)
  const rush = await flood.wave({ perSecond: usual.perSecond * times, seconds: size === 'whole' ? 15 : 5 })
  const statuses = await health()
  const recoveredAfter = await recovery(flood, Math.max(1, usual.perSecond / 3))
  flood.end()
  const said = server.log().filter(({ event }) => event === 'server.overloaded').length
  await server.stop()
  const of = (names: string[]) => names.map((name) => ({ key: name, names: [name] }))
  const writes = { acknowledged: of(rush.written), unsure: of(rush.sentAway) }
  const ledger = await compare(site, { writes })
  return { usual, rush, statuses, recoveredAfter, ledger, said }
}

const isOnly = (statuses: WaveReport['statuses'], allowed: string[]) =>
  Object.keys(statuses).every((status) => allowed.includes(status))

async function rowsOn(database: SiteOptions['database'], size: Size): Promise<Row[]> {
  const site = await makeSite({ database, registrars: 10 })
  try {
    const { usual, rush, statuses, recoveredAfter, ledger, said } = await flooded(site, size)
    const sent = rush.perSecond / usual.perSecond
    const load = `${usual.perSecond}/s can be served, ${rush.perSecond}/s sent (${sent.toFixed(1)}x)`
    const row = (test: string, figure: string, limit: string, ok: boolean): Row => ({
      test: `R13 ${test}, ${database}`,
      load,
      figure,
      limit,
      ok,
    })
    const { lost, doubled, unacknowledged } = ledger
    return [
      row(
        'calls are served or sent away',
        `${list(Object.entries(rush.statuses))}; ${rush.withoutRetryAfter} without Retry-After; told ${said}x`,
        'only 200 and 503 with Retry-After',
        isOnly(rush.statuses, ['200', '503']) && !rush.withoutRetryAfter && Boolean(rush.statuses['503']) && said > 0,
      ),
      row(
        'as much was sent as was to be',
        `${sent.toFixed(1)}x; ${rush.heldBack} calls held back for want of a connection`,
        size === 'whole' ? `${times}x` : 'told only',
        size !== 'whole' || Math.round(sent) >= times,
      ),
      row(
        'those served are served soon',
        `p50 ${rush.p50} ms, p99 ${rush.p99} ms`,
        `p99 < ${acceptedWithin} ms`,
        rush.p99 < acceptedWithin && Boolean(rush.statuses['200']),
      ),
      row('health', list(statuses), 'only 200', [...statuses.keys()].join() === '200'),
      row('recovered after', `${recoveredAfter} ms`, `<= ${recoveredWithin} ms`, recoveredAfter <= recoveredWithin),
      row(
        'nothing of those sent away was done',
        `${unacknowledged} done, ${lost} lost, ${doubled} doubled`,
        '0, 0, 0',
        lost + doubled + unacknowledged === 0,
      ),
    ]
  } finally {
    await site.done()
  }
}

export const proof: Proof = {
  name: 'R13',
  title: 'five times the load that can be served',
  run: async (size) => [...(await rowsOn('sqlite', size)), ...(await rowsOn('postgresql', size))],
}

/** Whoever signals again does not want to wait. */
import { setTimeout as sleep } from 'node:timers/promises'
import { quantile } from './load.ts'
import type { Proof, Row, Size } from './proof.ts'
import type { Site } from './site.ts'
import { makeSite } from './site.ts'
import { beginUnfinished } from './unfinished.ts'

/** In ms. Two signals closer together are one: npm and a terminal both pass Ctrl-C on. */
const apart = 700
const allowed = 200

async function once(site: Site): Promise<{ end: unknown; took: number }> {
  const instance = await site.start()
  await beginUnfinished(instance)
  instance.child.kill('SIGTERM')
  await sleep(apart)
  const begun = performance.now()
  const end = await instance.stop()
  return { end, took: performance.now() - begun }
}

async function run(size: Size): Promise<Row[]> {
  const times = size === 'quick' ? 1 : 10
  const site = await makeSite({ database: 'sqlite', students: 0 })
  try {
    const ends: Awaited<ReturnType<typeof once>>[] = []
    for (let n = 0; n < times; n++) ends.push(await once(site))
    const took = ends.map((end) => end.took)
    const [p50, slowest] = [quantile(took, 0.5), Math.max(...took)].map(Math.round) as [number, number]
    const forced = ends.filter(({ end }) => end === 1).length
    const row = (figure: string, limit: string, ok: boolean): Row => {
      const load = `${times} times a second SIGTERM, ${apart} ms after the first`
      return { test: 'R5', load, figure, limit, ok }
    }
    return [
      row(`exit 1 ${forced} times`, `${times} times`, forced === times),
      row(`ended after ${p50} ms p50, ${slowest} ms at most`, `${allowed} ms p50`, p50 <= allowed),
    ]
  } finally {
    await site.done()
  }
}

export const proof: Proof = { name: 'R5', title: 'a second SIGTERM', quick: true, run }

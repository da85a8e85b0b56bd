/** A request that takes longer than a stopping server waits. */
import type { Proof, Row, Size } from './proof.ts'
import { makeSite } from './site.ts'
import { beginUnfinished, unfinishedPath } from './unfinished.ts'

/** In ms. */
const allowed = 500

interface Cut {
  method: string
  path: string
  age_ms: number
}

async function run(size: Size): Promise<Row[]> {
  const deadlineMs = size === 'quick' ? 1500 : 5000
  const site = await makeSite({ database: 'sqlite', students: 0 })
  try {
    const instance = await site.start({ DRAIN_DEADLINE_MS: String(deadlineMs) })
    await beginUnfinished(instance)
    const begun = performance.now()
    const end = await instance.stop()
    const took = Math.round(performance.now() - begun)
    const [cut] = instance.log().flatMap((line) => (line.cut as Cut[] | undefined) ?? [])
    const row = (figure: string, limit: string, ok: boolean): Row => {
      const load = `a request without an end, a deadline of ${deadlineMs} ms`
      return { test: 'R4', load, figure, limit, ok }
    }
    const isNamed = cut?.method === 'POST' && cut.path === unfinishedPath && cut.age_ms >= deadlineMs
    return [
      row(`ended after ${took} ms`, `${deadlineMs} ± ${allowed} ms`, Math.abs(took - deadlineMs) <= allowed),
      row(`exit ${end}`, 'exit 1', end === 1),
      row(
        cut ? `logged ${cut.method} ${cut.path}, ${cut.age_ms} ms` : 'nothing logged',
        'method, path and age',
        isNamed,
      ),
    ]
  } finally {
    await site.done()
  }
}

export const proof: Proof = { name: 'R4', title: 'a request longer than the deadline', quick: true, run }

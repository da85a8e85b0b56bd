/** Eight servers that start at the same moment on a database that nobody has migrated. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { appFolder } from './app.ts'
import type { Proof, Row } from './proof.ts'
import type { SiteOptions } from './site.ts'
import { makeSite, untilReady } from './site.ts'

const servers = 8

async function onDatabase(database: SiteOptions['database']): Promise<Row[]> {
  const site = await makeSite({ database, students: 0, settings: ['max_connections=200'] })
  try {
    const started = await Promise.allSettled(
      Array.from({ length: servers }, async () => {
        const instance = await site.start({ LOG_LEVEL: 'info' })
        await untilReady(instance.url)
        return instance
      }),
    )
    const ready = started.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
    const applied = ready.flatMap((instance) =>
      instance.log().flatMap((line) => (line.applied as unknown[] | undefined) ?? []),
    )
    const steps = readdirSync(join(appFolder(), 'drizzle', database)).filter((file) =>
      /^\d{4}_\w+\.sql$/.test(file),
    ).length
    const ends = await Promise.all(ready.map((instance) => instance.stop()))
    const clean = ends.filter((end) => end === 0).length
    const row = (figure: string, limit: string, ok: boolean): Row => {
      return { test: 'R16', load: `${servers} servers at once on an empty ${database}`, figure, limit, ok }
    }
    return [
      row(`${ready.length} became ready`, `${servers}`, ready.length === servers),
      row(
        `${applied.length} migrations applied, ${new Set(applied.map(String)).size} different`,
        `${steps}, each once`,
        applied.length === steps && new Set(applied.map(String)).size === steps,
      ),
      row(`exit 0 ${clean} times`, `${servers} times`, clean === servers),
    ]
  } finally {
    await site.done()
  }
}

export const proof: Proof = {
  name: 'R16',
  title: 'servers that start at once on an empty database',
  run: async () => [...(await onDatabase('sqlite')), ...(await onDatabase('postgresql'))],
}

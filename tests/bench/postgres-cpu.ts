import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'

const ticksPerSecond = 100
interface Stat {
  parent: number
  /** Of the process alone, and of its children that have ended. */
  own: number
  ended: number
}
/** What Linux tells after the name, which stands in brackets: state, parent, … user and system time, and those of ended children. */
function statOf(text: string): Stat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = (from: number) => (Number(fields[from]) + Number(fields[from + 1])) / ticksPerSecond
  return { parent: Number(fields[1]), own: ticks(11), ended: ticks(13) }
}

/** Makes a function of the CPU seconds that PostgreSQL has used, with all its processes: only on this machine, on Linux. */
export async function postgresCpu(db: Database): Promise<() => Promise<number>> {
  const [row] = await db.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  const { parent: postmaster } = statOf(readFileSync(`/proc/${row?.pid}/stat`, 'utf8'))
  return async () => {
    let seconds = 0
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
      const stat = text && statOf(text)
      if (!stat) continue
      if (Number(pid) === postmaster) seconds += stat.own + stat.ended
      else if (stat.parent === postmaster) seconds += stat.own
    }
    return seconds
  }
}

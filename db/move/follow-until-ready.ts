import { setTimeout as sleep } from 'node:timers/promises'
import type BetterSqlite from 'better-sqlite3'
import { requireEqual } from './carry.ts'
import type { Round } from './follow.ts'
import { follow } from './follow.ts'
import { serversIn } from './moved.ts'
import type { Mover } from './mover.ts'

/** A round so small is taken for the length of the pause. */
const mostKeys = 1_000
const longest = 250
const servesFor = 30_000
const idle = 200

interface Serving {
  id: string
  host: string
  pid: number
}
/** Processes that serve the file and have not said that workers of theirs are ready on PostgreSQL. */
function unready(client: BetterSqlite.Database): Serving[] {
  const serving = client
    .prepare('select id, host, pid from instances where seen_at > ? and not is_draining order by host, pid')
    .all(Date.now() - servesFor) as Serving[]
  const ready = new Set(serversIn(client).map(({ instance }) => instance))
  return serving.filter(({ id }) => !ready.has(id))
}

const named = ({ host, pid }: Serving) => `process ${pid} on ${host}`

export function reasonToWait({ keys, took }: Round, client: BetterSqlite.Database): string | undefined {
  if (keys > mostKeys || took > longest)
    return `The last round carried ${keys} rows in ${Math.round(took)} ms: waiting until they are fewer, so that nobody waits for long`
  const servers = unready(client)
  if (servers.length)
    return `A server has no workers on PostgreSQL yet: ${servers.map(named).join(', ')}. Set MOVE_TARGET_URL for it, to the same database, and start it again; or stop it`
  return undefined
}

export async function followUntilReady(mover: Mover): Promise<void> {
  const { id, source, target, pen } = mover
  for (;;) {
    const round = await follow(source, target, { id, compares: true, at: () => mover.at('round') })
    requireEqual(round.found)
    const waits = reasonToWait(round, pen)
    mover.say(waits === undefined ? { phase: 'following' } : { phase: 'following', waits })
    if (waits === undefined) return
    await sleep(round.keys > mostKeys ? 0 : idle)
  }
}

import { addressOf } from '../postgres/address.ts'
import type { Client } from '../postgres/connection.ts'
import { Connection } from '../postgres/connection.ts'
import { homeOf, quoted } from '../postgres/home.ts'
import type { Side, Swapped } from './keeper.ts'
import { stamp } from './on-disk.ts'

interface Other {
  pid: number
  program: string
  since: string
}

const others = `
  select pid, coalesce(nullif(application_name, ''), backend_type) as program, backend_start::text as since from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' order by backend_start`

/** A server that reported itself within so many ms may be between two connections. */
const recently = 30_000
const heard = 'select host, pid, seen_at as "seenAt" from instances where seen_at > $1 order by seen_at desc'

export async function refuseOthers(client: Client): Promise<void> {
  const [other] = await client.send<Other>(others)
  if (other)
    throw new Error(
      `A server or another program is connected to the database (${other.program}, process ${other.pid} of PostgreSQL): nothing was changed. Stop it, and see that nothing starts it again meanwhile`,
    )
  const [known] = await client.send<{ isThere: boolean }>(`select to_regclass('instances') is not null as "isThere"`)
  const since = new Date(Date.now() - recently).toISOString()
  const [server] = known?.isThere
    ? await client.send<{ host: string; pid: number; seenAt: string }>(heard, [since])
    : []
  const seconds = server && Math.round((Date.now() - new Date(server.seenAt).getTime()) / 1000)
  if (server)
    throw new Error(
      `A server on ${server.host} (process ${server.pid}) reported itself ${seconds} s ago: nothing was changed. Stop it; after a crash wait for half a minute`,
    )
}

interface Addresses {
  directUrl: string
  databaseUrl: string
  withDatabase(url: string, database: string): string
}

const why: Record<string, string> = {
  42501: 'the role may rename no database',
  55006: 'somebody is connected to one of them',
}

async function rename(maintenance: string, names: readonly [from: string, to: string][]): Promise<void> {
  const connection = new Connection(maintenance)
  try {
    await connection.transaction('begin', async (client, begun) => {
      await begun
      for (const [from, to] of names) await client.send(`alter database ${quoted(from)} rename to ${quoted(to)}`)
    })
  } finally {
    await connection.end()
  }
}

async function whyNot({ directUrl, databaseUrl }: Addresses): Promise<string | undefined> {
  const own = new Connection(directUrl)
  const { schema } = await homeOf(own).finally(() => own.end())
  if (schema !== 'public') return `the register lies in schema ${schema} of a database that others may use`
  const isSame = addressOf(databaseUrl).database === addressOf(directUrl).database
  return isSame ? undefined : 'DATABASE_URL and DATABASE_DIRECT_URL name different databases'
}

export async function swapDatabases(side: Side, addresses: Addresses): Promise<Swapped> {
  const { directUrl, withDatabase } = addresses
  const reason = await whyNot(addresses)
  if (reason) return { instead: reason }
  const { database = '' } = addressOf(directUrl)
  const kept = `${database.slice(0, 20)}_replaced_${stamp().toLowerCase()}`
  try {
    await rename(withDatabase(directUrl, 'postgres'), [
      [database, kept],
      [side.name, database],
    ])
  } catch (error) {
    return { instead: why[(error as { code?: string }).code ?? ''] ?? (error as Error).message }
  }
  return { kept }
}

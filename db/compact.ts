/** Deleted values stay in a database's free space until it is written anew. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { PgTable } from 'drizzle-orm/pg-core'
import { getTableConfig } from 'drizzle-orm/pg-core'
import { replacedBeside } from './backups/swap-sqlite.ts'
import { copiesOf, unverifiedCopiesOf } from './copy-sqlite.ts'
import { directUrl, isPostgres, sqliteFile } from './dialect.ts'
import { isBusy, UnavailableError } from './errors.ts'
import { lockWait } from './scope.ts'
import { realPath } from './sqlite-access.ts'
import { connectPatiently } from './sqlite-file.ts'

const notOwned =
  'The role of DATABASE_DIRECT_URL (or DATABASE_URL) does not own the tables: say it again with the one that does, or have their owner run "vacuum full"'

async function compactSqlite(): Promise<void> {
  const deadline = performance.now() + lockWait
  const client = await connectPatiently(sqliteFile)
  try {
    for (;;) {
      try {
        client.exec('vacuum')
        const [state] = client.pragma('wal_checkpoint(truncate)') as { busy: number }[]
        if (!state?.busy) return
      } catch (error) {
        if (!isBusy(error)) throw error
      }
      if (performance.now() > deadline)
        throw new UnavailableError('the file is in use: it could not be written anew. Stop the server and try again')
      await sleep(50)
    }
  } finally {
    client.close()
  }
}

async function compactPostgres(tables: readonly PgTable[]): Promise<void> {
  const { Connection } = await import('./postgres/connection.ts')
  const { homeOf, quoted } = await import('./postgres/home.ts')
  const connection = new Connection(directUrl)
  try {
    const { schema } = await homeOf(connection)
    for (const table of tables) {
      const name = `${quoted(schema)}.${quoted(getTableConfig(table).name)}`
      const file = async () =>
        (await connection.send('select pg_relation_filenode($1::regclass) as node', [name]))[0]?.node
      const before = await file()
      await connection.send(`vacuum (full) ${name}`)
      // PostgreSQL only warns whoever does not own the table.
      if ((await file()) === before) throw new Error(notOwned)
    }
  } finally {
    await connection.end()
  }
}

/** Writes the tables anew, of SQLite the whole file. On PostgreSQL each table is locked meanwhile. */
export const compact = (tables: readonly PgTable[]): Promise<void> =>
  isPostgres ? compactPostgres(tables) : compactSqlite()

export function copiesBeside(): string[] {
  if (isPostgres) return []
  return [...copiesOf(sqliteFile), ...unverifiedCopiesOf(sqliteFile), ...replacedBeside(realPath(sqliteFile))]
}

import { databaseUrl, isPostgres, sqliteFile } from './dialect.ts'
import { addressOf } from './postgres/address.ts'

function onPostgres(): string {
  const { servers, database, user } = addressOf(databaseUrl)
  const hosts = servers.map(({ host, port }) => `${host}:${port}`).join(', ')
  return `database ${database ?? user ?? 'postgres'} on ${hosts}`
}

/** Where DATABASE_URL leads, without its password: a file, or a database and its hosts. */
export const place = (): string => (isPostgres ? onPostgres() : sqliteFile)

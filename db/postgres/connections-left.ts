import { sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { databaseUrl, directUrl, isPostgres } from '../dialect.ts'
import { addressOf, isSameServer } from './address.ts'

/** Undefined on SQLite, and behind a pooler, which nobody counts. */
export async function connectionsLeft(db: Database): Promise<number | undefined> {
  if (!isPostgres || !isSameServer(addressOf(databaseUrl), addressOf(directUrl))) return undefined
  const [row] = await db.rows<{ left: string }>(sql`
    select least(
      current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true), '0')::int
        - (select count(*) from pg_stat_activity
           where backend_type = 'client backend' and application_name <> 'homeroom'),
      (select case when rolconnlimit < 0 then null else rolconnlimit end from pg_roles where rolname = current_user),
      (select case when datconnlimit < 0 then null else datconnlimit end from pg_database where datname = current_database())
    ) as left`)
  return row && Number(row.left)
}

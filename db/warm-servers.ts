import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { noSchool } from './database.ts'

/** The mover waits until each process that serves, by its id in `instances`, has workers that are ready to serve from PostgreSQL. */
export const sayWarm = (db: Database, instance: string, at: Date): Promise<unknown> =>
  db.transaction(noSchool, (tx) =>
    tx.rows(
      sql`insert into move_servers (instance, at) values (${instance}, ${at.toISOString()}) on conflict (instance) do update set at = excluded.at returning instance`,
    ),
  )
export const sayCold = (db: Database, instance: string): Promise<unknown> =>
  db.transaction(noSchool, (tx) =>
    tx.rows(sql`delete from move_servers where instance = ${instance} returning instance`),
  )

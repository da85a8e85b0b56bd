/** The PostgreSQL that a register goes to. Indexes and references that would slow the copying down are made after it. */

import { postgresRunner } from '../migrate-postgres.ts'
import { migrationFiles } from '../migration-files.ts'
import { addressOf } from '../postgres/address.ts'
import type { Client, Connection } from '../postgres/connection.ts'
import { homeOf } from '../postgres/home.ts'
import { noticeDeath } from '../postgres/migration-lock.ts'
import { addReferences, takeOut } from './definitions.ts'
import { movedTables, quoted } from './tables.ts'
import { within } from './transactions.ts'

/** The id of every rehearsal: one that was killed is cleared away by what comes next. */
export const rehearsal = 'rehearsal'
const own = ['move', 'move_tables', 'move_definitions']
/** From 'active' on PostgreSQL is the register. */
export type TargetState = 'making' | 'copying' | 'copied' | 'whole' | 'compared' | 'active'

export async function placeOf(target: Client, url: string): Promise<string> {
  const { servers, database, user } = addressOf(url, 'MOVE_TARGET_URL')
  const { schema } = await homeOf(target)
  const hosts = servers.map(({ host, port }) => `${host}:${port}`).join(',')
  return `${hosts}/${database ?? user}${schema === 'public' ? '' : `, schema ${schema}`}`
}

interface Found {
  mayCreate: boolean
  readOnly: boolean
  tables: string[]
  moveId: string | null
}

/** drizzle-kit's ledger of a register in `public` lies in a schema of its own. */
const question = `
  select has_schema_privilege(current_schema(), 'create') as "mayCreate", 
    pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as "readOnly",
    to_regclass(format('%I.move', current_schema())) is not null as "hasMove",
    to_json(array(select format('%I.%I', nspname, relname) from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind in ('r', 'p', 'v', 'm', 'f')
        and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
        and (nspname = current_schema() or (nspname = 'drizzle' and current_schema() = 'public'))
      order by nspname = 'drizzle', relname)) as tables`

async function look(target: Client): Promise<Found> {
  const [found] = await target.send<Omit<Found, 'moveId'> & { hasMove: boolean }>(question)
  if (!found) throw new Error('The database of MOVE_TARGET_URL does not answer')
  const [move] = found.hasMove ? await target.send<{ id: string }>('select id from move') : []
  return { ...found, moveId: move?.id ?? null }
}

function unfitness({ mayCreate, readOnly, tables, moveId }: Found, id: string): string | undefined {
  if (readOnly) return 'The database of MOVE_TARGET_URL takes no changes: name the primary, and a role that may write'
  if (!mayCreate)
    return 'The role of MOVE_TARGET_URL may make no tables there: name the role that owns the database, as DATABASE_DIRECT_URL will'
  if (moveId !== null && moveId !== id)
    return 'Another register is on its way to the database of MOVE_TARGET_URL: give this one an empty database of its own'
  if (moveId === null && tables.length)
    return `The database of MOVE_TARGET_URL is not empty: it has ${tables.length} tables or views, such as ${tables[0]}. Give the register an empty one`
  return undefined
}

export async function requireFit(target: Client, id: string): Promise<void> {
  await homeOf(target)
  const found = await look(target)
  const reason = unfitness(found, id)
  if (reason) throw new Error(reason)
}

export async function stateOf(target: Client, id: string): Promise<TargetState | undefined> {
  const { moveId } = await look(target)
  if (moveId !== id) return undefined
  const [row] = await target.send<{ state: TargetState }>('select state from move')
  return row?.state
}

export async function advance(target: Client, id: string, from: TargetState, to: TargetState): Promise<void> {
  const [row] = await target.send(`update move set state = $1 where id = $2 and state = $3 returning id`, [
    to,
    id,
    from,
  ])
  if (!row) throw new Error('This move was stopped, or goes on in another process: npx homeroom move status says more')
}

export interface NewTarget {
  url: string
  folder: string
  id: string
  /** Entries of the file's log that what is copied from now on holds already. */
  applied: number
}

export async function makeTarget(target: Connection, { url, folder, id, applied }: NewTarget): Promise<void> {
  const state = await stateOf(target, id)
  if (state === undefined) {
    await requireFit(target, id)
    await within(target, (client) =>
      client.send(
        `create table move (id text primary key, state text not null, applied bigint not null, activated xid8, found jsonb);
         create table move_tables (name text primary key, rows bigint not null, last jsonb, whole boolean not null);
         create table move_definitions (place integer generated always as identity primary key, kind text not null,
           relation text not null, name text not null, definition text not null, made boolean not null default false);
         insert into move (id, state, applied) values ('${id}', 'making', ${applied})`,
      ),
    )
  }
  if (state !== undefined && state !== 'making') return
  await postgresRunner(url).migrate(migrationFiles(folder, 'postgresql'))
  await within(target, async (client) => {
    await takeOut(client)
    // A migration may have put rows there, which the register brings along.
    await client.send(`truncate ${movedTables.map(({ name }) => quoted(name)).join(', ')}`)
    await advance(client, id, 'making', 'copying')
  })
}

/** The commit point: PostgreSQL is the register. `at` is called right before it. */
export async function activate(target: Connection, id: string, at: () => void): Promise<void> {
  await within(target, async (client) => {
    await client.send(
      `set local lock_timeout = '1s'; select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off'`,
    )
    await addReferences(client)
    await advance(client, id, 'compared', 'active')
    await client.send('update move set activated = pg_current_xact_id() where id = $1', [id])
    at()
  })
}

export async function activatedIn(target: Client, id: string): Promise<string> {
  const [row] = await target.send<{ activated: string }>('select activated::text from move where id = $1', [id])
  if (!row) throw new Error('PostgreSQL knows nothing of this move any more')
  return row.activated
}

export async function foundIn(target: Client, id: string): Promise<string[]> {
  if ((await stateOf(target, id)) === undefined) return []
  const [row] = await target.send<{ found: string[] | null }>('select found from move where id = $1', [id])
  return row?.found ?? []
}
export async function noteFound(target: Client, id: string, found: string[]): Promise<void> {
  await target.send('update move set found = $1::text::jsonb where id = $2', [
    found.length ? JSON.stringify(found) : null,
    id,
  ])
}

export async function clear(target: Client, id: string): Promise<void> {
  if ((await stateOf(target, id)) === 'active') await target.send(`drop table ${own.join(', ')}`)
}

export async function rowsCopied(target: Client): Promise<number> {
  const [row] = await target.send<{ rows: string }>('select coalesce(sum(rows), 0) as rows from move_tables')
  return Number(row?.rows ?? 0)
}

/** One mover: held until the connection ends. False where another has it; throws a sentence behind a pooler. */
export async function tryLockTarget(target: Connection): Promise<boolean> {
  if (!(await target.isDirect()))
    throw new Error(
      'MOVE_TARGET_URL leads to a pooler, which gives each transaction another connection: name the way past it',
    )
  await target.send(noticeDeath)
  await target.send('set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0')
  const [row] = await target.send<{ ours: boolean }>(`select pg_try_advisory_lock(hashtext('homeroom move')) as ours`)
  return row?.ours ?? false
}

export class LockedError extends Error {
  override name = 'LockedError'
}

export async function lockTarget(target: Connection): Promise<void> {
  if (!(await tryLockTarget(target)))
    throw new LockedError(
      'Another move to the database of MOVE_TARGET_URL goes on in another process. One whose machine is gone holds it for a minute more',
    )
}

const ledgers = ['migrations', 'compatible_migrations', 'migration_statements', '__drizzle_migrations']
const isMade = (name: string) => {
  const bare = name.split('.').at(-1) ?? ''
  return [...own, ...ledgers, ...movedTables.map((table) => table.name)].includes(bare)
}

/** Takes all back that a move has made there. Throws where another register is there, or this one lives there already. */
export async function emptyTarget(target: Connection, id: string): Promise<void> {
  const found = await look(target)
  const made = found.tables.filter(isMade)
  if (found.moveId !== id) {
    if (made.length)
      throw new Error(
        'The database of MOVE_TARGET_URL holds a register that this move did not make. Nothing was changed there',
      )
    return
  }
  await within(target, async (client) => {
    const [row] = await client.send(`select id from move where id = $1 and state <> 'active' for update`, [id])
    if (!row) throw new Error('The register has moved already: npx homeroom move says where it is')
    await client.send(`drop table ${made.join(', ')}`)
  })
}

export async function clearRehearsal(target: Connection): Promise<void> {
  if ((await look(target)).moveId === rehearsal) await emptyTarget(target, rehearsal)
}

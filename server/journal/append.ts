import { randomBytes } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Placeholder, SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { insertPlan, valuesOf } from '../../db/insert-all.ts'
import { notBefore } from '../../db/kit.ts'
import {
  journal,
  journalOwners,
  journalValues,
  memberships,
  operations,
  schools,
  users,
} from '../../db/schema/index.ts'
import type { Change, Entry, NewOperation, Operation } from './entry.ts'
import { difference, hashOfEntry, hashOfValues, noValuesHash } from './entry.ts'
import { salted } from './input-hash.ts'
import type { Owner, OwnerRow } from './owners.ts'
import { closeGap, ownersOf } from './owners.ts'

/** The end of a school's chain, and the operation that continues it. `number` is 0 before the first entry. */
export interface Head {
  number: number
  hash: string
  /** The newest entry whose owners are stored; 0 where none is. */
  owned: number
  operation: Operation
}

export interface Begun {
  at: string | number
  last: string | null
  owned: number | string | null
  rights: string | null
}

/** The role and the instructor of the actor's membership, in one text; null where she has none any more, or the school is archived. */
export const rightsOf = (schoolId: number, actorId: string): SQL =>
  sql`(select m.role || ' ' || coalesce(cast(m.instructor_id as text), '') from ${memberships} m join ${users} u on u.id = m.user_id join ${schools} s on s.id = m.school_id where m.school_id = ${schoolId} and m.user_id = ${actorId} and m.archived_at is null and m.invited_name is null and u.disabled_at is null and s.archived_at is null)`

export interface Beginning {
  statement: SQL
  head(answer: readonly Begun[]): Head | undefined
}

const plan = insertPlan(operations)
/** In ms: the clocks of two machines may differ by so much, and no operation is stamped before the one it follows. */
export const clocksDiffer = 60_000

/** Called before the lock is taken: what is done under it delays everybody in the school. */
export function beginning(schoolId: number, operation: Omit<NewOperation, 'at'>, at: Date | Placeholder): Beginning {
  const stored = salted(operation)
  const newest = (of: SQL) => sql`select ${of} where school_id = ${schoolId} order by number desc limit 1`
  const last = newest(sql`number || ' ' || hash from ${journal}`)
  const latest = sql`(select at from ${operations} where school_id = ${schoolId} and number is not null order by number desc limit 1)`
  const own: Record<string, SQL> = {
    number: sql`coalesce((${newest(sql`number from ${journal}`)}), 0) + 1`,
    at: notBefore(sql`${sql.param(at, operations.at)}`, latest, clocksDiffer),
  }
  const rights = operation.actorId === null ? sql`null` : rightsOf(schoolId, operation.actorId)
  const given = valuesOf(plan, { schoolId, ...stored })
  const values = plan.columns.map(([key], index) => own[key] ?? sql`${given[index]}`)
  return {
    statement: sql`insert into ${operations} (${sql.raw(plan.names)}) values (${sql.join(values, sql`, `)}) on conflict do nothing returning at, (${last}) as last, (${newest(sql`number from ${journalOwners}`)}) as owned, ${rights} as rights`,
    head([begun]) {
      if (!begun) return undefined
      const [number = 0, hash = ''] = begun.last?.split(' ') ?? []
      const made = { ...stored, at: operations.at.mapFromDriverValue(begun.at) as Date }
      return { number: Number(number), hash, owned: Number(begun.owned), operation: made }
    },
  }
}

export async function beginOperation(
  tx: Transaction,
  schoolId: number,
  operation: NewOperation,
): Promise<Head | undefined> {
  const { statement, head } = beginning(schoolId, operation, operation.at)
  return head(await tx.rows<Begun>(statement))
}

const saltBytes = 16
/** PostgreSQL allows 65,535 parameters in a statement, SQLite 32,766. */
const rowsAtOnce = 500

export interface PreparedEntry extends Omit<Entry, 'schoolId' | 'number' | 'operationId'> {
  values: { salt: string; content: string } | null
  owners: Owner[]
}

export function prepareEntries(changes: readonly Change[]): PreparedEntry[] {
  const salts = randomBytes(saltBytes * changes.length).toString('hex')
  return changes.map((change, index) => {
    const { fields, content } = difference(change)
    const salt = salts.slice(2 * saltBytes * index, 2 * saltBytes * (index + 1))
    return {
      entity: change.entity,
      entityId: String(change.after.id),
      version: change.after.version,
      fields,
      valuesHash: change.isErasure ? noValuesHash : hashOfValues(salt, content),
      values: change.isErasure ? null : { salt, content },
      owners: ownersOf(change),
    }
  })
}

async function chain(
  tx: Transaction,
  schoolId: number,
  { operation, ...head }: Head,
  prepared: readonly PreparedEntry[],
): Promise<Head> {
  let { number, hash } = head
  const entries: (Entry & { hash: string })[] = []
  const values: { schoolId: number; number: number; salt: string; content: string }[] = []
  const owners: OwnerRow[] = []
  for (const { values: held, owners: of, ...told } of prepared) {
    const entry: Entry = { ...told, schoolId, number: ++number, operationId: operation.id }
    hash = hashOfEntry(hash, operation, entry)
    entries.push({ ...entry, hash })
    if (held) values.push({ schoolId, number, ...held })
    for (const owner of of) owners.push({ schoolId, ...owner, number })
  }
  const kept = values.length ? [[journalValues, values] as const] : []
  if (entries.length) await tx.insertAll([journal, entries], ...kept, [journalOwners, owners])
  return { number, hash, owned: number, operation }
}

export async function appendPrepared(
  tx: Transaction,
  schoolId: number,
  head: Head,
  prepared: readonly PreparedEntry[],
): Promise<Head> {
  await closeGap(tx, schoolId, head.owned, head.number)
  return chain(tx, schoolId, head, prepared)
}

export async function append(tx: Transaction, schoolId: number, head: Head, changes: readonly Change[]): Promise<Head> {
  await closeGap(tx, schoolId, head.owned, head.number)
  let end = head
  for (let from = 0; from < changes.length; from += rowsAtOnce) {
    end = await chain(tx, schoolId, end, prepareEntries(changes.slice(from, from + rowsAtOnce)))
    if (from + rowsAtOnce < changes.length) await breathe()
  }
  return { ...end, owned: end.number }
}

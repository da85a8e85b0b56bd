/** One process at a time works on an import. Another takes over when the first says nothing for half a minute. */
import type { SQL } from 'drizzle-orm'
import { and, asc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { imports } from '../../db/schema/index.ts'
import type { ImportState } from '../../db/values.ts'
import { DomainError } from '../errors.ts'
import { firstOf } from '../oneroster/read/values.ts'
import type { ImportKey } from './pieces.ts'

/** In ms. */
export const leaseFor = 30_000

/** A bundle over which processes die would otherwise end one after the other. */
const attemptsAtMost = 3
export const hasBrokenOff = ({ attempts }: Leased): boolean => attempts > attemptsAtMost

export type ImportRow = typeof imports.$inferSelect
export interface Leased extends ImportRow {
  owner: string
}

const until = (now: Date) => new Date(now.getTime() + leaseFor)
const isFree = (now: Date) => or(isNull(imports.leaseUntil), lt(imports.leaseUntil, now))
const isOurs = ({ schoolId, id, owner }: Leased): SQL | undefined =>
  and(eq(imports.schoolId, schoolId), eq(imports.id, id), eq(imports.leaseOwner, owner))

const workStates = ['comparing', 'applying'] as const

export async function waits(db: Database, now: Date): Promise<ImportKey | undefined> {
  const [next] = await db
    .select({ schoolId: imports.schoolId, id: imports.id })
    .from(imports)
    .where(and(inArray(imports.state, [...workStates]), isFree(now)))
    .orderBy(asc(imports.changedAt))
    .limit(1)
  return next
}

export async function claim(db: Database, now: Date): Promise<Leased | undefined> {
  const next = await waits(db, now)
  if (!next) return undefined
  const owner = newId()
  const [taken] = await db.transaction(noSchool, (tx) =>
    tx
      .update(imports)
      .set({ leaseOwner: owner, leaseUntil: until(now), attempts: sql`${imports.attempts} + 1` })
      .where(
        and(
          eq(imports.schoolId, next.schoolId),
          eq(imports.id, next.id),
          inArray(imports.state, [...workStates]),
          isFree(now),
        ),
      )
      .returning(),
  )
  return taken && { ...taken, owner }
}

export async function beat(
  db: Database,
  job: Leased,
  now: Date,
  progress: string,
): Promise<'go on' | 'canceled' | 'lost'> {
  const [row] = await db.transaction(noSchool, (tx) =>
    tx
      .update(imports)
      .set({ leaseUntil: until(now), progress: firstOf(progress, 300) })
      .where(isOurs(job))
      .returning({ isCanceled: imports.isCanceled }),
  )
  if (!row) return 'lost'
  return row.isCanceled ? 'canceled' : 'go on'
}

type Ending = Partial<Pick<ImportRow, 'report' | 'failure'>> & { state: ImportState }

/** A bundle of several schools is written school by school: once one of them is, the others follow. */
export const hasBegun = ({ choices }: Pick<ImportRow, 'choices'>): boolean => choices.isBegun === true

/** Whoever was told to stop before does not begin, and whoever has lost the lease does not go on. */
const isWanted = (job: Leased) => and(isOurs(job), hasBegun(job) ? undefined : eq(imports.isCanceled, false))

export async function beginIn(tx: Transaction, job: Leased, now: Date): Promise<void> {
  const choices = { ...job.choices, isBegun: true }
  const [row] = await tx
    .update(imports)
    .set({ choices, leaseUntil: until(now), attempts: 0 })
    .where(isWanted(job))
    .returning({ id: imports.id })
  if (!row) throw new DomainError('import.stopped')
  job.choices = choices
}

async function finishIn(tx: Transaction, job: Leased, now: Date, ending: Ending): Promise<void> {
  const [row] = await tx
    .update(imports)
    .set({ ...ending, progress: null, leaseOwner: null, leaseUntil: null, attempts: 0, changedAt: now })
    .where(isWanted(job))
    .returning({ id: imports.id })
  if (!row) throw new DomainError('import.stopped')
}

export const finish = (db: Database, job: Leased, now: Date, ending: Ending): Promise<void> =>
  db.transaction(noSchool, (tx) => finishIn(tx, job, now, ending))

export async function letGo(db: Database, job: Leased): Promise<void> {
  await db.transaction(noSchool, async (tx) => {
    await tx.update(imports).set({ leaseOwner: null, leaseUntil: null, attempts: 0 }).where(isOurs(job))
  })
}

export async function endCanceled(db: Database, job: Leased, now: Date): Promise<void> {
  await db.transaction(noSchool, async (tx) => {
    await tx
      .update(imports)
      .set({ state: 'canceled', progress: null, leaseOwner: null, leaseUntil: null, changedAt: now })
      .where(isOurs(job))
  })
}

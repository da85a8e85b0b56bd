/** These numbers cover all processes and schools, and say nothing about a person. */
import type { Column, SQL } from 'drizzle-orm'
import { and, asc, desc, gte, lt, sql } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { databaseFacts } from '../../db/facts.ts'
import { instances, procedureMinutes } from '../../db/schema/index.ts'
import { ownsRegister } from '../auth/owners.ts'
import { readBackfills } from '../backfills/progress.ts'
import { readBackups } from '../backups/runs.ts'
import { readStream } from '../backups/stream/told.ts'
import { countColumns, minuteOf } from '../calls/minutes.ts'
import { quantile } from '../calls/quantile.ts'
import type { Context } from '../context.ts'
import { isOn } from '../flags/is-on.ts'
import { newestNumber } from '../journal/newest.ts'
import { readSigns } from './signs.ts'

const minuteMs = 60_000
const shownMinutes = 60
/** In ms. A process writes a minute within moments of its end. */
const written = 5000
/** In ms. A process reports itself every ten seconds. */
const goneAfter = 60_000
const instancesAtMost = 50

const sum = (column: Column) => sql<number>`coalesce(sum(${column}), 0)`.mapWith(Number)
const counts = Object.fromEntries(countColumns.map((name) => [name, sum(procedureMinutes[name])])) as Record<
  (typeof countColumns)[number],
  SQL<number>
>
const sums = {
  calls: sum(procedureMinutes.calls),
  refused: sum(procedureMinutes.refused),
  failed: sum(procedureMinutes.failed),
  ...counts,
}

type Sums = Record<keyof typeof sums, number>
/** The counts are exact to about a tenth of a ms. */
const rounded = (ms: number | null) => (ms === null ? null : Math.round(ms * 10) / 10)
function summed(row: Sums) {
  const { calls, refused, failed } = row
  const byTime = countColumns.map((name) => row[name])
  return { calls, refused, failed, p50: rounded(quantile(byTime, 0.5)), p95: rounded(quantile(byTime, 0.95)) }
}

/** Every process has written the minutes of this hour. */
function lastHour(now: Date): { from: Date; until: Date } {
  const until = minuteOf(new Date(now.getTime() - written))
  return { from: new Date(until.getTime() - shownMinutes * minuteMs), until }
}
const within = ({ from, until }: ReturnType<typeof lastHour>) =>
  and(gte(procedureMinutes.minuteAt, from), lt(procedureMinutes.minuteAt, until))

async function readProcedures(db: Database, hour: ReturnType<typeof lastHour>) {
  const { procedure } = procedureMinutes
  const rows = await db
    .select({ procedure, ...sums })
    .from(procedureMinutes)
    .where(within(hour))
    .groupBy(procedure)
    .orderBy(asc(procedure))
  return rows.map((row) => ({ procedure: row.procedure, ...summed(row) }))
}

async function readMinutes(db: Database, hour: ReturnType<typeof lastHour>) {
  const { minuteAt } = procedureMinutes
  const rows = await db
    .select({ minuteAt, ...sums })
    .from(procedureMinutes)
    .where(within(hour))
    .groupBy(minuteAt)
  const found = new Map(rows.map((row) => [row.minuteAt.getTime(), summed(row)]))
  return Array.from({ length: shownMinutes }, (_, index) => {
    const at = hour.from.getTime() + index * minuteMs
    const { calls, failed, p95 } = found.get(at) ?? { calls: 0, failed: 0, p95: null }
    return { at: new Date(at).toISOString(), calls, failed, p95 }
  })
}

async function readInstances(db: Database, now: Date) {
  const rows = await db
    .select()
    .from(instances)
    .orderBy(desc(instances.seenAt), asc(instances.id))
    .limit(instancesAtMost)
  const shown = rows.map(({ startedAt, seenAt, isDraining, ...row }) => {
    const isGone = now.getTime() - seenAt.getTime() > goneAfter
    const state = isGone ? ('gone' as const) : isDraining ? ('draining' as const) : ('serving' as const)
    return { ...row, state, startedAt: startedAt.toISOString(), seenAt: seenAt.toISOString() }
  })
  const order = (state: string) => Number(state === 'gone')
  return shown.toSorted(
    (a, b) => order(a.state) - order(b.state) || (a.state === 'gone' ? 0 : a.startedAt.localeCompare(b.startedAt)),
  )
}

async function readDatabase({ db, school }: Pick<Context, 'db' | 'school'>) {
  const [{ migrations, ...facts }, filling, newestEntry] = await Promise.all([
    databaseFacts(db),
    readBackfills(db),
    newestNumber(db, school.id),
  ])
  return {
    ...facts,
    migrations: migrations.map(({ name, at }) => ({ name, at: at.toISOString() })),
    backfills: filling.map(({ name, state, rowsDone, rowsLeft }) => ({ name, state, rowsDone, rowsLeft })),
    newestEntry,
  }
}

const isoOf = (at: Date | null) => at?.toISOString() ?? null

async function readStreamState(db: Database) {
  const told = await readStream(db)
  if (!told) return null
  const { storedAt, baseAt, failure } = told
  const reason = failure && { at: failure.at.toISOString(), reason: failure.reason }
  return { ...told, storedAt: isoOf(storedAt), baseAt: isoOf(baseAt), failure: reason }
}

async function readNewestBackup(db: Database, now: Date) {
  const [{ last, failure, rehearsal }, stream] = await Promise.all([readBackups(db, now), readStreamState(db)])
  const iso = <T extends { at: Date }>(row: T | null) => (row ? { ...row, at: row.at.toISOString() } : null)
  return { last: iso(last), failure: iso(failure), rehearsal: iso(rehearsal), stream }
}

export async function readSystem({ db, school, actor, now, flags }: Context) {
  const hour = lastHour(now)
  const processes = await readInstances(db, now)
  const backup = await readNewestBackup(db, now)
  const backupMs = backup.last && backup.last.copyMs + backup.last.verifyMs
  const owns = await ownsRegister(db, actor.userId)
  const serving = processes.filter(({ state }) => state === 'serving').length
  return {
    at: now.toISOString(),
    instances: processes,
    procedures: await readProcedures(db, hour),
    minutes: await readMinutes(db, hour),
    database: await readDatabase({ db, school }),
    backup,
    /** Whether this person may look after a move, for screens of the release before. */
    mayMove: owns && isOn({ flags }, 'move-page'),
    ownsRegister: owns,
    signs: await readSigns(db, now, { processes: serving, backupMs }),
  }
}

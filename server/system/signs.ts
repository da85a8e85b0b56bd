/** The signs by which a register in one file is told when PostgreSQL would serve it better. */
import { availableParallelism } from 'node:os'
import { desc, isNull } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { schools, usageDays } from '../../db/schema/index.ts'
import { countColumns } from '../calls/minutes.ts'
import { quantile } from '../calls/quantile.ts'
import { usageDateOf, usageKept } from '../calls/usage.ts'
import { limits, manyPeople, rule } from './limits.ts'

export type SignState = 'far' | 'near' | 'reached'
type Row = typeof usageDays.$inferSelect
type Limit = (typeof limits)[keyof typeof limits]

interface Told {
  processes: number
  /** Making and checking the newest backup, in ms. */
  backupMs: number | null
}

const day = 86_400_000
/** In days. A register that is younger says nothing of its growth. */
const growthNeeds = 14
const tenths = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10)

const isOften = (values: readonly (number | null)[], limit: number) =>
  values.slice(-rule.of).filter((value) => value !== null && value >= limit).length >= rule.days
const stateOf = (values: readonly (number | null)[], { watch, worth }: Limit): SignState =>
  isOften(values, worth) ? 'reached' : isOften(values, watch) ? 'near' : 'far'
const stateNow = (value: number, { watch, worth }: Limit): SignState =>
  value >= worth ? 'reached' : value >= watch ? 'near' : 'far'
const worse = (a: SignState, b: SignState): SignState => {
  const order: SignState[] = ['far', 'near', 'reached']
  return order.indexOf(a) > order.indexOf(b) ? a : b
}
const atMostNear = (state: SignState): SignState => (state === 'reached' ? 'near' : state)

const writesOf = (row: Row) => countColumns.map((name) => row[name])

/** On PostgreSQL, too, the writes of one school take turns: with a single one nothing would be won. */
function waitingOf(days: readonly (Row | null)[], schoolsInUse: number) {
  const values = days.map((row) => row && tenths(quantile(writesOf(row), 0.95)))
  const state = stateOf(values, limits.waiting)
  const writes = days.map((row) => row && writesOf(row).reduce((sum, count) => sum + count, 0))
  return { state: schoolsInUse > 1 ? state : atMostNear(state), days: values, writes, limits: limits.waiting }
}

/** Another process on the same machine is easier than another machine. */
function machineOf(days: readonly (Row | null)[], processes: number) {
  const processors = availableParallelism()
  const values = days.map((row) => row?.busiest ?? null)
  const state = stateOf(values, limits.machine)
  const isFull = processes >= processors
  return { state: isFull ? state : atMostNear(state), days: values, processes, processors, limits: limits.machine }
}

function peopleOf(days: readonly (Row | null)[]) {
  const values = days.map((row) => row?.peopleAtOnce ?? null)
  const state: SignState = isOften(values, manyPeople) ? 'near' : 'far'
  return { state, days: values, inADay: days.map((row) => row?.people ?? null), many: manyPeople }
}

/** In bytes a year, as it went from the oldest day that is known to the newest. */
function growth(days: readonly (Row | null)[]): number | null {
  const known = days.flatMap((row, index) => (row ? [{ index, size: row.size }] : []))
  const [first, last] = [known.at(0), known.at(-1)]
  if (!first || !last || last.index - first.index < growthNeeds) return null
  return Math.round(((last.size - first.size) / (last.index - first.index)) * 365)
}

function sizeOf(days: readonly (Row | null)[], backupMs: number | null) {
  const values = days.map((row) => row?.size ?? null)
  const now = values.findLast((value) => value !== null) ?? 0
  const aYear = growth(days)
  const isSoon = now + (aYear ?? 0) >= limits.size.worth
  const ofFile = worse(stateNow(now, limits.size), isSoon ? 'near' : 'far')
  const state = worse(ofFile, stateNow(backupMs ?? 0, limits.backup))
  return { state, days: values, aYear, backupMs, limits: limits.size, backupLimits: limits.backup }
}

/** One for each day until today, the oldest first; null for a day on which nothing was kept. */
function perDay(rows: readonly Row[], now: Date) {
  const found = new Map(rows.map((row) => [row.date, row]))
  const dates = Array.from({ length: usageKept }, (_, ago) => usageDateOf(new Date(now.getTime() - ago * day)))
  const since = dates.findLast((date) => found.has(date)) ?? null
  const days = dates.flatMap((date) => (since && date >= since ? [found.get(date) ?? null] : []))
  return { since, days: days.toReversed() }
}

export async function readSigns(db: Database, now: Date, { processes, backupMs }: Told) {
  if (!db.waits()) return null
  const rows = await db.select().from(usageDays).orderBy(desc(usageDays.date)).limit(usageKept)
  const schoolsInUse = await db.$count(schools, isNull(schools.archivedAt))
  const { since, days } = perDay(rows, now)
  const signs = {
    waiting: waitingOf(days, schoolsInUse),
    machine: machineOf(days, processes),
    people: peopleOf(days),
    size: sizeOf(days, backupMs),
  }
  const state = Object.values(signs).reduce<SignState>((worst, sign) => worse(worst, sign.state), 'far')
  return { state, since, schools: schoolsInUse, rule, ...signs }
}

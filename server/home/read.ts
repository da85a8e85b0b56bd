import { eq, exists, isNotNull, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { prepared } from '../../db/prepared.ts'
import { inUse } from '../../db/rows.ts'
import { academicSessions, classes, meetings, schools, students } from '../../db/schema/index.ts'
import { readTerms } from '../academic-sessions/open.ts'
import { allows } from '../access.ts'
import { backupTrouble } from '../backups/runs.ts'
import { streamTrouble } from '../backups/stream/told.ts'
import { addDays, clockTime, today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { importTroubles } from '../imports/sources.ts'
import type { SchoolChanges } from '../journal/kept.ts'
import { changesNow } from '../journal/kept.ts'
import { scopeOf } from '../scope.ts'
import { readAttention } from './attention.ts'
import { readChanges } from './changes.ts'
import { readRosterChanges } from './roster-changes.ts'
import { nextMeetingDay, readDaysAhead, readHours, readOwnMeetings } from './schedule.ts'

const p = sql.placeholder

const anyOf = (db: Reader, table: typeof students | typeof classes | typeof academicSessions | typeof meetings) =>
  sql<number>`case when ${exists(
    db
      .select({ one: sql`1` })
      .from(table as typeof meetings)
      .where(inUse(table, p('schoolId'), table === meetings ? isNotNull(meetings.weekday) : undefined)),
  )} then 1 else 0 end`.mapWith(Number)

const beginnings = prepared((db, _shape: 'all') =>
  db
    .select({
      students: anyOf(db, students),
      classes: anyOf(db, classes),
      terms: anyOf(db, academicSessions),
      meetings: anyOf(db, meetings),
    })
    .from(schools)
    .where(eq(schools.id, p('schoolId'))),
)

async function readBeginnings({ db, school }: Context) {
  const [has] = await beginnings(db, 'all', { schoolId: school.id })
  return {
    students: has?.students === 1,
    classes: has?.classes === 1,
    terms: has?.terms === 1,
    meetings: has?.meetings === 1,
  }
}

async function readOffice(ctx: Context, since: Promise<SchoolChanges>) {
  const [hours, attention, imports, changes] = await Promise.all([
    readHours(ctx, since),
    readAttention(ctx, since),
    importTroubles(ctx),
    readChanges(ctx),
  ])
  return { hours, attention, imports, changes, own: [], rosterChanges: [], rosterNews: [] }
}

async function readOwn(ctx: Context, since: Promise<SchoolChanges>) {
  const [own, news] = await Promise.all([readOwnMeetings(ctx, since), readRosterChanges(ctx)])
  return { hours: [], attention: [], imports: [], changes: [], own, ...news }
}

const keepsServer = ({ actor }: Context) => allows(actor, 'system.read')
const readBackupTrouble = (ctx: Context) => (keepsServer(ctx) ? backupTrouble(ctx.db, ctx.now) : null)
const readStreamTrouble = (ctx: Context) => (keepsServer(ctx) ? streamTrouble(ctx.db, ctx.now) : null)

/** Days and hours are the school's. `nextDay` is null when a class meets today. */
export async function readHome(ctx: Context) {
  const since = changesNow(ctx)
  const ofDay = scopeOf(ctx.actor) === 'own' ? readOwn(ctx, since) : readOffice(ctx, since)
  const [terms, has, ofToday, days, backup, stream] = await Promise.all([
    readTerms(ctx),
    readBeginnings(ctx),
    ofDay,
    readDaysAhead(ctx, since),
    readBackupTrouble(ctx),
    readStreamTrouble(ctx),
  ])
  const isFree = ofToday.hours.length + ofToday.own.length === 0
  const { current, next } = terms
  return {
    date: today(ctx),
    time: clockTime(ctx),
    day: days.stored.get(today(ctx)) ?? null,
    tomorrow: days.stored.get(addDays(today(ctx), 1)) ?? null,
    term: current ? { title: current.title, endDate: current.endDate } : null,
    nextTerm: next ? { title: next.title, startDate: next.startDate } : null,
    nextDay: isFree && has.meetings ? await nextMeetingDay(ctx, terms, since) : null,
    has,
    backup,
    stream,
    ...ofToday,
  }
}

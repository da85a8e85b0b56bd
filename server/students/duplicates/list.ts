import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Reader } from '../../../db/database.ts'
import { alias } from '../../../db/kit.ts'
import { prepared } from '../../../db/prepared.ts'
import { inUse } from '../../../db/rows.ts'
import { students } from '../../../db/schema/index.ts'
import { atSchoolOn } from '../../at-school.ts'
import { today } from '../../calendar.ts'
import type { Context } from '../../context.ts'
import { grouped } from '../../grouped.ts'
import { firstPairs } from './first-pairs.ts'

const p = sql.placeholder
const pairsShown = 200
const same = alias(students, 'same')

const shown = {
  id: students.id,
  givenName: students.givenName,
  middleName: students.middleName,
  familyName: students.familyName,
  number: students.number,
  birthDate: students.birthDate,
  email: students.email,
}

/** The index of name and birth date holds all that this reads, and few names remain to be counted. */
const sharedNames = (db: Reader) =>
  db
    .select({ sortName: same.sortName })
    .from(same)
    .where(inUse(same, p('schoolId')))
    .groupBy(same.sortName)
    .having(sql`count(*) > 1 and count(*) > count(distinct ${same.birthDate})`)

const alike = (db: Reader) =>
  db
    .select({ sortName: students.sortName, birthDate: students.birthDate, count: sql<number>`count(*)`.as('alike') })
    .from(students)
    .where(inUse(students, p('schoolId'), inArray(students.sortName, sharedNames(db))))
    .groupBy(students.sortName, students.birthDate)
    .as('alike')

/** Thousands of one name make millions of pairs, so these are counted by sums: all pairs without those of two dates. */
const names = prepared((db, _shape: 'all') => {
  const ofName = alike(db)
  const { sortName, birthDate, count } = ofName
  const dated = sql`sum(case when ${birthDate} is null then 0 else ${count} end)`
  const squares = sql`sum(case when ${birthDate} is null then 0 else ${count} * ${count} end)`
  const pairs = sql`((sum(${count}) * (sum(${count}) - 1) - ${dated} * ${dated} + ${squares}) / 2)`
  return db
    .select({ sortName, pairs: pairs.mapWith(Number), total: sql`sum(${pairs}) over ()`.mapWith(Number) })
    .from(ofName)
    .groupBy(sortName)
    .orderBy(asc(sortName))
    .limit(p('limit'))
})
type Name = Awaited<ReturnType<typeof names>>[number]

function enoughOf(found: readonly Name[], limit: number): Name[] {
  let before = 0
  return found.filter(({ pairs }) => {
    before += pairs
    return before - pairs < limit
  })
}

async function pairsOf({ db, school }: Context, wanted: readonly Name[], limit: number): Promise<[string, string][]> {
  const sortNames = wanted.map(({ sortName }) => sortName)
  const namesakes = await db
    .select({ id: students.id, sortName: students.sortName, birthDate: students.birthDate })
    .from(students)
    .where(inUse(students, school.id, inArray(students.sortName, sortNames)))
  const byName = grouped(namesakes, ({ sortName }) => sortName)
  return sortNames.flatMap((name) => firstPairs(byName.get(name) ?? [], limit)).slice(0, limit)
}

async function recordsOf(ctx: Context, ids: Set<string>) {
  const { db, school } = ctx
  const rows = await db
    .select({ ...shown, ...atSchoolOn(today(ctx)) })
    .from(students)
    .where(and(eq(students.schoolId, school.id), inArray(students.id, [...ids])))
  return new Map(rows.map((row) => [row.id, row]))
}

/** A pair has the same name and no two different birth dates. */
export async function listDuplicates(ctx: Context, limit = pairsShown) {
  const found = await names(ctx.db, 'all', { schoolId: ctx.school.id, limit })
  if (!found.length) return { count: 0, pairs: [] }
  const pairs = await pairsOf(ctx, enoughOf(found, limit), limit)
  const records = await recordsOf(ctx, new Set(pairs.flat()))
  const shownPairs = pairs.flatMap(([one, other]) => {
    const [a, b] = [records.get(one), records.get(other)]
    return a && b ? [{ one: a, other: b }] : []
  })
  return { count: found[0]?.total ?? 0, pairs: shownPairs }
}

import type { SQL } from 'drizzle-orm'
import { eq, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { placeIn } from '../../db/kit.ts'
import { students } from '../../db/schema/index.ts'
import type { GradeLevel } from '../../db/values.ts'
import { gradeLevels } from '../../db/values.ts'
import { allows } from '../access.ts'
import { gradeOn, statusOn } from '../at-school.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { idsOf } from '../records/kind.ts'
import { asked, holds, pagedList } from '../records/paged-list.ts'
import { usualsOf } from '../schools/read.ts'
import { scopeOf, teachesStudent } from '../scope.ts'
import { addressesOf } from './addresses.ts'
import { factsOf } from './facts.ts'
import { guardiansOf } from './guardians.ts'
import type { CountStudentsInput, ListStudentsInput } from './input.ts'
import {
  enteredFrom,
  enteredTo,
  hasUnlistedGrade,
  havingGuardians,
  inLines,
  isInClass,
  offeredLevels,
} from './list-filters.ts'
import { listedColumns } from './read.ts'

const day = sql.placeholder('today')
const gradeLevel = gradeOn(day)
const grade = sql`lower(ltrim(of_day.grade, '0'))`
const afterNumber = sql`ltrim(${grade}, '0123456789')`
const beforeNumber = sql`rtrim(${grade}, '0123456789')`
/** In a number at either end, how many digits there are comes before them: so 9 comes before 10. */
const otherGrade = sql`case when ${afterNumber} <> ${grade}
  then cast(length(${grade}) - length(${afterNumber}) as text) || ${grade}
  else ${beforeNumber} || cast(length(${grade}) - length(${beforeNumber}) as text) || substr(${grade}, length(${beforeNumber}) + 1) end`
const usualOrder = sql`case of_day.grade ${sql.join(
  gradeLevels.map((code, index) => sql.raw(`when '${code}' then '${String(index).padStart(2, '0')}'`)),
  sql` `,
)} else coalesce('a' || ${otherGrade}, 'b') end`

const listedGrades = sql`cast(${sql.placeholder('gradesListed')} as text)`
const placeOfGrade = placeIn(listedGrades, sql`(${'\n'} || of_day.grade || ${'\n'})`)

/** Grades in the order of the school's list, else the usual one, then those that are in no list, then those who have none. */
const orderOfDay = sql`coalesce('!' || cast(100000 + nullif(${placeOfGrade}, 0) as text), ${usualOrder})`
/** Without the offset a database asks for the grade of the day at each of its places. */
const gradeOrder = sql`(select ${orderOfDay} from (select ${gradeLevel} as grade limit 1 offset 0) as of_day)`

/** What a list is ordered by, before name and id. By name there is nothing before them. */
const keys: Partial<Record<string, SQL>> = { number: sql`coalesce(${students.numberOrder}, '')`, grade: gradeOrder }

const ofLevel = {
  one: eq(gradeLevel, asked('gradeLevel')),
  none: isNull(gradeLevel),
  unlisted: hasUnlistedGrade,
}
const gradeFilter = ({ gradeLevel: one, withoutGradeLevel, withUnlistedGradeLevel }: Partial<CountStudentsInput>) => {
  if (withoutGradeLevel) return 'none'
  if (withUnlistedGradeLevel) return 'unlisted'
  return one === undefined ? undefined : 'one'
}
const ofProgram = { one: eq(students.programId, asked('programId')), none: isNull(students.programId) }

const pages = pagedList({
  table: students,
  keys,
  shapeOf: ({ actor }: Context, { status, programId, ...filter }: CountStudentsInput) =>
    ({
      scope: scopeOf(actor),
      ofGrade: gradeFilter(filter),
      status: status !== undefined,
      program: programId === undefined ? undefined : programId === 'none' ? 'none' : 'one',
      inClass: filter.classId !== undefined,
      having: allows(actor, 'guardian.read') ? filter.guardians : undefined,
      entered: { from: filter.enteredFrom !== undefined, to: filter.enteredTo !== undefined },
      isPrivate: allows(actor, 'student.readPrivate'),
    }) as const,
  valuesOf: (ctx: Context & { levels?: readonly GradeLevel[] }) => ({
    today: today(ctx),
    gradesListed: inLines((ctx.levels ?? []).map(({ code }) => code)),
    gradesOffered: offeredLevels(ctx.levels ?? []),
  }),
  conditions: (db, { ofGrade, status, program, inClass, having, entered, words, scope }) => [
    ofGrade && ofLevel[ofGrade],
    status ? eq(statusOn(day), asked('status')) : undefined,
    program && ofProgram[program],
    inClass ? isInClass : undefined,
    having && havingGuardians[having],
    entered.from ? enteredFrom : undefined,
    entered.to ? enteredTo : undefined,
    holds(students.searchText, words),
    scope === 'own' ? teachesStudent(db, students.schoolId, students.id) : undefined,
  ],
  select: (db, { sort = 'name', isPrivate }) =>
    db
      .select({
        ...listedColumns,
        sortName: students.sortName,
        key: (keys[sort] ?? sql`''`) as SQL<string>,
        ...(isPrivate && { birthDate: students.birthDate }),
      })
      .from(students),
})

type Asking = Pick<CountStudentsInput, 'withUnlistedGradeLevel'> & { sort?: string }
async function withLevels(ctx: Context, { sort, withUnlistedGradeLevel }: Asking) {
  const isNeeded = sort === 'grade' || withUnlistedGradeLevel
  const usuals = isNeeded ? await usualsOf(ctx.db, [ctx.school.id]) : undefined
  return { ...ctx, levels: usuals?.get(ctx.school.id)?.gradeLevels ?? [] }
}

export const studentList = {
  ...pages,
  count: async (ctx: Context, filter: CountStudentsInput) => pages.count(await withLevels(ctx, filter), filter),
  whole: async (db: Reader, ctx: Context, filter: CountStudentsInput) =>
    pages.whole(db, await withLevels(ctx, filter), filter),
  async page(ctx: Context, { withAddresses, withGuardians, withFacts, ...input }: ListStudentsInput) {
    const { rows, next } = await pages.page(await withLevels(ctx, input), input)
    const { actor } = ctx
    const ids = idsOf(rows)
    const addresses = withAddresses && allows(actor, 'student.readPrivate') ? await addressesOf(ctx, ids) : undefined
    const guardians = withGuardians && allows(actor, 'guardian.read') ? await guardiansOf(ctx, ids) : undefined
    const facts = withFacts ? await factsOf(ctx, ids) : undefined
    const more = ({ id }: { id: string }) => ({
      ...(addresses && { addresses: addresses(id) }),
      ...facts?.(id),
      ...(guardians && { guardians: guardians(id) }),
    })
    return { rows: rows.map((row) => ({ ...row, ...more(row) })), next }
  },
}

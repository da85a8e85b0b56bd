import type { SQL } from 'drizzle-orm'
import { and, asc, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { contains } from '../../db/kit.ts'
import { prepared } from '../../db/prepared.ts'
import { students } from '../../db/schema/index.ts'
import { gradeLevels } from '../../db/values.ts'
import { allows } from '../access.ts'
import type { Context } from '../context.ts'
import { searchWords } from '../people.ts'
import { everyRow } from '../records/many.ts'
import type { Scope } from '../scope.ts'
import { scopeOf, scopeValues, teachesStudent } from '../scope.ts'
import type { CountStudentsInput, ListStudentsInput } from './input.ts'
import type { StudentRow } from './kind.ts'

const p = sql.placeholder

/** Grades in school order; the codes no list knows come last, by name. */
const gradeOrder = sql`case ${students.gradeLevel} ${sql.join(
  gradeLevels.map((grade, index) => sql.raw(`when '${grade}' then '${String(index).padStart(2, '0')}'`)),
  sql` `,
)} else coalesce(${students.gradeLevel}, 'zzz') end`

/** What a list is ordered by, before name and id. By name there is nothing before them. */
const sortKeys: Record<ListStudentsInput['sort'], SQL | undefined> = {
  name: undefined,
  number: sql`coalesce(${students.number}, '')`,
  grade: gradeOrder,
}

interface Filter {
  scope: Scope
  words: number
  gradeLevel: boolean
  status: boolean
  program: 'one' | 'none' | undefined
  archived: boolean
}
export interface Shape extends Filter {
  sort: ListStudentsInput['sort']
  descending: boolean
  continued: boolean
  isPrivate: boolean
}

const filterOf = ({ actor }: Context, input: CountStudentsInput, words: string[]): Filter => ({
  scope: scopeOf(actor),
  words: words.length,
  gradeLevel: input.gradeLevel !== undefined,
  status: input.status !== undefined,
  program: input.programId === undefined ? undefined : input.programId === 'none' ? 'none' : 'one',
  archived: input.archived,
})
const filterValues = ({ school, actor }: Context, input: CountStudentsInput, words: string[]) => ({
  ...scopeValues(actor),
  ...Object.fromEntries(words.map((word, index) => [`word${index}`, word])),
  schoolId: school.id,
  gradeLevel: input.gradeLevel,
  status: input.status,
  programId: input.programId,
})

const ofProgram = { one: eq(students.programId, p('programId')), none: isNull(students.programId) }

const matching = (db: Reader, filter: Filter) =>
  and(
    eq(students.schoolId, p('schoolId')),
    filter.archived ? and(isNotNull(students.archivedAt), isNull(students.erasedAt)) : isNull(students.archivedAt),
    filter.gradeLevel ? eq(students.gradeLevel, p('gradeLevel')) : undefined,
    filter.status ? eq(students.status, p('status')) : undefined,
    filter.program && ofProgram[filter.program],
    ...Array.from({ length: filter.words }, (_, index) => contains(students.searchText, p(`word${index}`))),
    filter.scope === 'own' ? teachesStudent(db, students.schoolId, students.id) : undefined,
  )

const after = ({ continued, descending, sort }: Shape) => {
  if (!continued) return undefined
  const key = sortKeys[sort]
  const beyond = descending ? sql`<` : sql`>`
  return key
    ? sql`(${key}, ${students.sortName}, ${students.id}) ${beyond} (${p('key')}, ${p('name')}, ${p('id')})`
    : sql`(${students.sortName}, ${students.id}) ${beyond} (${p('name')}, ${p('id')})`
}

/** The statement of one page; its shape is a `Shape` as JSON. */
export const studentsPage = prepared((db, text: string) => {
  const shape = JSON.parse(text) as Shape
  const key = sortKeys[shape.sort]
  const direction = shape.descending ? desc : asc
  return db
    .select({
      id: students.id,
      givenName: students.givenName,
      familyName: students.familyName,
      preferredName: students.preferredName,
      number: students.number,
      gradeLevel: students.gradeLevel,
      status: students.status,
      email: students.email,
      programId: students.programId,
      isInternational: students.isInternational,
      isCoop: students.isCoop,
      version: students.version,
      sortName: students.sortName,
      key: (key ?? sql`''`) as SQL<string>,
      ...(shape.isPrivate && { birthDate: students.birthDate }),
    })
    .from(students)
    .where(and(matching(db, shape), after(shape)))
    .orderBy(...(key ? [direction(key)] : []), direction(students.sortName), direction(students.id))
    .limit(p('limit'))
})

/** One page, and the cursor of the next; null at the end. */
export async function listStudents(ctx: Context, input: ListStudentsInput) {
  const words = searchWords(input.search)
  const shape: Shape = {
    ...filterOf(ctx, input, words),
    sort: input.sort,
    descending: input.descending,
    continued: Boolean(input.cursor),
    isPrivate: allows(ctx.actor.role, 'student.readPrivate'),
  }
  const values = { ...filterValues(ctx, input, words), ...input.cursor, limit: input.limit + 1 }
  const rows = await studentsPage(ctx.db, JSON.stringify(shape), values)
  const shown = rows.slice(0, input.limit).map(({ sortName: _, key: __, ...row }) => row)
  const last = rows.length > input.limit ? rows[input.limit - 1] : undefined
  return { rows: shown, next: last ? { key: last.key, name: last.sortName, id: last.id } : null }
}

const whole = prepared((db, text: string) =>
  db
    .select()
    .from(students)
    .where(and(matching(db, JSON.parse(text) as Filter), gt(students.id, p('after'))))
    .orderBy(asc(students.id))
    .limit(p('limit')),
)

/** The whole rows of all students that a list with these filters has, for changing them; by id. */
export function studentsOfList(db: Reader, ctx: Context, input: CountStudentsInput): Promise<StudentRow[]> {
  const words = searchWords(input.search)
  const filter = JSON.stringify(filterOf(ctx, input, words))
  const values = filterValues(ctx, input, words)
  return everyRow(async (place) => (await whole(db, filter, { ...values, ...place })) as StudentRow[])
}

const counted = prepared((db, text: string) =>
  db
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(students)
    .where(matching(db, JSON.parse(text) as Filter)),
)

/** How many students a list with these filters has. */
export async function countStudents(ctx: Context, input: CountStudentsInput): Promise<number> {
  const words = searchWords(input.search)
  const [row] = await counted(ctx.db, JSON.stringify(filterOf(ctx, input, words)), filterValues(ctx, input, words))
  return row?.count ?? 0
}

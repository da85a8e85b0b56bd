import type { SQL } from 'drizzle-orm'
import { eq, isNull, sql } from 'drizzle-orm'
import { students } from '../../db/schema/index.ts'
import { gradeLevels } from '../../db/values.ts'
import { allows } from '../access.ts'
import type { Context } from '../context.ts'
import { idsOf } from '../records/kind.ts'
import { asked, holds, pagedList } from '../records/paged-list.ts'
import { scopeOf, teachesStudent } from '../scope.ts'
import { addressesOf } from './addresses.ts'
import type { CountStudentsInput, ListStudentsInput } from './input.ts'
import { listedColumns } from './read.ts'

/** Grades in school order; the codes no list knows come last, by name. */
const gradeOrder = sql`case ${students.gradeLevel} ${sql.join(
  gradeLevels.map((grade, index) => sql.raw(`when '${grade}' then '${String(index).padStart(2, '0')}'`)),
  sql` `,
)} else coalesce(${students.gradeLevel}, 'zzz') end`

/** What a list is ordered by, before name and id. By name there is nothing before them. */
const keys: Partial<Record<string, SQL>> = { number: sql`coalesce(${students.numberOrder}, '')`, grade: gradeOrder }

const ofProgram = { one: eq(students.programId, asked('programId')), none: isNull(students.programId) }

const pages = pagedList({
  table: students,
  keys,
  shapeOf: ({ actor }: Context, { gradeLevel, status, programId }: CountStudentsInput) =>
    ({
      scope: scopeOf(actor),
      gradeLevel: gradeLevel !== undefined,
      status: status !== undefined,
      program: programId === undefined ? undefined : programId === 'none' ? 'none' : 'one',
      isPrivate: allows(actor.role, 'student.readPrivate'),
    }) as const,
  conditions: (db, { gradeLevel, status, program, words, scope }) => [
    gradeLevel ? eq(students.gradeLevel, asked('gradeLevel')) : undefined,
    status ? eq(students.status, asked('status')) : undefined,
    program && ofProgram[program],
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

export const studentList = {
  ...pages,
  async page(ctx: Context, { withAddresses, ...input }: ListStudentsInput) {
    const { rows, next } = await pages.page(ctx, input)
    const isWanted = withAddresses && allows(ctx.actor.role, 'student.readPrivate')
    const found = isWanted ? await addressesOf(ctx, idsOf(rows)) : undefined
    return { rows: rows.map((row) => ({ ...row, ...(found && { addresses: found(row.id) }) })), next }
  },
}

import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { students } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { canonical } from '../journal/canonical.ts'
import type { Change } from '../journal/entry.ts'
import { changesSince } from '../journal/since.ts'
import type { Names } from '../people.ts'
import { searchText, sortName } from '../people.ts'
import type { SeenStudentInput } from './input.ts'

export type StudentRow = typeof students.$inferSelect
type StudentFields = Partial<Omit<StudentRow, 'schoolId' | 'id' | 'version' | 'sortName' | 'searchText'>>

/** The columns that follow from others. */
export const derived = (
  student: Names & { number?: string | null | undefined; email?: string | null | undefined },
) => ({
  sortName: sortName(student),
  searchText: searchText(student, student.number, student.email),
})

/** The student as somebody saw her, to be changed now; `stale` says who was faster. */
export async function seenStudent(tx: Transaction, { school }: MutationContext, { id, version }: SeenStudentInput) {
  const [row] = await tx
    .select()
    .from(students)
    .where(and(eq(students.schoolId, school.id), eq(students.id, id)))
  if (!row) throw new DomainError('student.not_found')
  if (row.version !== version)
    throw new DomainError('student.stale', { changes: await changesSince(tx, school.id, 'student', id, version) })
  return row
}

/** Writes the fields and answers the change; nothing when none differs and nothing around her (`touched`) has changed. */
export async function changeStudent(
  tx: Transaction,
  before: StudentRow,
  fields: StudentFields,
  touched = false,
): Promise<Change[]> {
  const merged = { ...before, ...fields }
  if (!touched && canonical(merged) === canonical(before)) return []
  const [after] = await tx
    .update(students)
    .set({ ...fields, ...derived(merged), version: before.version + 1 })
    .where(and(eq(students.schoolId, before.schoolId), eq(students.id, before.id)))
    .returning()
  return [{ entity: 'student', before, after: after as StudentRow }]
}

import { overlap } from '../calendar.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import { rowsWith } from '../records/kind.ts'
import type { Undoing } from '../records/undoing.ts'
import { classInstructorCore } from './core.ts'

/** The instructor's assignments in a class must not overlap, and a class has one primary instructor a day. */
export async function requireFree({ tx, pairs, isReverted, changed }: Undoing): Promise<Change[]> {
  for (const { after } of pairs(classInstructorCore)) {
    if (after.archivedAt) continue
    const rows = await rowsWith(tx, classInstructorCore, after.schoolId, 'classId', [after.classId])
    const others = rows.filter(({ id, archivedAt }) => !archivedAt && !isReverted(id))
    const own = others.filter(({ instructorId }) => instructorId === after.instructorId)
    if (own.some((other) => overlap(other, after))) throw new DomainError('classInstructor.overlaps')
    const primary = others.find((other) => other.isPrimary && after.isPrimary && overlap(other, after))
    if (primary) throw await changed([{ entity: 'classInstructor', id: primary.id }])
  }
  return []
}

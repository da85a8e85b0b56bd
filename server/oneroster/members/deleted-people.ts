/** Whoever the other system deletes is in no class any more, whatever rows it forgets to delete. */
import { today } from '../../calendar.ts'
import type { Comparison } from '../comparison/comparison.ts'
import type { Entity, Stored } from '../comparison/known.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import type { MemberEntity } from './member.ts'
import { memberEntities, personEntity } from './member.ts'
import { endedOn, isOpen, isWaiting } from './open-members.ts'

function* deletedUsers({ staged }: Comparison): Generator<string> {
  for (const [sourcedId, { status }] of staged.rows.users.entries()) if (status === 'tobedeleted') yield sourcedId
}

function archivedOf(
  comparison: Comparison,
  person: Entity,
  school: PlannedSchool,
  users: readonly string[],
): Set<string> {
  const ids = users.flatMap((user) => comparison.idOf(person, school, user) ?? [])
  return new Set(ids.filter((id) => comparison.row(person, school, id)?.archivedAt))
}

/** One that had ended before stays as it was, though the bundle has its row without an end. */
function end(comparison: Comparison, entity: MemberEntity, school: PlannedSchool, row: Stored, day: string): boolean {
  const before = comparison.differences.get([entity, school.key, row.id])?.before
  const hadEnded = before && !isOpen(entity, before, day) && !isWaiting(before)
  const wanted = hadEnded ? { fields: before, archived: before.archivedAt !== null } : endedOn(entity, row, day)
  comparison.settle(entity, school, row.id, wanted)
  return !hadEnded
}

/** Must run after the enrollments. */
export function endOfDeletedPeople(comparison: Comparison): void {
  const users = [...deletedUsers(comparison)]
  if (!users.length) return
  let ended = 0
  for (const school of comparison.orgs.schools)
    for (const entity of memberEntities) {
      const deleted = archivedOf(comparison, personEntity[entity], school, users)
      if (!deleted.size) continue
      const day = today({ school, now: comparison.now })
      for (const [[, person = '', id = '']] of comparison.known.members.under([entity, school.key])) {
        const row = deleted.has(person) ? comparison.row(entity, school, id) : undefined
        if (row && (isOpen(entity, row, day) || isWaiting(row)) && end(comparison, entity, school, row, day)) ended++
      }
    }
  if (ended) comparison.report.note(`Enrollments and assignments of deleted people end today: ${ended}`)
}

import type { Comparison } from '../comparison/comparison.ts'
import type { Entity } from '../comparison/known.ts'
import { ownId } from '../comparison/known.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import type { Row } from '../read/row.ts'

/** The row's own title. Where it has none, that of the register stays, and a new record is called by its code or its id. */
export function titleOf(
  comparison: Comparison,
  entity: Entity,
  school: PlannedSchool,
  existing: string | undefined,
  row: Row,
  made: string,
): string {
  if (row.fields.title) return row.fields.title
  const held = existing === undefined ? undefined : comparison.row(entity, school, existing)
  const stays = typeof held?.title === 'string' && held.title !== held.code && held.title !== ownId(held)
  const what = stays ? "the register's stays" : 'its code or sourcedId is the title now'
  comparison.report.warn(row, `has no title; ${what}`, 'title')
  return stays ? String(held.title) : made
}

import { and, eq, isNull } from 'drizzle-orm'
import type { bellSchedules, calendars } from '../../db/schema/index.ts'
import { idsOf } from '../records/kind.ts'
import type { UndoRules } from '../records/undoing.ts'

/** An undo may bring back the default of a time before another was made: `undo.changed` names the one that is there now. */
export const keepsOneDefault =
  (
    entity: 'calendar' | 'bellSchedule',
    table: typeof calendars | typeof bellSchedules,
  ): NonNullable<UndoRules['after']> =>
  async ({ tx, ctx, pairs, changed }) => {
    const t = table as typeof calendars
    const touched = pairs({ entity, table: t }).map(({ after }) => after)
    if (!touched.length) return []
    const rows = await tx
      .select({ id: t.id })
      .from(t)
      .where(and(eq(t.schoolId, ctx.school.id), eq(t.isDefault, true), isNull(t.archivedAt)))
    const own = new Set(idsOf(touched))
    const others = rows.filter(({ id }) => !own.has(id))
    if (rows.length > 1) throw await changed(others.map(({ id }) => ({ entity, id })))
    return []
  }

/** A school where things are done and taken back, in as few words as a test wants. */
import { and, asc, eq } from 'drizzle-orm'
import { afterAll } from 'vitest'
import { newId } from '../../../db/kit.ts'
import * as schema from '../../../db/schema/index.ts'
import { kinds } from '../../../server/kinds.ts'
import type { Person, RequestContext } from '../../../server/trpc.ts'
import type { Caller } from '../../setup/people.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'

afterAll(() => db.close())

export const school = await makeSchool()
export const registrar = await makePerson(school, 'registrar')
export const api = () => as(registrar)
/** Today is Friday, 20 November 2026, 9:00 in London. */
export const later = (hours: number) => ({ now: new Date(now.getTime() + hours * 3_600_000) })

type More = Partial<RequestContext>
/** Does it under a key of its own, which is the operation's id. */
export async function doing(work: (who: Caller) => Promise<unknown>, who: Person = registrar, more: More = {}) {
  const key = newId()
  await work(as(who, { ...more, key }))
  return key
}
export const undo = (operationId: string, who: Person = registrar, more: More = {}) =>
  as(who, more).journal.undo({ operationId })

export const refused = (reason: string, details?: object) => ({ cause: { reason, ...(details && { details }) } })
export const seen = ({ id, version }: { id: string; version: number }) => ({ id, version })

/** Every row of the school that somebody could have changed, without its version; by table and id. */
export async function everything(): Promise<Map<string, Record<string, unknown>>> {
  const rows = new Map<string, Record<string, unknown>>()
  for (const [entity, kind] of Object.entries(kinds)) {
    const table = kind.table as typeof schema.rooms
    for (const { version: _, ...row } of await db
      .select()
      .from(table)
      .where(eq(table.schoolId, school.id))
      .orderBy(asc(table.id)))
      rows.set(`${entity} ${row.id}`, row)
  }
  return rows
}
type Everything = Awaited<ReturnType<typeof everything>>

/** What was there before, as it is now; and what was not and is not archived. */
export const sinceThen = (before: Everything, current: Everything) => ({
  known: new Map([...current].filter(([key]) => before.has(key))),
  left: [...current].filter(([key, { archivedAt }]) => !before.has(key) && archivedAt === null),
})

export const enrollmentRow = async (id: string) => {
  const [row] = await db
    .select()
    .from(schema.enrollments)
    .where(and(eq(schema.enrollments.schoolId, school.id), eq(schema.enrollments.id, id)))
  return row
}

import { eq } from 'drizzle-orm'
import type { Transaction } from '../../../db/database.ts'
import { schools } from '../../../db/schema/index.ts'
import { canonical } from '../../canonical.ts'
import type { Change } from '../../journal/entry.ts'
import type { SchoolRow } from '../../schools/create.ts'
import { createSchool } from '../../schools/create.ts'
import type { Total } from './comparison.ts'
import type { PlannedSchool } from './schools.ts'

export function schoolChange({ existing, source, sourcedId, name, extra, archived }: PlannedSchool, now: Date) {
  if (!existing) return { counted: archived ? 'archived' : 'new', after: null } as const
  const archivedAt = archived ? (existing.archivedAt ?? now) : null
  const after = { ...existing, source, sourcedId, name, extra: extra ?? existing.extra, archivedAt }
  const same = canonical(after) === canonical(existing)
  const counted: keyof Total = same ? 'same' : archivedAt && !existing.archivedAt ? 'archived' : 'changed'
  return { counted, after: { ...after, version: existing.version + (same ? 0 : 1) } } as const
}

export interface WrittenSchool {
  school: SchoolRow
  changes: Change[]
}

export async function writeSchool(tx: Transaction, planned: PlannedSchool, now: Date): Promise<WrittenSchool> {
  const { existing, source, sourcedId, name, timeZone, locale, extra } = planned
  const { counted, after } = schoolChange(planned, now)
  if (!existing || !after) {
    const made = await createSchool(tx, { name, timeZone, locale, source, sourcedId, extra: extra ?? {} })
    return planned.archived ? archiveNew(tx, made, now) : made
  }
  if (counted === 'same') return { school: existing, changes: [] }
  const { id, ...fields } = after
  await tx.update(schools).set(fields).where(eq(schools.id, id))
  return { school: after, changes: [{ entity: 'school', before: existing, after }] }
}

async function archiveNew(tx: Transaction, { school, changes }: WrittenSchool, now: Date): Promise<WrittenSchool> {
  const after = { ...school, archivedAt: now, version: 2 }
  await tx.update(schools).set({ archivedAt: now, version: 2 }).where(eq(schools.id, school.id))
  return { school: after, changes: [...changes, { entity: 'school', before: school, after }] }
}

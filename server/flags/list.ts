import { inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { schools, flags as table, users } from '../../db/schema/index.ts'
import type { FlagKey } from './registry.ts'
import { flagKeys, flags } from './registry.ts'
import { storedRules } from './rules.ts'
import { untouched } from './set.ts'

/** In days. A release flag that everybody has had for so long is to be removed. */
export const settledAfter = 14
const day = 86_400_000

async function named(db: Reader, rows: readonly { people: string[]; schools: number[]; changedBy: string | null }[]) {
  const userIds = rows.flatMap(({ people, changedBy }) => [...people, ...(changedBy ? [changedBy] : [])])
  const schoolIds = rows.flatMap(({ schools: ids }) => ids)
  const people = userIds.length
    ? await db
        .select({ id: users.id, name: users.name, email: users.email })
        .from(users)
        .where(inArray(users.id, [...new Set(userIds)]))
    : []
  const ofSchools = schoolIds.length
    ? await db
        .select({ id: schools.id, slug: schools.slug, name: schools.name })
        .from(schools)
        .where(inArray(schools.id, [...new Set(schoolIds)]))
    : []
  return {
    people: new Map(people.map((row) => [row.id, row])),
    schools: new Map(ofSchools.map((row) => [row.id, row])),
  }
}

export async function listFlags(db: Reader, now: Date) {
  const rows = await db.select().from(table).where(inArray(table.key, flagKeys))
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const known = await named(db, rows)
  const today = now.toISOString().slice(0, 10)
  return flagKeys.map((key: FlagKey) => {
    const row = byKey.get(key) ?? untouched(key)
    const { kind, owner, created, expires, default: isOnByDefault, per, does } = flags[key]
    const { version, fullSince, changedAt, changedBy } = row
    const { mode, percent, roles, includesOwners, fromAt } = storedRules.parse(row)
    const isSettled = fullSince !== null && now.getTime() - fullSince.getTime() >= settledAfter * day
    return {
      ...{ key, kind, owner, created, expires, isOnByDefault, per, does },
      ...{ version, mode, percent, roles, includesOwners },
      people: row.people.flatMap((id) => known.people.get(id) ?? []),
      schools: row.schools.flatMap((id) => known.schools.get(id) ?? []),
      fromAt: fromAt?.toISOString() ?? null,
      fullSince: fullSince?.toISOString() ?? null,
      changedAt: version ? changedAt.toISOString() : null,
      changedBy: (changedBy && known.people.get(changedBy)?.name) ?? null,
      isExpired: expires !== null && expires <= today,
      isToBeRemoved: kind === 'release' && mode === 'rules' && isSettled,
    }
  })
}
export type ListedFlag = Awaited<ReturnType<typeof listFlags>>[number]

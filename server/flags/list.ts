import { inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { flags as table } from '../../db/schema/index.ts'
import type { Names } from './names.ts'
import { namesOf } from './names.ts'
import type { FlagKey } from './registry.ts'
import { flagKeys, flagOf } from './registry.ts'
import type { FlagRow } from './rules.ts'
import { readable, storedRules } from './rules.ts'

/** In days. A release flag that everybody has had for so long is to be removed. */
export const settledAfter = 14
const day = 86_400_000

const namedBy = ({ people, schools, changedBy }: FlagRow) => ({
  people: changedBy ? [...people, changedBy] : people,
  schools,
})

function listed(key: FlagKey, { row, isBroken }: ReturnType<typeof readable>, known: Names, now: Date) {
  const { kind, owner, created, expires, default: isOnByDefault, per, does } = flagOf(key)
  const { version, fullSince, changedAt, changedBy } = row
  const { mode, percent, roles, includesOwners, fromAt } = storedRules.parse(row)
  const isSettled = fullSince !== null && now.getTime() - fullSince.getTime() >= settledAfter * day
  return {
    ...{ key, kind, owner, created, expires, isOnByDefault, per, does },
    ...{ version, mode, percent, roles, includesOwners, isBroken },
    people: row.people.flatMap((id) => known.people.get(id) ?? []),
    schools: row.schools.flatMap((id) => known.schools.get(id) ?? []),
    fromAt: fromAt?.toISOString() ?? null,
    fullSince: fullSince?.toISOString() ?? null,
    changedAt: version && !isBroken ? changedAt.toISOString() : null,
    changedBy: (changedBy && known.people.get(changedBy)?.name) ?? null,
    isExpired: expires !== null && expires <= now.toISOString().slice(0, 10),
    isToBeRemoved: kind === 'release' && mode === 'rules' && isSettled,
  }
}
export type ListedFlag = ReturnType<typeof listed>

export async function listFlags(db: Reader, now: Date, keys: readonly FlagKey[] = flagKeys): Promise<ListedFlag[]> {
  const rows = await db
    .select()
    .from(table)
    .where(inArray(table.key, [...keys]))
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const found = keys.map((key) => ({ key, ...readable(key, byKey.get(key)) }))
  const known = await namesOf(
    db,
    found.map(({ row }) => namedBy(row)),
  )
  return found.map(({ key, ...row }) => listed(key, row, known, now))
}

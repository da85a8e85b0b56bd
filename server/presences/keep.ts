import { and, asc, desc, eq, gt, inArray, lt, ne } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { presences, users } from '../../db/schema/index.ts'
import { audienceOf } from '../audience.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { isOn } from '../flags/is-on.ts'
import { kinds } from '../kinds.ts'
import { findRow } from '../records/kind.ts'
import type { KeepPresenceInput } from './input.ts'

/** In ms. A tab reports itself every ten seconds. */
const goneAfter = 30_000
/** Rows of invented tabs must not slow down everybody's reports. */
const forgottenAfter = 2 * goneAfter

/** Of one person in a school. Nobody has more open, and each tab is a row that others read. */
export const tabsAtMost = 60

/** Whoever may hear of a record's changes may also see who else has it open. */
async function requireRecord({ db, school, actor }: MutationContext, { entity, entityId }: KeepPresenceInput) {
  const entry = { entity, id: entityId, actorId: actor.userId, owners: [{ entity, id: entityId }] }
  const mayHear = await audienceOf(db, school.id, [entry], [actor])
  const isThere = mayHear(actor, entry) && (await findRow(db, kinds[entity], school.id, entityId))
  if (!isThere) throw new DomainError('record.not_found')
}

async function othersAt({ db, school, actor, now }: MutationContext, { entity, entityId }: KeepPresenceInput) {
  const rows = await db
    .select({ userId: users.id, name: users.name, isEditing: presences.isEditing })
    .from(presences)
    .innerJoin(users, eq(users.id, presences.userId))
    .where(
      and(
        eq(presences.schoolId, school.id),
        eq(presences.entity, entity),
        eq(presences.entityId, entityId),
        ne(presences.userId, actor.userId ?? ''),
        gt(presences.seenAt, new Date(now.getTime() - goneAfter)),
      ),
    )
    .orderBy(asc(users.name), asc(users.id))
  const people = new Map<string, { name: string; isEditing: boolean }>()
  for (const { userId, name, isEditing } of rows)
    people.set(userId, { name, isEditing: isEditing || Boolean(people.get(userId)?.isEditing) })
  return [...people.values()]
}

async function sweep(tx: Transaction, schoolId: number, { userId, seenAt }: { userId: string; seenAt: Date }) {
  const here = eq(presences.schoolId, schoolId)
  await tx.delete(presences).where(and(here, lt(presences.seenAt, new Date(seenAt.getTime() - forgottenAfter))))
  const beyond = await tx
    .select({ id: presences.id })
    .from(presences)
    .where(and(here, eq(presences.userId, userId)))
    .orderBy(desc(presences.seenAt), desc(presences.id))
    .offset(tabsAtMost)
    .limit(tabsAtMost)
  const ids = beyond.map(({ id }) => id)
  if (ids.length) await tx.delete(presences).where(and(here, inArray(presences.id, ids)))
}

export async function keepPresence(ctx: MutationContext, input: KeepPresenceInput) {
  const { db, school, actor, now } = ctx
  if (!isOn(ctx, 'presences')) return []
  await requireRecord(ctx, input)
  const { tab, ...record } = input
  const set = { ...record, userId: actor.userId ?? '', seenAt: now }
  await db.transaction(noSchool, async (tx) => {
    await tx
      .insert(presences)
      .values({ ...set, schoolId: school.id, id: tab })
      .onConflictDoUpdate({
        target: [presences.schoolId, presences.id],
        set,
        setWhere: eq(presences.userId, set.userId),
      })
    await sweep(tx, school.id, set)
  })
  return othersAt(ctx, input)
}

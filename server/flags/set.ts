import { and, count, desc, eq, inArray } from 'drizzle-orm'
import type { Database, Reader, Transaction } from '../../db/database.ts'
import { registerJournal, schools, flags as table, users } from '../../db/schema/index.ts'
import { requireOwner } from '../auth/owners.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Operation } from '../journal/entry.ts'
import { isSame } from '../journal/entry.ts'
import type { RegisterChange } from '../journal/register.ts'
import { mutateRegister } from '../journal/register.ts'
import type { SetFlagInput, UndoFlagInput } from './input.ts'
import { flags, isFlagKey } from './registry.ts'
import type { FlagRow, Rules } from './rules.ts'
import { readable, storedRules, untouched } from './rules.ts'
import { flagsOf } from './store.ts'

export async function rowOf(db: Reader, key: string): Promise<FlagRow> {
  const [row] = await db.select().from(table).where(eq(table.key, key))
  return readable(key, row).row
}

/** What the chain tells: who changed it, and when, stands in the entry. */
const told = ({ key: id, changedAt: _at, changedBy: _by, fullSince: _since, ...rules }: FlagRow) => ({ id, ...rules })

async function requireKnown(tx: Reader, { people, schools: ids }: Rules): Promise<void> {
  const countOf = async (rows: PromiseLike<{ n: number }[]>) => (await rows)[0]?.n ?? 0
  if (
    people.length &&
    (await countOf(tx.select({ n: count() }).from(users).where(inArray(users.id, people)))) < people.length
  )
    throw new DomainError('member.not_found')
  if (
    ids.length &&
    (await countOf(tx.select({ n: count() }).from(schools).where(inArray(schools.id, ids)))) < ids.length
  )
    throw new DomainError('school.not_found')
}

/** A rule that would answer differently within what has one answer. */
function requireFit(key: keyof typeof flags, { people, roles, includesOwners, schools: ids, percent }: Rules): void {
  const { per } = flags[key]
  const namesPeople = people.length > 0 || roles.length > 0 || includesOwners
  const parts = per === 'register' && (ids.length > 0 || (percent > 0 && percent < 100))
  if ((per !== 'person' && namesPeople) || parts) throw new DomainError('flag.not_so_fine', { per })
}

function fullSinceOf({ mode, percent, fromAt }: Rules, before: FlagRow, now: Date): Date | null {
  if (mode !== 'rules' || percent < 100) return null
  const begins = new Date(Math.max(now.getTime(), fromAt?.getTime() ?? 0))
  return before.fullSince && before.fullSince < begins ? before.fullSince : begins
}

const sorted = <T>(list: readonly T[]) => [...new Set(list)].toSorted()

async function put(
  tx: Transaction,
  before: FlagRow,
  rules: Rules,
  operation: Operation,
): Promise<RegisterChange | null> {
  const { key } = before
  const { people, roles, schools: ids } = rules
  const own = { ...rules, people: sorted(people), roles: sorted(roles), schools: sorted(ids) }
  if (isSame(own, storedRules.parse(before))) return null
  const after: FlagRow = {
    ...{ ...own, key, version: before.version + 1, fullSince: fullSinceOf(own, before, operation.at) },
    ...{ changedAt: operation.at, changedBy: operation.actorId },
  }
  await tx.insert(table).values(after).onConflictDoUpdate({ target: table.key, set: after })
  return { entity: 'flag', after: told(after), ...(before.version && { before: told(before) }) }
}

function registered(key: string): keyof typeof flags {
  if (!isFlagKey(key)) throw new DomainError('flag.not_found')
  return key
}

async function seen(tx: Reader, key: string, version: number | undefined): Promise<FlagRow> {
  const before = await rowOf(tx, key)
  if (version !== undefined && before.version !== version) throw new DomainError('flag.stale')
  return before
}

/** By the command line, which has the right, and by whoever was looked at before. Throws `flag.*`, `member.not_found`, `school.not_found`. */
export async function changeFlag(
  db: Database,
  operation: Operation,
  { key: named, version, fromAt, ...change }: Omit<SetFlagInput, 'version'> & { version?: number },
  allowed: (tx: Reader) => Promise<void> = async () => undefined,
): Promise<void> {
  const key = registered(named)
  await mutateRegister(db, operation, async (tx) => {
    await allowed(tx)
    const before = await seen(tx, key, version)
    const from = fromAt === undefined ? {} : { fromAt: fromAt && new Date(fromAt) }
    const rules = storedRules.parse({ ...before, ...change, ...from })
    requireFit(key, rules)
    await requireKnown(tx, rules)
    return put(tx, before, rules, operation)
  })
  await flagsOf(db).look()
}

async function valuesBefore(tx: Reader, key: string, version: number): Promise<Partial<Rules>> {
  const [entry] = await tx
    .select({ content: registerJournal.content })
    .from(registerJournal)
    .where(
      and(eq(registerJournal.entity, 'flag'), eq(registerJournal.entityId, key), eq(registerJournal.version, version)),
    )
    .orderBy(desc(registerJournal.number))
    .limit(1)
  if (!entry) throw new DomainError('operation.not_found')
  const { before } = JSON.parse(entry.content) as { before?: Partial<Record<keyof Rules, unknown>> }
  if (!before) return storedRules.parse(untouched(key))
  const { fromAt, ...rest } = before
  return { ...rest, ...(fromAt !== undefined && { fromAt: fromAt && new Date(String(fromAt)) }) } as Partial<Rules>
}

export interface SetFlag {
  key: string
  version: number
}
async function versionOf(db: Reader, key: string): Promise<SetFlag> {
  const { version } = await rowOf(db, key)
  return { key, version }
}

const operationOf = ({ operation, actor, now }: MutationContext): Operation => ({
  ...operation,
  actorId: actor.userId,
  at: now,
})
const byOwner = (ctx: MutationContext) => (tx: Reader) => requireOwner(tx, ctx.actor.userId)

/** Throws `owner.only`, `flag.not_found`, `flag.stale`, `flag.not_so_fine`, `member.not_found`, `school.not_found`. */
export async function setFlag(ctx: MutationContext, input: SetFlagInput): Promise<SetFlag> {
  await changeFlag(ctx.db, operationOf(ctx), input, byOwner(ctx))
  return versionOf(ctx.db, input.key)
}

/** Takes the newest change of a flag back. Throws `owner.only`, `flag.not_found`, `flag.stale`. */
export async function undoFlag(ctx: MutationContext, { key: named, version }: UndoFlagInput): Promise<SetFlag> {
  const key = registered(named)
  const operation = operationOf(ctx)
  await mutateRegister(ctx.db, operation, async (tx) => {
    await requireOwner(tx, ctx.actor.userId)
    const before = await seen(tx, key, version)
    const rules = storedRules.parse({ ...before, ...(await valuesBefore(tx, key, version)) })
    await requireKnown(tx, rules)
    return put(tx, before, rules, operation)
  })
  await flagsOf(ctx.db).look()
  return versionOf(ctx.db, key)
}

import { and, desc, eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { registerJournal, users } from '../../db/schema/index.ts'
import type { Names } from './names.ts'
import { namesOf } from './names.ts'
import type { FlagKey } from './registry.ts'
import type { Rules } from './rules.ts'

const shownAtMost = 50

type Told = Partial<Omit<Rules, 'fromAt'>> & { fromAt?: string | null }
interface Content {
  before?: Told
  after?: Told
}

const idsIn = ({ before, after }: Content) =>
  [before, after].map((told) => ({ people: told?.people ?? [], schools: told?.schools ?? [] }))

/** Those who are gone are left out. */
function shown({ mode, percent, roles, includesOwners, fromAt, people, schools }: Told, known: Names) {
  return {
    ...{ mode, percent, roles, includesOwners, fromAt },
    people: people?.map((id) => known.people.get(id)?.name ?? ''),
    schools: schools?.map((id) => known.schools.get(id)?.name ?? ''),
  }
}

export async function readHistory(db: Reader, key: FlagKey) {
  const rows = await db
    .select({
      ...{ number: registerJournal.number, version: registerJournal.version, at: registerJournal.at },
      ...{ procedure: registerJournal.procedure, content: registerJournal.content, by: users.name },
    })
    .from(registerJournal)
    .leftJoin(users, eq(users.id, registerJournal.actorId))
    .where(and(eq(registerJournal.entity, 'flag'), eq(registerJournal.entityId, key)))
    .orderBy(desc(registerJournal.number))
    .limit(shownAtMost)
  const told = rows.map(({ content, ...row }) => ({ ...row, content: JSON.parse(content) as Content }))
  const known = await namesOf(
    db,
    told.flatMap(({ content }) => idsIn(content)),
  )
  return told.map(({ number, version, at, procedure, content: { before = {}, after = {} }, by }) => ({
    ...{ number, version, by, at: at.toISOString() },
    isUndo: procedure === 'flags.undo',
    isByGuard: procedure === 'flags.guard',
    before: shown(before, known),
    after: shown(after, known),
  }))
}

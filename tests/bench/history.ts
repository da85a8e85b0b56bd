/** What the history of a record costs that has changed a thousand times, and what the journal costs each write. Run by bench.ts. */
import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import { students } from '../../db/schema/index.ts'
import type { Context, MutationContext } from '../../server/context.ts'
import { listHistory } from '../../server/history/list.ts'
import { readRecordHistory } from '../../server/history/of-record.ts'
import { Bulk } from '../../server/journal/bulk.ts'
import type { Change } from '../../server/journal/entry.ts'
import { mutate } from '../../server/journal/operation.ts'
import { findRow } from '../../server/records/kind.ts'
import { addRows, changeRows } from '../../server/records/write.ts'
import { roomKind } from '../../server/rooms/kind.ts'
import { studentKind } from '../../server/students/kind.ts'
import { readStudent } from '../../server/students/read.ts'
import { compare, line, measure } from './measure.ts'
import { schoolOf } from './students.ts'

const writers = 16
const changes = 1_000

const db = await open()
const school = await schoolOf(db, 2_000)
const actor = { userId: null, role: 'registrar', instructorId: null } as const
const reading = (): Context => ({ db, school, actor, now: new Date() })
const writing = (): MutationContext => ({
  ...reading(),
  operation: { id: newId(), procedure: 'students.update', inputHash: '0'.repeat(64), way: 'screen' },
})
const told = (name: string, ms: number) => console.log(`${name.padEnd(44)} ${ms.toFixed(1).padStart(9)} ms`)

const ids = (
  await db
    .select({ id: students.id })
    .from(students)
    .where(eq(students.schoolId, school.id))
    .limit(2 * writers)
).map(({ id }) => id)
let n = 0

const write = async (tx: Transaction, id: string): Promise<Change[]> => {
  const row = await findRow(tx, studentKind, school.id, id)
  return row ? changeRows(tx, studentKind, [row], { givenName: `Name ${n++}` }) : []
}
/** A change of one student, answered with the student as `students.update` does it. */
const journaled = (id: string) => {
  const ctx = writing()
  return mutate(
    ctx,
    { deed: 'change', about: 'student' },
    (tx) => write(tx, id),
    (tx) => readStudent(tx, ctx, id),
  )
}
/** The same transaction, of which the journal knows nothing. */
const bare = (id: string) =>
  db.transaction(school.id, async (tx) => {
    await write(tx, id)
    return readStudent(tx, reading(), id)
  })
const atOnce = (work: (id: string) => Promise<unknown>) => {
  let from = 0
  return () => {
    from = (from + writers) % ids.length
    return Promise.all(ids.slice(from, from + writers).map(work))
  }
}

async function importRooms(count: number): Promise<void> {
  const operation = {
    ...writing().operation,
    actorId: null,
    at: new Date(),
    way: 'import' as const,
    procedure: 'import',
    deed: 'import' as const,
    about: null,
  }
  await db.transaction(school.id, async (tx) => {
    const bulk = await Bulk.begin(tx, school.id, operation)
    const rooms = Array.from({ length: count }, (_, index) => ({ name: `Bench ${index}` }))
    await bulk.write(rooms, (batch) => addRows(tx, roomKind, school.id, batch))
  })
}

console.log('\nHistory')
const [id = ''] = ids
for (let made = 0; made < changes; made++) await journaled(id)
await db.optimize()
const first = () => readRecordHistory(reading(), { entity: 'student', id })
told(`history of a record with ${changes} changes`, await measure(first, 40))
told('all that happened, first page', await measure(() => listHistory(reading(), {}), 20))
told(
  'all that happened to rooms, of which none did',
  await measure(() => listHistory(reading(), { entity: 'room' }), 10),
)
await importRooms(10_000)
told('with an import of 10,000 on the page', await measure(() => listHistory(reading(), {}), 10))
console.log(
  line(await compare(`${writers} writers, with the journal / without`, atOnce(journaled), atOnce(bare), 8, 9)),
)
await db.close()

/**
 * Staff who save, one after the other in each of four places, until the end of input: `inside` the schools of the district,
 * `outside` in one of its own. Prints as one line of JSON how long each save took, in ms.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isNull } from 'drizzle-orm'
import { register } from '../../../db/database.ts'
import { UnavailableError } from '../../../db/errors.ts'
import { newId } from '../../../db/kit.ts'
import { open } from '../../../db/open.ts'
import { schools } from '../../../db/schema/index.ts'
import type { MutationContext, School } from '../../../server/context.ts'
import { createSchool } from '../../../server/schools/create.ts'
import { createStudent } from '../../../server/students/create.ts'
import { updateStudent } from '../../../server/students/update.ts'
import '../../../server/kinds.ts'

export interface Saved {
  taken: number[]
  /** So many gave up, as a browser would hear of by a 503 and ask again. */
  refused: number
}

const db = await open()
const context = (school: School): MutationContext => ({
  db,
  school,
  actor: { userId: null, role: 'registrar', instructorId: null },
  now: new Date(),
  operation: { id: newId(), procedure: 'bench', inputHash: '', way: 'cli' },
})
const places = async (): Promise<School[]> => {
  if (process.argv[2] === 'inside') return db.select().from(schools).where(isNull(schools.archivedAt))
  const settings = { name: `Beside ${newId()}`, timeZone: 'UTC', locale: 'en' }
  return [(await db.transaction(register, (tx) => createSchool(tx, settings))).school]
}

let isOver = false
const saved: Saved = { taken: [], refused: 0 }
const records: { school: School; id: string; version: number }[] = []
for (const school of await places()) {
  const made = await createStudent(context(school), { givenName: 'Bench', familyName: 'Saved' })
  records.push({ school, id: made.id, version: made.version })
}

async function save(one: (typeof records)[number]): Promise<void> {
  const begun = performance.now()
  try {
    const { id, version } = one
    const after = await updateStudent(context(one.school), { id, version, preferredName: `${version}` })
    one.version = after.version
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error
    saved.refused++
  }
  saved.taken.push(performance.now() - begun)
}

const clerks = [0, 1, 2, 3]
/** Two clerks never edit one record. */
async function clerk(number: number): Promise<void> {
  const own = records.filter((_, n) => n % clerks.length === number)
  for (let n = 0; !isOver; n++) {
    const one = own[n % own.length]
    if (one) await save(one)
    await sleep(50)
  }
}

process.stdin.once('end', () => {
  isOver = true
})
process.stdin.resume()
console.log('ready')
await Promise.all(clerks.map(clerk))
await db.close()
console.log(JSON.stringify(saved))

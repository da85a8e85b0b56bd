/** Fills the register with a journal of about so many megabytes: `fill.ts <MB>`. */
import { newId } from '../../../db/kit.ts'
import { db, makePerson, makeSchool, writeInSchool } from '../../setup/people.ts'

const bytes = Number(process.argv[2]) * 1_000_000
/** As large as what a change of a student leaves: 2 kB in values, owners and indexes. */
const note = 'The school keeps what was said. '.repeat(40)
const each = 2_000
const atOnce = 500

const school = await makeSchool('Large')
await makePerson(school, 'registrar')
for (let written = 0; written < bytes; written += each * atOnce)
  await writeInSchool(school.id, async () =>
    Array.from({ length: atOnce }, (_, n) => ({
      entity: 'student' as const,
      after: { id: newId(), version: 1, givenName: `Student ${n}`, notes: `${note}${Math.random()}` },
    })),
  )
await db.close()

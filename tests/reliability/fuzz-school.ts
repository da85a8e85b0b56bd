/** Two schools in which everything there can be is once, on the database that DATABASE_URL names; prints `FuzzedSchool`. */
import type { School } from '../../server/context.ts'
import { rows } from '../setup/marked-rows.ts'
import { makeMarkedSchools } from '../setup/marked-school.ts'
import { db } from '../setup/people.ts'

export interface FuzzedSchool {
  school: School
  /** Of what there is in both. */
  ids: string[]
}

const { home } = await makeMarkedSchools()
const ids = rows.map(({ id }) => id).filter((id) => /^[0-9a-f-]{36}$/.test(id))
await db.close()
process.stdout.write(JSON.stringify({ school: home, ids } satisfies FuzzedSchool), () => process.exit())

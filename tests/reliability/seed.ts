/**
 * Migrates the database that DATABASE_URL names, and brings a school with students and signed-in registrars into it. Run as
 * a program with the numbers of students and of registrars; prints `Seeded` as JSON.
 */
import { migrate } from '../../db/migrate.ts'
import { migrations } from '../../server/runtime/folders.ts'
import { schoolOf } from '../bench/students.ts'
import type { Seeded } from './site.ts'

const [students, registrars] = process.argv.slice(2).map(Number)
await migrate(migrations)
const { db, makePerson } = await import('../setup/people.ts')
const { signedIn } = await import('../setup/listener.ts')
const school = await schoolOf(db, students ?? 0)
const people: Seeded['people'] = []
for (let n = 0; n < (registrars ?? 1); n++) {
  const person = await makePerson(school, 'registrar', null, new Date())
  people.push({ userId: person.userId, cookie: (await signedIn(person)).cookie })
}
await db.optimize()
await db.close()
console.log(JSON.stringify({ school: school.slug, people } satisfies Seeded))

import { inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { schools, users } from '../../db/schema/index.ts'

interface Named {
  people: readonly string[]
  schools: readonly number[]
}

/** Whom and what rules name, each once, by id. */
export async function namesOf(db: Reader, named: readonly Named[]) {
  const userIds = [...new Set(named.flatMap(({ people }) => people))]
  const schoolIds = [...new Set(named.flatMap((one) => one.schools))]
  const people = userIds.length
    ? await db
        .select({ id: users.id, name: users.name, email: users.email })
        .from(users)
        .where(inArray(users.id, userIds))
    : []
  const ofSchools = schoolIds.length
    ? await db
        .select({ id: schools.id, slug: schools.slug, name: schools.name })
        .from(schools)
        .where(inArray(schools.id, schoolIds))
    : []
  return {
    people: new Map(people.map((row) => [row.id, row])),
    schools: new Map(ofSchools.map((row) => [row.id, row])),
  }
}
export type Names = Awaited<ReturnType<typeof namesOf>>

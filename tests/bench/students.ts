/** A school with N students, written straight into the tables: for measuring reads. */
import type { Database } from '../../db/database.ts'
import { register } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { students } from '../../db/schema/index.ts'
import { gradeLevels } from '../../db/values.ts'
import type { School } from '../../server/context.ts'
import { searchText, sortName } from '../../server/people.ts'
import { createSchool } from '../../server/schools/create.ts'
// The journal needs the kinds of record to say whose history an entry belongs to.
import '../../server/kinds.ts'

const given = ['Amara', 'Ben', 'Chloé', 'Dara', 'Émile', 'Farah', 'Grace', 'Hiro', 'Inês', 'Jonas', 'Kaya', 'Łucja']
const family = [
  'Abara',
  'Berg',
  'Costa',
  'Dubois',
  'Eriksen',
  'Farouk',
  'Grant',
  'Hansen',
  'Ito',
  'Jensen',
  'O’Neil',
  'Zimmer',
]

function student(schoolId: number, n: number) {
  const names = { givenName: given[n % 12] ?? '', familyName: `${family[Math.floor(n / 12) % 12]}-${n % 997}` }
  const [number, email] = [`S-${100_000 + n}`, `student${n}@school.example`]
  return {
    schoolId,
    id: newId(),
    ...names,
    sortName: sortName(names),
    searchText: searchText(names, number, email),
    number,
    email,
    birthDate: '2012-05-01',
    gradeLevel: gradeLevels[n % gradeLevels.length] ?? null,
  }
}

export async function schoolOf(db: Database, count: number): Promise<School> {
  const school = await db.transaction(register, async (tx) => {
    const made = await createSchool(tx, { name: `School of ${count}`, timeZone: 'UTC', locale: 'en' })
    return made.school
  })
  for (let from = 0; from < count; from += 1000)
    await db.transaction(school.id, async (tx) => {
      const rows = Array.from({ length: Math.min(1000, count - from) }, (_, n) => student(school.id, from + n))
      await tx.insert(students).values(rows)
    })
  return school
}

import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { compact } from '../../../../db/compact.ts'
import { journalValues, schools, students } from '../../../../db/schema/index.ts'
import { verifyJournals } from '../../../../server/journal/verify.ts'
import { allKinds, kinds } from '../../../../server/kinds.ts'
import { forgetSecrets } from '../../../../server/oneroster/secrets/forget-secrets.ts'
import { heldSecrets } from '../../../../server/oneroster/secrets/held-secrets.ts'
import { alteredRecords } from '../../../../server/records/altered.ts'
import { replaceRows } from '../../../../server/records/write.ts'
import { db, now, writeInSchool } from '../../../setup/people.ts'
import { found, importFiles, rowsIn, schoolOf, smallSchool } from '../bundle.ts'
import { isStored } from '../stored-bytes.ts'

/** As an earlier version stored them. */
async function stain(org: string, fields: object): Promise<void> {
  const student = await found('students', org, 's1')
  await writeInSchool(student.schoolId, (tx) =>
    replaceRows(tx, kinds.student, [{ before: student, fields: fields as never }]),
  )
}

async function schoolWith(org: string) {
  await importFiles(smallSchool(org))
  const school = await schoolOf(org)
  if (!school) throw new Error('no school')
  return school
}
const none = { columns: [], of: [] }
const isIntact = async (slug: string, id: number) => {
  const [report] = await verifyJournals(db, slug)
  expect(report?.broken).toBeNull()
  expect(await db.snapshot((tx) => alteredRecords(tx, id, allKinds))).toMatchObject({ count: 0 })
}

test('what stands in columns of passwords or beyond the header is told first, and nothing is changed', async () => {
  const school = await schoolWith('told')
  await stain('told', { extra: { pwd: 'Told-1!', 'column 18': 'Told-2!', shirt: 'red' } })
  const { held } = await db.snapshot((tx) => heldSecrets(tx, school.id, none))
  expect(held.toSorted((a, b) => (a.column < b.column ? -1 : 1))).toEqual([
    { entity: 'student', column: 'column 18', records: 1, entries: 1 },
    { entity: 'student', column: 'pwd', records: 1, entries: 1 },
  ])
  expect(await isStored('Told-1!')).toBe(true)
  expect(await found('students', 'told', 's1')).toMatchObject({ extra: { pwd: 'Told-1!' } })
})

test('forgotten passwords are in no byte of the database, before-values too, and the journal is intact', async () => {
  const school = await schoolWith('forgotten')
  await stain('forgotten', { extra: { pwd: 'Forgotten-1!', 'column 18': 'Forgotten-2!', shirt: 'red' } })
  await stain('forgotten', { extra: { kennwort: 'Forgotten-3!', shirt: 'red' }, preferredName: 'Mara' })
  const before = await rowsIn('journal', 'forgotten')
  expect(await forgetSecrets(db, school, none, now)).toHaveLength(3)
  await compact([journalValues, students])
  for (const secret of ['Forgotten-1!', 'Forgotten-2!', 'Forgotten-3!']) expect(await isStored(secret)).toBe(false)
  const student = await found('students', 'forgotten', 's1')
  expect(student.extra).toEqual({ shirt: 'red' })
  expect(student.preferredName).toBe('Mara')
  const after = await rowsIn('journal', 'forgotten')
  expect(after).toHaveLength(before.length + 1)
  const own = await db.select().from(journalValues).where(eq(journalValues.schoolId, school.id))
  expect(own.map(({ number }) => number)).not.toContain(after.at(-1)?.number)
  await isIntact(school.slug, school.id)
  expect(await forgetSecrets(db, school, none, now)).toEqual([])
  expect((await importFiles(smallSchool('forgotten'))).totals.student).toMatchObject({ new: 0 })
})

test('a password under grades is forgotten where it is asked for; grades that are some stay', async () => {
  const school = await schoolWith('graded')
  await stain('graded', { gradeLevel: 'Graded-1!' })
  expect((await db.snapshot((tx) => heldSecrets(tx, school.id, none))).held).toEqual([])
  await forgetSecrets(db, school, { columns: ['grades'], of: [] }, now)
  await compact([journalValues, students])
  expect(await isStored('Graded-1!')).toBe(false)
  expect((await found('students', 'graded', 's1')).gradeLevel).toBeNull()
  await isIntact(school.slug, school.id)
})

test('what a record held once and holds no more is forgotten too', async () => {
  const school = await schoolWith('once')
  await stain('once', { familyName: 'Once-1!' })
  await stain('once', { familyName: 'Abara' })
  await forgetSecrets(db, school, { columns: ['familyName'], of: ['s1'] }, now)
  await compact([journalValues, students])
  expect(await isStored('Once-1!')).toBe(false)
  expect((await found('students', 'once', 's1')).familyName).toBe('Abara')
  await isIntact(school.slug, school.id)
})

test('of one school, and of named records alone, nothing else is touched', async () => {
  const school = await schoolWith('named')
  const other = await schoolWith('unnamed-school')
  await stain('named', { extra: { pwd: 'Named-1!' } })
  await stain('unnamed-school', { extra: { pwd: 'Other-1!' } })
  expect(await forgetSecrets(db, school, { columns: [], of: ['t1'] }, now)).toEqual([])
  expect(await forgetSecrets(db, school, { columns: [], of: ['s1'] }, now)).toHaveLength(1)
  expect(await found('students', 'unnamed-school', 's1')).toMatchObject({ extra: { pwd: 'Other-1!' } })
  const [row] = await db.select().from(schools).where(eq(schools.id, other.id))
  expect(row?.version).toBe(other.version)
})

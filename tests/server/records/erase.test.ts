/** A person's data is erased: no table holds any of it any more, and the journal is still what was written. */
import { and, eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { isTable, newId, tableConfig } from '../../../db/kit.ts'
import * as schema from '../../../db/schema/index.ts'
import { canonical, sha256 } from '../../../server/canonical.ts'
import type { School } from '../../../server/context.ts'
import { verifyJournals } from '../../../server/journal/verify.ts'
import { dependentsOf, kinds } from '../../../server/kinds.ts'
import type { Person } from '../../../server/trpc.ts'
import type { Mark } from '../../setup/marked-rows.ts'
import { marks, rows } from '../../setup/marked-rows.ts'
import type { Viewer } from '../../setup/marked-school.ts'
import { makeMarkedSchools } from '../../setup/marked-school.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'

let marked: { home: School; viewers: Viewer[] }
beforeAll(async () => {
  marked = await makeMarkedSchools()
})
afterAll(() => db.close())

let school: School
let administrator: Person
let ids: Awaited<ReturnType<typeof makeRecords>>
beforeEach(async () => {
  school = await makeSchool('Northgate')
  administrator = await makePerson(school, 'administrator')
  ids = await makeRecords(school)
})
const api = (person = administrator) => as(person)
const refused = (reason: string) => expect.objectContaining({ message: reason })

async function archivedStudent(id = ids.studentId) {
  const { version } = await api().students.get({ id })
  return api().students.archive({ id, version, standing: 'keep' })
}
const eraseStudent = async (confirm = 'Sam Record', id = ids.studentId) => {
  const { version } = await api().students.get({ id })
  return api().students.erase({ id, version, confirm })
}

const tables = Object.values(schema).filter(isTable)
/** Every row of every table, as one text each. */
async function dump(): Promise<{ table: string; text: string }[]> {
  const found: { table: string; text: string }[] = []
  for (const table of tables) {
    const all = await db.select().from(table)
    for (const row of all) found.push({ table: tableConfig(table).name, text: JSON.stringify(row) })
  }
  return found
}

interface MarkedPerson {
  administrator: Person
  id: string
  /** All marks of the rows that tell of them. */
  marks: Mark[]
}
const inHome = ({ school: own, place }: { school: string; place: string }) =>
  own === marked.home.name && place === 'mine'
const markedPerson = (table: string, parts: readonly string[]): MarkedPerson => ({
  administrator: (marked.viewers.find(({ name }) => name === 'administrator') as Viewer).person,
  id: rows.find((row) => row.table === table && inHome(row))?.id ?? '',
  marks: marks.filter((mark) => [table, ...parts].includes(mark.table) && inHome(mark)),
})
/** Where each mark still stands, by column. */
async function left({ marks: own }: MarkedPerson): Promise<Record<string, string[]>> {
  const all = await dump()
  const places = own.map(({ table, column, text }) => {
    const holding = all.filter((row) => row.text.includes(text)).map((row) => row.table)
    return [`${table}.${column}`, [...new Set(holding)].toSorted()] as const
  })
  return Object.fromEntries(places.filter(([, holding]) => holding.length))
}
const nameOf = (row: { givenName: string; middleName: string | null; familyName: string }) =>
  [row.givenName, row.middleName, row.familyName].filter(Boolean).join(' ')
const intact = async (of: School) => {
  const [report] = await verifyJournals(db, of.slug)
  expect(report?.broken).toBe(null)
}

test('of an erased student no table holds anything but her grades, which are nobody’s any more', async () => {
  const person = markedPerson('students', ['enrollments', 'student_addresses', 'student_alerts', 'student_guardians'])
  const call = () => as(person.administrator).students
  const before = await call().get({ id: person.id })
  expect(Object.keys(await left(person)).length).toBe(person.marks.length)
  const other = rows.findLast(
    (row) => row.table === 'students' && row.school === marked.home.name && row.place === 'theirs',
  )
  const merged = await call().merge({
    ...{ id: other?.id ?? '', version: 1, intoId: person.id, intoVersion: before.version },
    take: ['email', 'familyName'],
  })
  person.marks.push(...marks.filter(({ id }) => id === other?.id))
  const { version } = await call().archive({ id: person.id, version: merged.student.version, standing: 'keep' })
  await call().erase({ id: person.id, version, confirm: nameOf(merged.student) })
  expect(await left(person)).toEqual({
    'enrollments.grade': ['enrollments'],
    'students.gradeLevel': ['students'],
  })
  await intact(marked.home)
})

test('of an erased guardian no table holds anything', async () => {
  const person = markedPerson('guardians', ['student_guardians'])
  const call = () => as(person.administrator).guardians
  const before = await call().get({ id: person.id })
  const { version } = await call().archive({ id: person.id, version: before.version, standing: 'keep' })
  await call().erase({ id: person.id, version, confirm: nameOf(before) })
  expect(await left(person)).toEqual({})
  await intact(marked.home)
})

test('of an erased instructor no table holds anything; the account she had keeps its own name', async () => {
  const person = markedPerson('instructors', ['class_instructors'])
  const { instructors, members } = as(person.administrator)
  const before = await instructors.get({ id: person.id })
  const { version } = await instructors.archive({ id: person.id, version: before.version, standing: 'keep' })
  const erase = () => as(person.administrator).instructors.erase({ id: person.id, version, confirm: nameOf(before) })
  await expect(erase()).rejects.toEqual(refused('instructor.has_account'))
  const account = marked.viewers.find(({ name }) => name === 'instructor') as Viewer
  const listed = await members.list()
  const member = [listed].flat(2).find((one) => 'instructorId' in one && one.instructorId === person.id)
  if (!member || !('id' in member)) throw new Error('the instructor has no account')
  await as(person.administrator).members.remove({ id: member.id, version: member.version })
  await erase()
  expect(await left(person)).toEqual({})
  const all = await dump()
  expect(all.filter(({ text }) => text.includes(account.person.name)).map(({ table }) => table)).toEqual(['users'])
  expect(
    all.filter(({ table, text }) => table !== 'instructors' && text.includes(person.id)).map(({ table }) => table),
  ).toEqual(expect.not.arrayContaining(['memberships']))
  // Whoever erases an instructor can't hide by it who was given which rights.
  const { rows } = await as(person.administrator).journal.list({ entity: 'membership' })
  expect(JSON.stringify(rows)).toContain('instructor')
  const ofRights = rows.flatMap(({ entries }) => entries).filter(({ entity }) => entity === 'membership')
  expect(ofRights.some(({ isErased }) => isErased)).toBe(false)
  await intact(marked.home)
})

/** The erasure of a student deletes them itself (server/students/forget-photos.ts). */
const noKinds = ['student_photos']

test.each(['student', 'guardian', 'instructor'] as const)(
  'every table that refers to a %s says what an erasure makes of it',
  (person) => {
    const own = kinds[person].table as object
    const referring = tables
      .filter((table) => tableConfig(table).foreignKeys.some((key) => (key.reference().foreignTable as object) === own))
      .filter((table) => !noKinds.includes(tableConfig(table).name))
    const dependents = dependentsOf(person)
    for (const table of referring) {
      const { name } = tableConfig(table)
      const dependent = dependents.find(({ kind }) => kind.table === table)
      expect(dependent?.refers.whenErased, `say in a kind's declaration what becomes of ${name}`).toBeDefined()
      if (dependent?.refers.whenErased !== 'blanked') continue
      for (const [field, rule] of Object.entries(dependent.kind.fields))
        expect(rule?.erased, `say what becomes of ${name}.${field}`).toBeDefined()
    }
    expect(dependents.length).toBe(referring.length)
  },
)

test('only an archived record is erased, only by its name, and only by an administrator', async () => {
  await expect(eraseStudent()).rejects.toEqual(refused('record.not_archived'))
  const { version } = await archivedStudent()
  await expect(eraseStudent('Sam')).rejects.toEqual(refused('record.name_differs'))
  const input = { id: ids.studentId, version, confirm: 'Sam Record' }
  await expect(api().students.erase({ ...input, version: version - 1 })).rejects.toEqual(refused('student.stale'))
  const registrar = await makePerson(school, 'registrar')
  await expect(api(registrar).students.erase(input)).rejects.toEqual(refused('permission.missing'))
  expect(await api().students.erase({ ...input, confirm: ' sam  RÉCORD ' })).toMatchObject({
    familyName: '',
    erasedAt: expect.any(String),
  })
})

test('an erased student keeps a nameless place in her class, and is on no list and in no search', async () => {
  await archivedStudent()
  await eraseStudent()
  const { rows: archived } = await api().students.list({ archived: true })
  expect([archived, await api().students.count({ archived: true })]).toEqual([[], 0])
  expect(JSON.stringify(await api().search.find({ text: 'erased' }))).not.toContain(ids.studentId)
  const [place] = await db.select().from(schema.enrollments).where(eq(schema.enrollments.id, ids.enrollmentId))
  expect(place).toMatchObject({ studentId: ids.studentId, classId: ids.classId, status: 'enrolled' })
  expect(await api().studentGuardians.list({ studentId: ids.studentId })).toEqual([])
})

test('an erased student is withdrawn like any other, but nobody writes anything about her', async () => {
  await archivedStudent()
  await eraseStudent()
  const [place] = await db.select().from(schema.enrollments).where(eq(schema.enrollments.id, ids.enrollmentId))
  const seen = { id: ids.enrollmentId, version: place?.version ?? 0 }
  await expect(api().enrollments.update({ ...seen, note: 'She was Sam' })).rejects.toEqual(refused('record.erased'))
  const noted = { ...seen, reason: 'other' as const, note: 'She was Sam' }
  await expect(api().enrollments.withdraw(noted)).rejects.toEqual(refused('record.erased'))
  await api().enrollments.withdraw({ ...seen, reason: 'other' })
})

test('nothing brings an erased record back: no restoring, no editing, no second erasing, no undo', async () => {
  const { operationId } = await api().students.updateMany({
    items: [{ id: ids.studentId, version: 1 }],
    set: { gradeLevel: '09' },
  })
  await archivedStudent()
  const key = newId()
  const { version } = await api().students.get({ id: ids.studentId })
  await as(administrator, { key }).students.erase({ id: ids.studentId, version, confirm: 'Sam Record' })
  const seen = { id: ids.studentId, version: version + 1 }
  await expect(api().students.restore(seen)).rejects.toEqual(refused('record.erased'))
  await expect(api().students.update({ ...seen, number: '7' })).rejects.toEqual(refused('record.erased'))
  await expect(eraseStudent('Erased')).rejects.toEqual(refused('record.erased'))
  await expect(api().students.restoreMany({ items: [seen] })).rejects.toEqual(refused('many.refused'))
  await expect(api().journal.undo({ operationId: key })).rejects.toEqual(refused('undo.erased'))
  await expect(api().journal.undo({ operationId })).rejects.toEqual(refused('undo.erased'))
})

test('the erasure is in the history, with which fields it took, and without what they held', async () => {
  await archivedStudent()
  await eraseStudent()
  const history = await api().journal.ofRecord({ entity: 'student', id: ids.studentId })
  const [latest] = history.rows
  expect(latest).toMatchObject({ deed: 'erase', by: 'The administrator', undoes: null })
  expect(JSON.stringify(history)).not.toContain('Sam')
  const entries = await db
    .select({ fields: schema.journal.fields })
    .from(schema.journal)
    .where(and(eq(schema.journal.schoolId, school.id), eq(schema.journal.operationId, latest?.id ?? '')))
  expect(entries.map(({ fields }) => fields)).toContainEqual(['birthDate', 'erasedAt', 'familyName', 'givenName'])
})

test('a record that was merged away goes with the one it went into, and not alone', async () => {
  const other = await api().students.create({ givenName: 'Sammy', familyName: 'Record', birthDate: '2012-05-01' })
  await api().students.merge({ id: other.id, version: 1, intoId: ids.studentId, intoVersion: 1 })
  await expect(eraseStudent('Sammy Record', other.id)).rejects.toEqual(refused('record.merged'))
  await archivedStudent()
  await eraseStudent()
  expect(await api().students.get({ id: other.id })).toMatchObject({ givenName: '', erasedAt: expect.any(String) })
  await intact(school)
})

test('when a guardian is erased, whoever is called next moves up', async () => {
  const next = await api().guardians.create({ givenName: 'Nina', familyName: 'Next' })
  const marksOf = { hasCustody: true, mayPickUp: true, livesWith: true, isBarred: false }
  const link = { studentId: ids.studentId, guardianId: next.id, relation: 'father' as const, ...marksOf }
  await api().studentGuardians.create(link)
  const before = await api().guardians.get({ id: ids.guardianId })
  const { version } = await api().guardians.archive({ id: before.id, version: before.version, standing: 'keep' })
  await api().guardians.erase({ id: before.id, version, confirm: 'Gina Record' })
  const links = await api().studentGuardians.list({ studentId: ids.studentId })
  expect(links).toMatchObject([{ guardianId: next.id, priority: 1 }])
  await intact(school)
})

test('nobody can guess at what was put in: inputs are hashed with a salt, which an erasure forgets', async () => {
  const input = { givenName: 'Guess', familyName: 'Me', birthDate: '2012-03-04' }
  const key = newId()
  const { id } = await as(administrator, { key }).students.create(input)
  const operation = async () => {
    const [found] = await db.select().from(schema.operations).where(eq(schema.operations.id, key))
    return found
  }
  const { inputHash, inputSalt } = (await operation()) ?? {}
  expect(inputHash).not.toBe(sha256(canonical(input)))
  expect(inputHash).toBe(sha256(`${inputSalt}${sha256(canonical(input))}`))
  // Repeated, it is known by them; and so is another input under the same key.
  expect(await as(administrator, { key }).students.create(input)).toMatchObject({ id })
  const another = as(administrator, { key }).students.create({ ...input, birthDate: '2012-03-05' })
  await expect(another).rejects.toEqual(refused('operation.key_reused'))
  await archivedStudent(id)
  await eraseStudent('Guess Me', id)
  expect((await operation())?.inputSalt).toMatch(/^[0-]+$/)
})

test('an erasing whose answer was lost is repeated without harm, though its input is forgotten', async () => {
  const { version } = await archivedStudent()
  const key = newId()
  const input = { id: ids.studentId, version, confirm: 'Sam Record' }
  const first = await as(administrator, { key }).students.erase(input)
  expect(await as(administrator, { key }).students.erase(input)).toEqual(first)
  const made = await db
    .select({ salt: schema.operations.inputSalt })
    .from(schema.operations)
    .where(inArray(schema.operations.id, [key]))
  expect(made).toEqual([{ salt: '00000000-0000-0000-0000-000000000000' }])
})

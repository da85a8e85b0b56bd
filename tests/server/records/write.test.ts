import { and, asc, desc, eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Transaction } from '../../../db/database.ts'
import { journal, journalValues, students } from '../../../db/schema/index.ts'
import type { School } from '../../../server/context.ts'
import { addRows, changeRows, replaceRows } from '../../../server/records/write.ts'
import type { StudentRow } from '../../../server/students/kind.ts'
import { studentKind } from '../../../server/students/kind.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'

afterAll(() => db.close())

let school: School
let rows: [StudentRow, StudentRow, StudentRow]
const write = <T>(work: (tx: Transaction) => Promise<T>) => db.transaction(school.id, work)
const stored = () => db.select().from(students).where(eq(students.schoolId, school.id)).orderBy(asc(students.givenName))
beforeEach(async () => {
  school = await makeSchool()
  const names = ['Ada', 'Bea', 'Cleo'].map((givenName, index) => ({ givenName, familyName: 'Old', number: `${index}` }))
  const added = await write((tx) => addRows(tx, studentKind, school.id, names))
  rows = added.map(({ after }) => after) as typeof rows
})

test('what is told of new rows is what stands in the table', async () => {
  expect(await stored()).toEqual(rows)
  expect(rows[1]).toMatchObject({ status: 'active', version: 1, sortName: 'old\tbea', searchText: 'bea old 1' })
})

test('the same family name gives each of many students a name of her own to sort by', async () => {
  const changes = await write((tx) => changeRows(tx, studentKind, rows, { familyName: 'Zimmer', gradeLevel: '7' }))
  expect((await stored()).map(({ sortName }) => sortName)).toEqual(['zimmer\tada', 'zimmer\tbea', 'zimmer\tcleo'])
  expect(await stored()).toEqual(changes.map(({ after }) => after))
})

test('only rows that differ get their next version, and those around which something has changed', async () => {
  const [ada, bea, cleo] = rows
  await write((tx) => changeRows(tx, studentKind, [ada], { gradeLevel: '7' }))
  const now = (await stored()) as StudentRow[]
  const changes = await write((tx) => changeRows(tx, studentKind, now, { gradeLevel: '7' }, ({ id }) => id === ada.id))
  expect(changes.map(({ after }) => [after.id, after.version])).toEqual([
    [ada.id, 3],
    [bea.id, 2],
    [cleo.id, 2],
  ])
  const again = await write(async (tx) => replaceRows(tx, studentKind, [{ before: bea, fields: { gradeLevel: null } }]))
  expect(again).toEqual([])
})

test('a row frees its number for one that is written after it', async () => {
  const [ada, bea, cleo] = rows
  const edits = [
    { before: ada, fields: { number: null } },
    { before: bea, fields: { number: '0', familyName: 'New' } },
    { before: cleo, fields: { number: '1' } },
  ]
  const changes = await write((tx) => replaceRows(tx, studentKind, edits))
  expect((await stored()).map(({ number, version }) => [number, version])).toEqual([
    [null, 2],
    ['0', 2],
    ['1', 2],
  ])
  expect(await stored()).toEqual(changes.map(({ after }) => after))
})

test('what an input holds beside the columns is not journaled', async () => {
  const person = await makePerson(school, 'administrator')
  const invited = { name: 'New Member', email: `new.${school.id}@school.example`, role: 'registrar' as const }
  await as(person).members.invite(invited)
  const [last] = await db
    .select({ fields: journal.fields, content: journalValues.content })
    .from(journal)
    .innerJoin(
      journalValues,
      and(eq(journalValues.schoolId, journal.schoolId), eq(journalValues.number, journal.number)),
    )
    .where(and(eq(journal.schoolId, school.id), eq(journal.entity, 'membership')))
    .orderBy(desc(journal.number))
    .limit(1)
  expect(last?.fields).toEqual(['invitedName', 'role', 'userId'])
  expect(last?.content).not.toContain(invited.email)
})

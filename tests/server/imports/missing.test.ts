/** What the register has and a complete bundle does not, on the page Imports. */
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { enrollments, memberships, operations } from '../../../db/schema/index.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import type { Files } from '../oneroster/bundle.ts'
import { enrollmentsFile, usersFile } from '../oneroster/bundle.ts'
import type { Office } from './brought.ts'
import { bring, bringIn, bundleOf, office, work } from './brought.ts'

const manifest = 'propertyName,value\nfile.users,bulk\nfile.classes,bulk\nfile.enrollments,bulk\n'
const kids = (org: string, from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `${org}-k${from + n},,,${org},student,Kid,No${from + n},,,09`)
const seats = (org: string, from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `${org}-e${from + n},,c1,${org}-k${from + n},student,,,`)
const bundle = (name: string, org: string, count: number, more: Files = {}) =>
  bundleOf(name, org, {
    'manifest.csv': manifest,
    'users.csv': usersFile(...kids(org, 0, count)),
    'enrollments.csv': enrollmentsFile(...seats(org, 0, count)),
    ...more,
  })
const open = async ({ school }: Office) =>
  (
    await db
      .select()
      .from(enrollments)
      .where(and(eq(enrollments.schoolId, school.id), eq(enrollments.status, 'enrolled')))
  ).length
const operationsOf = ({ school }: Office) =>
  db
    .select()
    .from(operations)
    .where(and(eq(operations.schoolId, school.id), eq(operations.way, 'import')))
async function compared(who: Office, files: Files): Promise<string> {
  const id = await bring(who, files)
  await work()
  return id
}

test('a complete bundle says what it lacks, by name, and nothing of that changes', async () => {
  const who = await office('Missing School')
  await bringIn(who, bundle('Missing School', 'missing', 12))
  const id = await compared(who, bundle('Missing School', 'missing', 10))
  const { report } = await who.ask().get({ id })
  expect(report).toMatchObject({
    ended: 0,
    missing: [
      { kind: 'student', count: 2, first: ['Kid No10', 'Kid No11'] },
      { kind: 'enrollment', count: 2 },
    ],
  })
  const rows = await who.ask().missing({ id, kind: 'enrollment' })
  expect(rows).toHaveLength(2)
  expect(rows[0]).toMatchObject({
    ...{ sourcedId: expect.stringMatching(/^missing-e1[01]$/), name: expect.stringMatching(/^Kid No1[01]$/) },
    ...{ inClass: 'Art 1', school: 'Missing School', isHere: true },
  })
  expect(await who.ask().missing({ id, kind: 'enrollment', part: 1 })).toEqual([])
  await who.ask().bringIn({ id })
  await work()
  expect(await open(who)).toBe(12)
  // The report keeps the list, with the names that the records have now.
  const [first] = await who.ask().missing({ id, kind: 'student' })
  await as(who.person).students.update({ id: first?.id ?? '', version: 1, givenName: 'Renamed' })
  expect((await who.ask().missing({ id, kind: 'student' })).map(({ name }) => name)).toContainEqual(
    expect.stringContaining('Renamed'),
  )
})

test('ending what is missing is compared first, is an operation of its own, and is taken back on the page Imports', async () => {
  const who = await office('Ending School')
  await bringIn(who, bundle('Ending School', 'ending', 12))
  const id = await compared(who, bundle('Ending School', 'ending', 10))
  await who.ask().compare({ id, endMissing: true })
  await work()
  const { report, choices } = await who.ask().get({ id })
  expect(report).toMatchObject({ ended: 2, totals: { enrollment: { changed: 2 } } })
  expect(choices).toMatchObject({ endMissing: true })
  const { changes } = await who.ask().changes({ id, entity: 'enrollment', counted: 'changed' })
  expect(changes[0]?.fields).toContainEqual({ field: 'status', before: 'enrolled', after: 'withdrawn' })
  expect(await open(who)).toBe(12)
  await who.ask().bringIn({ id })
  await work()
  expect(await open(who)).toBe(10)
  const ending = (await operationsOf(who)).find(({ procedure }) => procedure === 'import.endMissing')
  expect(ending).toMatchObject({ actorId: who.person.userId, deed: 'withdraw' })
  const [newest, own] = (await who.ask().list()).past
  expect(newest).toMatchObject({
    ...{ operationId: ending?.id, isEnding: true, isUndone: false, totals: { enrollment: { changed: 2 } } },
  })
  expect(own).toMatchObject({ isEnding: false })
  await who.ask().undo({ operationId: ending?.id ?? '' })
  expect(await open(who)).toBe(12)
  expect((await who.ask().list()).past[0]).toMatchObject({ isEnding: true, isUndone: true })
})

test('what the history takes back is no longer offered on the page Imports', async () => {
  const who = await office('History School')
  await bringIn(who, bundle('History School', 'history', 12))
  const id = await compared(who, bundle('History School', 'history', 10))
  await who.ask().compare({ id, endMissing: true })
  await work()
  await who.ask().bringIn({ id })
  await work()
  const [ending] = (await who.ask().list()).past
  await as(who.person).journal.undo({ operationId: ending?.operationId ?? '' })
  expect((await who.ask().list()).past[0]).toMatchObject({ isEnding: true, isUndone: true })
  expect(await open(who)).toBe(12)
})

test('while a row is rejected nothing ends, and an ending that was compared is not brought in without its question', async () => {
  const who = await office('Rejected School')
  await bringIn(who, bundle('Rejected School', 'rejected', 12))
  const users = usersFile(...kids('rejected', 0, 10), ',,,rejected,student,No,Id,,,')
  const id = await compared(who, bundle('Rejected School', 'rejected', 10, { 'users.csv': users }))
  await who.ask().compare({ id, endMissing: true })
  await work()
  expect((await who.ask().get({ id })).report).toMatchObject({ ended: 0, rejected: 1 })
  await who.ask().compare({ id })
  await work()
  expect((await who.ask().get({ id })).choices).not.toHaveProperty('endMissing')
  await who.ask().bringIn({ id, skipInvalid: true })
  await work()
  expect(await open(who)).toBe(12)
})

test('it ends nothing, and names nobody, where its person may not import', async () => {
  const north = await office('North Ending')
  const south: Office = { ...(await office('South Ending')), person: north.person }
  const member = { schoolId: south.school.id, userId: north.person.userId, instructorId: null }
  const both = (count: number): Files => {
    const files = bundle('North Ending', 'north', count)
    return {
      ...files,
      'orgs.csv': 'sourcedId,name,type\nnorth,North Ending,school\nsouth,South Ending,school\n',
      'classes.csv': `${files['classes.csv']}c2,,,Art 2,art,A1-2,Studio,south,fall\n`,
      'users.csv': usersFile(...kids('north', 0, count), ...kids('south', 0, count)),
      'enrollments.csv': enrollmentsFile(
        ...seats('north', 0, count),
        ...seats('south', 0, count).map((row) => row.replace(',c1,', ',c2,')),
      ),
    }
  }
  await db.transaction(south.school.id, (tx) => tx.insert(memberships).values({ ...member, role: 'registrar' }))
  await bringIn(north, both(12))
  expect([await open(north), await open(south)]).toEqual([12, 12])
  const id = await compared(north, both(10))
  expect(await north.ask().missing({ id, kind: 'student' })).toHaveLength(4)
  await db.transaction(south.school.id, (tx) =>
    tx.update(memberships).set({ role: 'viewer' }).where(eq(memberships.schoolId, south.school.id)),
  )
  expect((await north.ask().missing({ id, kind: 'student' })).map(({ school }) => school)).toEqual([
    'North Ending',
    'North Ending',
  ])
  await north.ask().compare({ id, endMissing: true })
  await work()
  expect((await north.ask().get({ id })).report).toMatchObject({ ended: 2 })
  await north.ask().bringIn({ id })
  await work()
  expect([await open(north), await open(south)]).toEqual([10, 12])
})

test('another person’s bundle tells nothing of what it lacks', async () => {
  const who = await office('Private Missing')
  await bringIn(who, bundle('Private Missing', 'private', 12))
  const id = await compared(who, bundle('Private Missing', 'private', 10))
  const colleague = await makePerson(who.school, 'administrator')
  const stranger = await makePerson(await makeSchool('Elsewhere'), 'administrator')
  for (const person of [colleague, stranger])
    await expect(as(person).imports.missing({ id, kind: 'student' })).rejects.toThrow('import.not_found')
})

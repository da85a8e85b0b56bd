import { and, eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { memberships, schools, students, users } from '../../../db/schema/index.ts'
import { disableAccount, makeOwner } from '../../../server/auth/owners.ts'
import type { School } from '../../../server/context.ts'
import { allKinds } from '../../../server/kinds.ts'
import { changeAccountByCommand } from '../../../server/members/by-command.ts'
import { alteredRecords } from '../../../server/records/altered.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { homeroom } from '../../setup/server.ts'

afterAll(() => db.close())

let school: School
let registrar: Person
let studentId: string
beforeEach(async () => {
  school = await makeSchool('Northgate')
  registrar = await makePerson(school, 'registrar')
  const made = await as(registrar).students.create({ givenName: 'Ada', familyName: 'Abara', birthDate: '2012-05-01' })
  await as(registrar).students.update({ id: made.id, version: made.version, gradeLevel: '09' })
  studentId = made.id
})

type Tx = Parameters<Parameters<typeof db.transaction>[1]>[0]
const byHand = (work: (tx: Tx) => Promise<unknown>) => db.transaction(school.id, async (tx) => void (await work(tx)))
const altered = () => db.snapshot((tx) => alteredRecords(tx, school.id, allKinds))
const student = () => and(eq(students.schoolId, school.id), eq(students.id, studentId))
const member = () => and(eq(memberships.schoolId, school.id), eq(memberships.userId, registrar.userId))

test.each<[string, (tx: Tx) => Promise<unknown>, object]>([
  [
    'a role',
    (tx) => tx.update(memberships).set({ role: 'administrator' }).where(member()),
    { entity: 'membership', what: 'its role is not what entry 2 tells' },
  ],
  [
    'a birth date',
    (tx) => tx.update(students).set({ birthDate: '2013-05-01' }).where(student()),
    { entity: 'student', what: 'its birthDate is not what entry 3 tells' },
  ],
  [
    'a field that was changed once',
    (tx) => tx.update(students).set({ gradeLevel: '10' }).where(student()),
    { entity: 'student', what: 'its gradeLevel is not what entry 4 tells' },
  ],
  [
    'a field that no entry names',
    (tx) => tx.update(students).set({ email: 'ada@school.example' }).where(student()),
    { entity: 'student', what: 'its email is not what entry 3 tells' },
  ],
  [
    'a version',
    (tx) => tx.update(students).set({ version: 9 }).where(student()),
    { entity: 'student', what: 'its version is not that of entry 4' },
  ],
  [
    'the time zone of the school',
    (tx) => tx.update(schools).set({ timeZone: 'Asia/Tokyo' }).where(eq(schools.id, school.id)),
    { entity: 'school', what: 'its timeZone is not what entry 1 tells' },
  ],
  [
    'a record put in',
    (tx) =>
      tx.insert(students).values({
        ...{ schoolId: school.id, id: newId(), givenName: 'No', familyName: 'Body' },
        ...{ sortName: 'body no', searchText: 'no body' },
      }),
    { entity: 'student', number: null, what: 'no entry tells of it' },
  ],
  [
    'a record taken out',
    (tx) => tx.delete(students).where(student()),
    { entity: 'student', what: 'it is not there any more, and entry 4 tells of it' },
  ],
])('%s that was changed by hand in the database is found', async (_what, work, expected) => {
  expect(await altered()).toEqual({ count: 0, first: [] })
  await byHand(work)
  expect(await altered()).toMatchObject({ count: 1, first: [expected] })
})

test('an erased student, and what was deleted with her, are what the journal tells', async () => {
  const person = await makePerson(school, 'administrator')
  const other = await as(person).students.create({ givenName: 'Ada', familyName: 'Abarra', email: 'a@school.example' })
  await as(person).studentAlerts.create({ studentId: other.id, kind: 'medical', text: 'Nuts' })
  const { version } = await as(person).students.get({ id: other.id })
  await as(person).students.archive({ id: other.id, version })
  const archived = await as(person).students.get({ id: other.id })
  await as(person).students.erase({ id: other.id, version: archived.version, confirm: 'Ada Abarra' })
  expect(await altered()).toEqual({ count: 0, first: [] })
})

test('the command names what was changed by hand, without its value, and fails', async () => {
  await byHand((tx) => tx.update(students).set({ birthDate: '2013-05-01' }).where(student()))
  const { code, said } = await homeroom(['journal', 'verify', '--school', school.slug])
  expect(code).toBe(1)
  expect(said).toContain(`${school.slug}: 1 record is not what the journal tells\n`)
  expect(said).toContain(`${school.slug}: student ${studentId}: its birthDate is not what entry 3 tells\n`)
  expect(said).not.toContain('2013')
  const { code: again, said: json } = await homeroom(['journal', 'verify', '--school', school.slug, '--json'])
  expect([again, JSON.parse(json)]).toMatchObject([1, [{ broken: null, altered: { count: 1 } }]])
})

test('an owner of the register, or a disabled account, that is not what the journal tells is found', async () => {
  const [email, other] = [registrar.email, (await makePerson(school, 'viewer')).email]
  await changeAccountByCommand(db, email, 'members.giveOwnership', makeOwner, now)
  await changeAccountByCommand(db, other, 'members.disable', disableAccount, now)
  expect((await altered()).count).toBe(0)
  await byHand((tx) => tx.update(users).set({ isOwner: false }).where(eq(users.email, email)))
  await byHand((tx) => tx.update(users).set({ disabledAt: null }).where(eq(users.email, other)))
  const { first } = await altered()
  expect(first.map(({ what }) => what).toSorted()).toEqual([
    'its isDisabled is not what entry 7 tells',
    'its isOwner is not what entry 6 tells',
  ])
  const elsewhere = await makeSchool('Southgate')
  await db.transaction(elsewhere.id, async (tx) => {
    const membership = { schoolId: elsewhere.id, id: newId(), userId: registrar.userId, role: 'viewer' as const }
    await tx.insert(memberships).values(membership)
  })
  expect((await altered()).first.map(({ what }) => what)).toEqual(['its isDisabled is not what entry 7 tells'])
})

/** Fills the migrated database that DATABASE_URL names with the people of people.ts. Run as a program. */
import type { Transaction } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { fold } from '../../db/folding.ts'
import { newId } from '../../db/kit.ts'
import {
  academicSessions,
  classes,
  classInstructors,
  classTerms,
  enrollments,
  instances,
  instructors,
  memberships,
  procedureMinutes,
  programs,
  users,
} from '../../db/schema/index.ts'
import type { Role } from '../../db/values.ts'
import { createFirstAdministrator } from '../../server/auth/first-administrator.ts'
import { hashPassword } from '../../server/auth/passwords.ts'
import type { MinuteRow } from '../../server/calls/minutes.ts'
import { countColumns, minuteOf } from '../../server/calls/minutes.ts'
import type { School } from '../../server/context.ts'
import type { Change } from '../../server/journal/entry.ts'
import { searchText, sortName } from '../../server/people.ts'
import { createStudent } from '../../server/students/create.ts'
import { contextOf, db, makePerson, makeSchool, writeInSchool } from '../setup/people.ts'
import { term as days } from './days.ts'
import { ann, ben, ida, nia, password, students, vic } from './people.ts'

/** By the clock of the servers that will read it: what they call yesterday and today moves on. */
const at = new Date()
const passwordHash = await hashPassword(password)

async function addMember(school: School, { name, email }: typeof ann, role: Role, instructorId: string | null = null) {
  const userId = newId()
  const write = async (tx: Transaction): Promise<Change[]> => {
    await tx.insert(users).values({ id: userId, email, name, passwordHash, createdAt: at })
    const [after] = await tx
      .insert(memberships)
      .values({ schoolId: school.id, id: newId(), userId, role, instructorId })
      .returning()
    return after ? [{ entity: 'membership', after }] : []
  }
  await writeInSchool(school.id, write, at)
}

/** Biology has the first three students and Ida; Chemistry has the fourth and nobody to teach it. */
async function addClasses(schoolId: number, studentIds: string[]) {
  const [biology, chemistry, term, instructorId] = [newId(), newId(), newId(), newId()]
  const names = { givenName: 'Ida', familyName: 'Holm' }
  const write = async (tx: Transaction): Promise<Change[]> => {
    await tx.insert(programs).values({ schoolId, id: newId(), name: 'Sciences', type: 'diploma' })
    await tx.insert(academicSessions).values({
      schoolId,
      id: term,
      title: 'This term',
      type: 'term',
      ...days,
    })
    const instructor = {
      schoolId,
      id: instructorId,
      ...names,
      sortName: sortName(names),
      searchText: searchText(names),
    }
    await tx.insert(instructors).values(instructor)
    for (const [id, title, code, capacity] of [
      [biology, 'Biology 10B', 'BIO-10B', 3],
      [chemistry, 'Chemistry 11A', 'CHE-11A', 30],
    ] as const) {
      await tx.insert(classes).values({ schoolId, id, title, code, capacity, sortName: fold(`${title} ${code}`) })
      await tx.insert(classTerms).values({ schoolId, classId: id, academicSessionId: term })
    }
    await tx.insert(classInstructors).values({ schoolId, classId: biology, instructorId, isPrimary: true })
    for (const [index, studentId] of studentIds.slice(0, 4).entries())
      await tx.insert(enrollments).values({
        schoolId,
        studentId,
        classId: index < 3 ? biology : chemistry,
        status: 'enrolled',
        beginDate: days.startDate,
      })
    return [{ entity: 'instructor', after: { ...instructor, version: 1 } }]
  }
  await writeInSchool(schoolId, write, at)
  return instructorId
}

/** What a process that has ended without a word has counted until then, one failed call among it. */
async function addMinutes() {
  const id = newId()
  const seenAt = new Date(at.getTime() - 300_000)
  const about = { host: 'north-1', pid: 4711, version: '0.1.0', schemaMin: 1, schemaMax: 1 }
  const none = Object.fromEntries(countColumns.map((column) => [column, 0]))
  const minutes = Array.from({ length: 45 }, (_, index) => {
    const [quick, slow] = [40 + ((index * 7) % 30), index % 9]
    const counts = { ...none, calls: quick + slow, within5: quick, within200: slow }
    const minuteAt = minuteOf(new Date(seenAt.getTime() - index * 60_000))
    const failed = index === 20 ? 1 : 0
    return {
      instanceId: id,
      procedure: 'students.list',
      minuteAt,
      ...counts,
      refused: index % 2,
      failed,
      microseconds: 1,
    }
  })
  await db.transaction(noSchool, async (tx) => {
    await tx.insert(instances).values({ id, ...about, startedAt: seenAt, seenAt, isDraining: false })
    await tx.insert(procedureMinutes).values(minutes as unknown as MinuteRow[])
  })
}

const operation = { id: newId(), procedure: 'setup.create', inputHash: '0'.repeat(64), way: 'cli' } as const
await createFirstAdministrator(db, operation, { ...ann, password }, at, async () => undefined)
const school = await makeSchool('Northgate', at)
await makeSchool('Southfield', at)
const clerk = await makePerson(school, 'registrar', null, at)
const made: string[] = []
for (const student of students) made.push((await createStudent(contextOf(clerk, 'test', at), student)).id)
const instructorId = await addClasses(school.id, made)
await addMember(school, ben, 'registrar')
await addMember(school, vic, 'viewer')
await addMember(school, ida, 'instructor', instructorId)
await addMember(school, nia, 'instructor')
await addMinutes()
await db.close()

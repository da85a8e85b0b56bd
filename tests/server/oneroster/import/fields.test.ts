import { getTableColumns } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { kinds } from '../../../../server/kinds.ts'
import { entities } from '../../../../server/oneroster/comparison/known.ts'
import { asOne, rowsWhere } from '../../../../server/records/kind.ts'
import { db } from '../../../setup/people.ts'
import { importFiles, schoolOf } from '../bundle.ts'

/** Every column of a file that the register reads has a value that no record has by itself. */
const everyColumn = {
  'orgs.csv': 'sourcedId,name,type\nfull,Full,school\n',
  'academicSessions.csv': `sourcedId,title,type,startDate,endDate,schoolYear,parentSourcedId
year,Year,schoolYear,2026-08-31,2027-06-18,2027,
fall,Fall,term,2026-08-31,2027-01-29,2027,year
`,
  'courses.csv': 'sourcedId,title,courseCode,orgSourcedId\nart,Art,A1,full\n',
  'classes.csv': `sourcedId,title,classCode,courseSourcedId,location,schoolSourcedId,termSourcedIds
c1,Art 1,A1-1,art,Studio,full,fall
`,
  'users.csv': `sourcedId,enabledUser,orgSourcedIds,role,username,givenName,middleName,familyName,preferredGivenName,pronouns,identifier,email,phone,sms,grades,agentSourcedIds
s1,false,full,student,amara,Amara,Ines,Abara,Ama,she/her,100,amara@school.example,,,9,g1
t1,false,full,teacher,lee,Lee,Min,Park,Li,he/him,,lee@school.example,,,,
g1,true,full,parent,gil,Gil,Oz,Abara,Gigi,they/them,,gil@school.example,020 1,020 2,,
`,
  'demographics.csv': 'sourcedId,birthDate,sex\ns1,2012-02-29,F\n',
  'enrollments.csv': `sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
e1,c1,full,s1,student,,2026-08-31,2027-01-28
e2,c1,full,t1,teacher,true,2026-08-31,2027-01-28
`,
}

/** People fill these fields, or the register itself does. */
const byPeople: Record<(typeof entities)[number], readonly string[]> = {
  academicSession: [],
  course: ['credits', 'departmentId'],
  room: ['seats'],
  student: [
    ...['homeLanguage', 'previousSchool', 'medicalNote', 'photo'],
    ...['isInternational', 'isCoop', 'programId', 'mergedIntoId'],
  ],
  instructor: ['employment', 'departmentId'],
  guardian: [],
  studentGuardian: ['isBarred', 'note'],
  class: ['capacity'],
  classTerm: [],
  classInstructor: [],
  enrollment: ['grade', 'waitlistPosition', 'withdrawalReason', 'note'],
}
const ofEveryImport = ['archivedAt', 'erasedAt', 'extra', 'sourcedId']

test('each field is filled by an import, or is known as one that people fill', async () => {
  const { texts } = await importFiles(everyColumn)
  expect(texts.rejected).toEqual([])
  const { id = 0 } = (await schoolOf('full')) ?? {}
  const unfilled = entities.map(async (entity) => {
    const rows: Record<string, unknown>[] = await rowsWhere(db, kinds[entity], id, undefined)
    const columns: Record<string, { default?: unknown }> = getTableColumns(asOne(kinds[entity].table))
    const isFilled = (field: string) =>
      rows.some((row) => row[field] !== null && row[field] !== (columns[field]?.default ?? null))
    const fields = Object.keys(kinds[entity].fields).filter((field) => !ofEveryImport.includes(field))
    return [entity, fields.filter((field) => !isFilled(field))]
  })
  expect(
    Object.fromEntries(await Promise.all(unfilled)),
    'a field is filled in server/oneroster/ from a column of files.ts, or named above',
  ).toEqual(byPeople)
})

import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { schools } from '../../../../db/schema/index.ts'
import { fillDemoSchool } from '../../../../server/demo/fill.ts'
import { as, db, makePerson, makeSchool, now } from '../../../setup/people.ts'
import { makeRecords } from '../../../setup/records.ts'
import type { Files } from '../bundle.ts'
import { everythingIn, importFiles, schoolOf, smallSchool } from '../bundle.ts'
import { exportSchool, openToInterchange } from '../export.ts'

type School = Awaited<ReturnType<typeof makeSchool>>

/** What the office adds beyond one of everything. */
async function byHand(school: School, phone: string | null = null) {
  const office = await makePerson(school, 'registrar')
  const api = () => as(office, { now })
  const { classId, studentId, academicSessionId } = await makeRecords(school, 'Hand, "made"')
  const dates = { startDate: '2026-09-01', endDate: '2026-10-16' }
  await api().academicSessions.create({ title: 'Q1', type: 'gradingPeriod', parentId: academicSessionId, ...dates })
  await api().students.create({ givenName: '', familyName: 'Oneword', number: '0007', status: 'inactive' })
  await api().courses.create({ title: 'Coded', code: 'C-1' })
  const guardian = { givenName: 'Otto', familyName: 'Second', phone, otherPhone: '555 0199' }
  const marks = { hasCustody: false, mayPickUp: false, livesWith: false }
  await api().studentGuardians.create({ studentId, guardian, relation: 'grandparent', ...marks })
  const moved = await api().students.create({ givenName: 'Mo', familyName: 'Ved', gradeLevel: '09' })
  await api().classes.enroll({ classId, studentIds: [moved.id], beginDate: '2026-09-08' })
  const [enrollment] = await api().enrollments.list({ studentId: moved.id })
  if (!enrollment) throw new Error('she is not enrolled')
  const { id, version } = enrollment
  await api().enrollments.withdraw({ id, version, reason: 'moved', endDate: '2026-11-02' })
}

async function comesBackTheSame(school: School, files: Files) {
  const before = await everythingIn(school)
  const { totals, texts } = await importFiles(files)
  expect(texts.rejected).toEqual([])
  const changed = Object.entries(totals).filter(([, total]) => total.new + total.changed + total.archived)
  expect(changed).toEqual([])
  expect(await everythingIn(school)).toEqual(before)
  return texts
}

test('a school made by hand comes back from its own export without a change', async () => {
  const school = await makeSchool('By Hand')
  await byHand(school)
  await openToInterchange(school.id)
  expect(await comesBackTheSame(school, await exportSchool(school.id))).toEqual({ rejected: [], warnings: [] })
})

test('so does the demo school, with records of every kind made by hand', async () => {
  const { school } = await fillDemoSchool(db, { students: 120, name: 'Round Trip', now })
  await byHand(school)
  await openToInterchange(school.id)
  expect(await comesBackTheSame(school, await exportSchool(school.id))).toEqual({ rejected: [], warnings: [] })
})

test('so does an imported school to which the office has added', async () => {
  const users = `sourcedId,orgSourcedIds,role,username,givenName,familyName,identifier,email,phone,sms,agentSourcedIds,grades,ext_shirt
s1,mixed,student,amara,Amara,Abara,100,ada at home,123,,"p1,t1","09,10",red
t1,mixed,teacher,lee,Lee,Park,,lee@school.example,,,,,
p1,mixed,mother,mia,Mia,Abara,,,555-1,555-2,s1,,
`
  await importFiles(smallSchool('mixed', { 'users.csv': users }), { source: 'SIS' })
  const school = await schoolOf('mixed')
  if (!school) throw new Error('no school')
  await byHand(school)
  await comesBackTheSame(school, await exportSchool(school.id))
})

test('the export of a school, brought into another source, is exported again as the same files', async () => {
  const school = await makeSchool('Copied')
  await byHand(school, '555 0198')
  await openToInterchange(school.id)
  const { 'manifest.csv': _, ...files } = await exportSchool(school.id)
  await importFiles(
    { ...files, 'orgs.csv': String(files['orgs.csv']).replace('Copied', 'The Copy') },
    { source: 'copy' },
  )
  const [copy] = await db.select().from(schools).where(eq(schools.source, 'copy'))
  const again = await exportSchool(copy?.id ?? 0)
  for (const name of Object.keys(files).filter((name) => name !== 'orgs.csv')) expect(again[name]).toBe(files[name])
})

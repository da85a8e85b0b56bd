import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from '../../../../db/kit.ts'
import { enrollments } from '../../../../db/schema/index.ts'
import { db, now, writeInSchool } from '../../../setup/people.ts'
import { enrollmentsFile, found, importFiles, rowsIn, schoolOf, smallSchool, usersFile } from '../bundle.ts'

const withRows = (org: string, ...rows: string[]) => smallSchool(org, { 'enrollments.csv': enrollmentsFile(...rows) })
const rangesIn = async (org: string) =>
  (await rowsIn('enrollments', org))
    .filter(({ archivedAt }) => !archivedAt)
    .map(({ sourcedId, beginDate, endDate, status }) => `${sourcedId} ${beginDate} ${endDate} ${status}`)
    .toSorted()

test('one student twice in one class, in fall and in spring, has two enrollments', async () => {
  const files = withRows(
    'seasons',
    'f,,c1,s1,student,,2025-08-31,2026-01-29',
    's,,c1,s1,student,,2026-02-01,2027-06-18',
  )
  await importFiles(files)
  expect(await rangesIn('seasons')).toEqual(['f 2025-08-31 2026-01-29 completed', 's 2026-02-01 2027-06-18 enrolled'])
  expect((await importFiles(files)).totals.enrollment).toMatchObject({ same: 2, changed: 0 })
})

test('rows of one student whose days overlap are stored as one, and a second run changes nothing', async () => {
  const files = withRows(
    'folded',
    'a,,c1,s1,student,,2026-08-31,2026-10-31',
    'b,,c1,s1,student,,2026-10-01,2026-12-31',
    'c,,c1,s1,student,,2027-01-15,',
  )
  const { texts } = await importFiles(files)
  expect(texts.warnings).toEqual([
    'enrollments.csv, line 3: overlaps line 2, the same person in the same class: stored as one',
  ])
  expect(await rangesIn('folded')).toEqual(['a 2026-08-31 2026-12-31 enrolled', 'c 2027-01-15 null enrolled'])
  expect((await found('enrollments', 'folded', 'a')).extra).toEqual({
    foldedRows:
      '[{"sourcedId":"a","beginDate":"2026-08-31","endDate":"2026-10-31"},{"sourcedId":"b","beginDate":"2026-10-01","endDate":"2026-12-31"}]',
  })
  expect((await importFiles(files)).totals.enrollment).toMatchObject({ same: 2, changed: 0, new: 0 })
})

test('two rows without any dates are one enrollment', async () => {
  await importFiles(withRows('undated', 'a,,c1,s1,student,,,', 'b,,c1,s1,student,,,'))
  expect(await rangesIn('undated')).toEqual(['a null null enrolled'])
})

test('enrollments that exchange their days do not collide', async () => {
  const days = ['2026-08-31,2026-10-31', '2026-11-01,2027-01-29']
  const rows = (first = '', second = '') =>
    withRows('exchange', `a,,c1,s1,student,,${first}`, `b,,c1,s1,student,,${second}`)
  await importFiles(rows(...days))
  expect((await importFiles(rows(...days.toReversed()))).totals.enrollment).toMatchObject({ changed: 2 })
  expect(await rangesIn('exchange')).toEqual(['a 2026-11-01 2027-01-29 enrolled', 'b 2026-08-31 2026-10-31 completed'])
})

test('an enrollment that comes back under another id goes on as the same record', async () => {
  await importFiles(withRows('reissued', 'old,,c1,s1,student,,2026-08-31,'))
  const [before] = await rowsIn('enrollments', 'reissued')
  const files = withRows('reissued', 'old,tobedeleted,c1,s1,student,,2026-08-31,', 'new,,c1,s1,student,,2026-08-31,')
  await importFiles(files)
  expect(await rowsIn('enrollments', 'reissued')).toMatchObject([
    { id: before?.id, sourcedId: 'new', archivedAt: null },
  ])
  expect((await importFiles(files)).totals.enrollment).toMatchObject({ changed: 0, archived: 0, new: 0 })
})

test('an enrollment made by hand goes on as the imported one that has its days', async () => {
  await importFiles(withRows('byhand'))
  const school = await schoolOf('byhand')
  const [klass] = await rowsIn('classes', 'byhand')
  const [student] = await rowsIn('students', 'byhand')
  if (!school || !klass || !student) throw new Error('nothing imported')
  const row = {
    schoolId: school.id,
    id: newId(),
    studentId: student.id,
    classId: klass.id,
    status: 'enrolled' as const,
    grade: 'B',
  }
  await writeInSchool(school.id, async (tx) => {
    const [after] = await tx.insert(enrollments).values(row).returning()
    return after ? [{ entity: 'enrollment', after }] : []
  })
  await importFiles(withRows('byhand', 'e1,,c1,s1,student,,2026-08-31,'))
  expect(await rowsIn('enrollments', 'byhand')).toMatchObject([
    { id: row.id, sourcedId: 'e1', beginDate: '2026-08-31', grade: 'B' },
  ])
})

test('whoever is enrolled as a student is one, whatever the role says, and may teach another class', async () => {
  const classes = 'sourcedId,title,schoolSourcedId\nc1,Art,both\nc2,Music,both\n'
  const files = withRows('both', 'e1,,c1,t1,student,,,', 'e2,,c2,t1,teacher,TRUE,,')
  await importFiles({ ...files, 'classes.csv': classes })
  expect((await found('students', 'both', 't1')).givenName).toBe('Lee')
  expect(await rowsIn('classInstructors', 'both')).toMatchObject([{ isPrimary: true }])
  expect((await rowsIn('instructors', 'both')).map(({ sourcedId }) => sourcedId)).toEqual(['t1'])
})

test('of two primary instructors the first stays it; a new one takes over', async () => {
  const users = usersFile('t1,,,primary,teacher,A,A,,,', 't2,,,primary,teacher,B,B,,,')
  const files = (...rows: string[]) => ({ ...withRows('primary', ...rows), 'users.csv': users })
  const { texts } = await importFiles(files('a,,c1,t1,teacher,1,,', 'b,,c1,t2,teacher,true,,'))
  expect(texts.warnings).toEqual([
    'enrollments.csv, line 3, column primary: is a second primary instructor on the same days, after line 2: stored as not primary',
  ])
  expect((await found('classInstructors', 'primary', 'a')).isPrimary).toBe(true)
  await importFiles(files('a,,c1,t1,teacher,false,,', 'b,,c1,t2,teacher,true,,'))
  expect((await found('classInstructors', 'primary', 'b')).isPrimary).toBe(true)
  expect((await found('classInstructors', 'primary', 'a')).isPrimary).toBe(false)
  await importFiles(files('c,,c1,t1,teacher,true,,'))
  // The same teacher's record goes on under its new id.
  expect(await rowsIn('classInstructors', 'primary')).toHaveLength(2)
  expect((await found('classInstructors', 'primary', 'c')).isPrimary).toBe(true)
  expect((await found('classInstructors', 'primary', 'b')).isPrimary).toBe(false)
})

test('a range that is over is completed, by the calendar of the school', async () => {
  const files = withRows('over', 'e1,,c1,s1,student,,2026-08-31,2026-11-19')
  await importFiles(files, { timeZone: 'Pacific/Auckland' })
  expect(await rangesIn('over')).toEqual(['e1 2026-08-31 2026-11-19 completed'])
  const later = { timeZone: 'Pacific/Auckland', now: new Date('2026-11-18T09:00:00Z') }
  await importFiles({ ...files, 'enrollments.csv': enrollmentsFile('e1,,c1,s1,student,,2026-08-31,2026-11-18') }, later)
  expect(await rangesIn('over')).toEqual(['e1 2026-08-31 2026-11-18 enrolled'])
})

test('an inactive enrollment takes no seat', async () => {
  await importFiles(withRows('inactive', 'e1,inactive,c1,s1,student,,,'))
  expect(await rangesIn('inactive')).toEqual(['e1 null null withdrawn'])
})

test('a deleted enrollment that never was is filed as archived, and stays so', async () => {
  const files = withRows('never', 'e1,tobedeleted,c1,s1,student,,2026-08-31,')
  await importFiles(files)
  expect(await rowsIn('enrollments', 'never')).toMatchObject([{ sourcedId: 'e1', archivedAt: now }])
  expect((await importFiles(files)).totals.enrollment).toMatchObject({ new: 0, changed: 0, archived: 0 })
})

test('a student who becomes a teacher of the class leaves the roster', async () => {
  await importFiles(withRows('turns', 'e1,,c1,s1,student,,,'))
  await importFiles(withRows('turns', 'e1,,c1,s1,teacher,,,'))
  expect(await rangesIn('turns')).toEqual([])
  expect(await rowsIn('classInstructors', 'turns')).toMatchObject([{ sourcedId: 'e1' }])
})

test('more students than one page holds are all found again', async () => {
  const students = Array.from({ length: 1100 }, (_, n) => `p${n},,,pages,student,Ada,P${n},,,`)
  const rows = Array.from({ length: 1100 }, (_, n) => `e${n},,c1,p${n},student,,,`)
  const files = { ...withRows('pages', ...rows), 'users.csv': usersFile(...students) }
  expect((await importFiles(files)).totals.enrollment.new).toBe(1100)
  expect((await importFiles(files)).totals).toMatchObject({ enrollment: { same: 1100 }, student: { same: 1100 } })
  expect(await db.$count(enrollments)).toBeGreaterThanOrEqual(1100)
})

test('who waits by hand and is enrolled by the file waits no more', async () => {
  const org = 'waits'
  await importFiles(withRows(org, 'e2,,c1,t1,teacher,true,,'))
  const school = await schoolOf(org)
  const [student, c1] = [await found('students', org, 's1'), await found('classes', org, 'c1')]
  const row = { schoolId: school?.id ?? 0, id: newId(), studentId: student.id, classId: c1.id, version: 1 }
  const made = { ...row, beginDate: '2026-11-02', status: 'waitlisted' as const, waitlistPosition: 3 }
  await writeInSchool(row.schoolId, async (tx) => {
    await tx.insert(enrollments).values(made)
    return [{ entity: 'enrollment', after: made }]
  })
  await importFiles(withRows(org, 'e2,,c1,t1,teacher,true,,', 'e1,,c1,s1,student,,2026-11-09,'))
  expect(await rowsIn('enrollments', org)).toMatchObject([
    { id: row.id, sourcedId: 'e1', status: 'enrolled', beginDate: '2026-11-09', waitlistPosition: null },
  ])
})

test('why somebody was withdrawn by hand is kept while the file says the same, and goes when she is back', async () => {
  const org = 'reasons'
  const at = (status: string) => withRows(org, `e1,${status},c1,s1,student,,2026-09-01,`)
  await importFiles(at(''))
  const { id, schoolId, ...before } = await found('enrollments', org, 'e1')
  const withdrawn = { ...before, status: 'withdrawn' as const, withdrawalReason: 'moved' as const, version: 2 }
  await writeInSchool(schoolId, async (tx) => {
    await tx.update(enrollments).set(withdrawn).where(eq(enrollments.id, id))
    return [{ entity: 'enrollment', before: { id, ...before }, after: { id, ...withdrawn } }]
  })
  await importFiles(at('inactive'))
  expect(await found('enrollments', org, 'e1')).toMatchObject({ status: 'withdrawn', withdrawalReason: 'moved' })
  await importFiles(at(''))
  expect(await found('enrollments', org, 'e1')).toMatchObject({ status: 'enrolled', withdrawalReason: null })
})

const overlapping = (org: string) =>
  withRows(org, 'a,,c1,s1,student,,2026-08-31,2027-06-18', 'b,,c1,s1,student,,2026-10-01,2027-06-18')
const delta = (org: string, ...rows: string[]) => ({
  'orgs.csv': smallSchool(org)['orgs.csv'] ?? '',
  'enrollments.csv': enrollmentsFile(...rows),
})
const gradeOf = async (org: string) => (await rowsIn('enrollments', org)).map(({ id }) => id)

test('one of two overlapping rows is deleted: the other keeps the student in the class, with its own days', async () => {
  const org = 'first-deleted'
  await importFiles(overlapping(org))
  const before = await gradeOf(org)
  await importFiles(delta(org, 'a,tobedeleted,c1,s1,student,,2026-08-31,2027-06-18'))
  expect(await rangesIn(org)).toEqual(['b 2026-10-01 2027-06-18 enrolled'])
  expect(await gradeOf(org)).toEqual(before)
  expect((await found('enrollments', org, 'b')).extra).toEqual({})
  expect((await importFiles(delta(org, 'a,tobedeleted,,,,,,'))).totals.enrollment).toMatchObject({ changed: 0, new: 0 })
})

test('the other of two overlapping rows is deleted by its id alone', async () => {
  const org = 'second-deleted'
  await importFiles(overlapping(org))
  const { texts, notes } = await importFiles(delta(org, 'b,tobedeleted,,,,,,'))
  expect(texts).toEqual({ rejected: [], warnings: [] })
  expect(notes).toEqual([])
  expect(await rangesIn(org)).toEqual(['a 2026-08-31 2027-06-18 enrolled'])
})

test('one of two overlapping rows ends: the union follows, and the row brought back makes it whole', async () => {
  const org = 'second-ends'
  await importFiles(overlapping(org))
  await importFiles(delta(org, 'b,,c1,s1,student,,2026-10-01,2026-11-30'))
  expect(await rangesIn(org)).toEqual(['a 2026-08-31 2027-06-18 enrolled'])
  await importFiles(delta(org, 'a,,c1,s1,student,,2026-08-31,2026-10-15'))
  expect(await rangesIn(org)).toEqual(['a 2026-08-31 2026-11-30 enrolled'])
  await importFiles(delta(org, 'b,,c1,s1,student,,2026-11-02,2026-11-30'))
  expect(await rangesIn(org)).toEqual(['a 2026-08-31 2026-10-15 completed', 'b 2026-11-02 2026-11-30 enrolled'])
  await importFiles(overlapping(org))
  expect(await rangesIn(org)).toEqual(['a 2026-08-31 2027-06-18 enrolled'])
})

test('both overlapping rows are deleted, and one is brought back', async () => {
  const org = 'both-deleted'
  await importFiles(overlapping(org))
  await importFiles(delta(org, 'a,tobedeleted,,,,,,', 'b,tobedeleted,,,,,,'))
  expect(await rangesIn(org)).toEqual([])
  await importFiles(delta(org, 'a,,c1,s1,student,,2026-08-31,2027-06-18'))
  expect(await rangesIn(org)).toEqual(['a 2026-08-31 2027-06-18 enrolled'])
  expect((await found('enrollments', org, 'a')).extra).toEqual({})
})

test('one of two overlapping rows moves to another class, whichever of them', async () => {
  const classes = 'sourcedId,title,schoolSourcedId\nc1,Art,ORG\nc2,Music,ORG\n'
  for (const [moved, other] of ['ab', 'ba']) {
    const org = `moves-${moved}`
    await importFiles({ ...overlapping(org), 'classes.csv': classes.replaceAll('ORG', org) })
    await importFiles(delta(org, `${moved},,c2,s1,student,,2026-11-02,2027-06-18`))
    const [c1, c2] = [await found('classes', org, 'c1'), await found('classes', org, 'c2')]
    const rows = (await rowsIn('enrollments', org)).filter(({ archivedAt }) => !archivedAt)
    expect(rows.map(({ sourcedId, classId }) => [sourcedId, classId]).toSorted()).toEqual(
      [
        [moved, c2.id],
        [other, c1.id],
      ].toSorted(),
    )
    expect(await rangesIn(org)).toContain(`${other} ${other === 'a' ? '2026-08-31' : '2026-10-01'} 2027-06-18 enrolled`)
  }
})

test('one of two overlapping rows becomes a teacher’s: the other stays the student’s', async () => {
  const org = 'folded-teacher'
  await importFiles(overlapping(org))
  await importFiles(withRows(org, 'a,,c1,s1,teacher,,2026-08-31,2027-06-18'))
  expect(await rangesIn(org)).toEqual(['b 2026-10-01 2027-06-18 enrolled'])
})

test('rows that an earlier release folded without their days are not lost when one is deleted', async () => {
  const org = 'folded-before'
  await importFiles(overlapping(org))
  const { id, schoolId, ...before } = await found('enrollments', org, 'a')
  const after = { ...before, extra: { foldedSourcedIds: 'b' }, version: 2 }
  await writeInSchool(schoolId, async (tx) => {
    await tx.update(enrollments).set(after).where(eq(enrollments.id, id))
    return [{ entity: 'enrollment', before: { id, ...before }, after: { id, ...after } }]
  })
  await importFiles(delta(org, 'a,tobedeleted,,,,,,'))
  expect(await rangesIn(org)).toEqual(['b 2026-08-31 2027-06-18 enrolled'])
})

test('who was withdrawn by staff stays withdrawn with the reason when the file says the same last day', async () => {
  const org = 'withdrawn-days'
  const file = (end: string) => withRows(org, `e1,active,c1,s1,student,,2026-08-31,${end}`)
  await importFiles(file('2027-01-29'))
  const { id, schoolId, ...before } = await found('enrollments', org, 'e1')
  const withdrawn = { status: 'withdrawn' as const, withdrawalReason: 'moved' as const, endDate: '2026-11-13' }
  const after = { ...before, ...withdrawn, version: 2 }
  await writeInSchool(schoolId, async (tx) => {
    await tx.update(enrollments).set(after).where(eq(enrollments.id, id))
    return [{ entity: 'enrollment', before: { id, ...before }, after: { id, ...after } }]
  })
  await importFiles(file('2026-11-13'))
  expect(await found('enrollments', org, 'e1')).toMatchObject(withdrawn)
  await importFiles(file('2027-01-29'))
  expect(await found('enrollments', org, 'e1')).toMatchObject({ status: 'enrolled', withdrawalReason: null })
})

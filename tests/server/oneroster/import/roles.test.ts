import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { students } from '../../../../db/schema/index.ts'
import { db, now } from '../../../setup/people.ts'
import type { Files } from '../bundle.ts'
import { enrollmentsFile, found, importFiles, rowsIn, smallSchool, usersFile } from '../bundle.ts'

type Table = 'students' | 'instructors' | 'enrollments' | 'guardians'
const idsIn = async (table: Table, org: string) =>
  (await rowsIn(table, org)).flatMap(({ sourcedId, archivedAt }) => (archivedAt ? [] : sourcedId)).toSorted()

/** A district with two schools, each with a class. */
const district = (name: string, more: Files) => ({
  'orgs.csv': `sourcedId,name,type,parentSourcedId\n${name},${name} District,district,\n${name}-e,${name} East,school,${name}\n${name}-w,${name} West,school,${name}\n`,
  'classes.csv': `sourcedId,title,schoolSourcedId\nce,Art,${name}-e\ncw,Art,${name}-w\n`,
  'enrollments.csv': enrollmentsFile(),
  ...more,
})
/** Version 1.2: the rows are user, role, first day, last day, organization. */
const rolesFile = (...rows: string[]) =>
  `sourcedId,status,dateLastModified,userSourcedId,role,beginDate,endDate,orgSourcedId\n${rows.map((row, n) => `r${n},active,2026-08-01,${row}`).join('\n')}\n`
const people = (...ids: string[]) =>
  `sourcedId,givenName,familyName\n${ids.map((id) => `${id},Ada,${id}`).join('\n')}\n`
const over = '2020-08-01,2024-06-15'

test('a word that nobody knows makes nobody a student or staff, and is told once with its count', async () => {
  const users = usersFile(
    'a,,,"word-e,word-w",Estudiante,A,A,,,',
    'b,,,word-e,Estudiante,B,B,,,',
    'c,,,word-w,wizard,C,C,,,',
    't,,,word-e,teacher,T,T,,,',
  )
  const enrollments = enrollmentsFile('1,,ce,a,student,,,', '2,,ce,b,Alumno,,,', '3,,ce,t,teacher,,,')
  const { texts, notes } = await importFiles(district('word', { 'users.csv': users, 'enrollments.csv': enrollments }))
  expect(texts).toEqual({
    rejected: [],
    warnings: [
      'users.csv, line 2, column role: names roles that nobody knows, which make nobody a student or staff: Estudiante 2 times, wizard once',
      'enrollments.csv, line 3, column role: names roles that nobody knows, which make nobody a student or staff: Alumno once',
    ],
  })
  expect(notes.filter((note) => note.includes('left out'))).toEqual([])
  expect([await idsIn('students', 'word-e'), await idsIn('students', 'word-w')]).toEqual([['a'], []])
  expect([await idsIn('instructors', 'word-e'), await idsIn('instructors', 'word-w')]).toEqual([['t'], []])
})

test('of many unknown words the ten that are said most are told', async () => {
  const users = usersFile(...Array.from({ length: 13 }, (_, n) => `u${n},,,many-words,word${n},A,B,,,`))
  const { texts } = await importFiles(
    smallSchool('many-words', { 'users.csv': users, 'enrollments.csv': enrollmentsFile() }),
  )
  expect(texts.warnings).toEqual([expect.stringMatching(/: word0 once, .*word9 once, 3 more words$/)])
})

test('an enrollment whose role becomes a word that nobody knows stays as it is, and makes room for another row', async () => {
  await importFiles(smallSchool('becomes'))
  const delta = (...rows: string[]) => importFiles({ 'enrollments.csv': enrollmentsFile(...rows) })
  await delta('e1,active,c1,s1,Alumno,,2026-09-01,2026-10-01')
  expect(await rowsIn('enrollments', 'becomes')).toMatchObject([{ sourcedId: 'e1', beginDate: '2026-08-31' }])
  await importFiles(
    smallSchool('becomes', {
      'enrollments.csv': enrollmentsFile('e1,,c1,s1,Alumno,,,', 'e9,,c1,s1,student,,2026-09-01,'),
    }),
  )
  expect(await rowsIn('enrollments', 'becomes')).toMatchObject([{ sourcedId: 'e9', beginDate: '2026-09-01' }])
})

test('an observer, a guest and an alumna neither learn nor teach, in a class either', async () => {
  const users = usersFile('o,,,watch,Observer,O,O,,,', 'g,,,watch,guest,G,G,,,', 's,,,watch,student,S,S,,,')
  const enrollments = enrollmentsFile('1,,c1,o,observer,,,', '2,,c1,s,observer,,,', '3,,c1,g,,,,')
  const { notes, texts } = await importFiles(
    smallSchool('watch', { 'users.csv': users, 'enrollments.csv': enrollments }),
  )
  expect(texts).toEqual({ rejected: [], warnings: [] })
  expect(await idsIn('instructors', 'watch')).toEqual([])
  expect(await idsIn('students', 'watch')).toEqual(['s'])
  expect(await idsIn('enrollments', 'watch')).toEqual([])
  expect(notes).toContain('Users who neither learn nor teach were left out: 2')
  expect(notes).toContain('Enrollments of people who neither learn nor teach were left out: 3')
})

test('a role that is over makes nobody a student of that school', async () => {
  const { notes, texts } = await importFiles(
    district('over', {
      'users.csv': people('u', 'v', 't'),
      'roles.csv': rolesFile(
        `u,student,${over},over-e`,
        'u,student,2024-08-01,,over-w',
        `v,student,${over},over-e`,
        't,teacher,,2026-08-30,over-e',
      ),
      'enrollments.csv': 'sourcedId,classSourcedId,userSourcedId\n1,cw,t\n',
    }),
  )
  expect(texts).toEqual({ rejected: [], warnings: [] })
  expect([await idsIn('students', 'over-e'), await idsIn('students', 'over-w')]).toEqual([[], ['u']])
  expect([await idsIn('instructors', 'over-e'), await idsIn('instructors', 'over-w')]).toEqual([[], ['t']])
  expect(notes).toContain('People whose roles are over or yet to begin were left out: 1')
})

test('where her role is over or deleted, the record stays until staff archive it, and no later import brings it back', async () => {
  const bundle = (role: string) =>
    smallSchool('ending', {
      'users.csv': people('u'),
      'roles.csv': `sourcedId,status,userSourcedId,role,endDate,orgSourcedId\nr,${role},ending\n`,
      'enrollments.csv': enrollmentsFile(),
    })
  await importFiles(bundle('active,u,student,'))
  const told = [
    'roles.csv, line 2, column endDate: is over: the record of School ending stays until somebody archives it',
  ]
  for (const role of ['active,u,student,2026-08-30', 'inactive,u,student,', 'tobedeleted,u,student,'])
    expect((await importFiles(bundle(role))).texts.warnings).toEqual(told)
  expect(await idsIn('students', 'ending')).toEqual(['u'])
  const { id, schoolId } = await found('students', 'ending', 'u')
  const own = and(eq(students.schoolId, schoolId), eq(students.id, id))
  await db.transaction(schoolId, (tx) => tx.update(students).set({ archivedAt: now }).where(own))
  expect((await importFiles(bundle('active,u,student,2026-08-30'))).texts.warnings).toEqual([])
  expect(await idsIn('students', 'ending')).toEqual([])
  await importFiles(bundle('active,u,student,2026-12-01'))
  expect(await idsIn('students', 'ending')).toEqual(['u'])
})

test('a role counts from its first day to its last one, by the calendar of its school', async () => {
  const at = (org: string, timeZone: string) =>
    importFiles(
      smallSchool(org, {
        'users.csv': people('last', 'first'),
        'roles.csv': rolesFile(`last,student,,2026-09-14,${org}`, `first,student,2026-09-15,,${org}`),
        'enrollments.csv': enrollmentsFile(),
      }),
      { timeZone, now: new Date('2026-09-15T08:00:00Z') },
    )
  const { notes } = await at('honolulu', 'Pacific/Honolulu')
  await at('kiritimati', 'Pacific/Kiritimati')
  expect([await idsIn('students', 'honolulu'), await idsIn('students', 'kiritimati')]).toEqual([['last'], ['first']])
  expect(notes).toContain(
    'Roles that are yet to begin: 1, the first on 2026-09-15. A role counts from the first import on or after its day',
  )
})

test('a role that is to begin makes her a student by the first import on its day', async () => {
  const files = smallSchool('soon', {
    'users.csv': people('u'),
    'roles.csv': rolesFile('u,student,2027-01-11,,soon'),
    'enrollments.csv': enrollmentsFile(),
  })
  await importFiles(files)
  expect(await idsIn('students', 'soon')).toEqual([])
  await importFiles(files, { now: new Date('2027-01-11T03:00:00Z') })
  expect(await idsIn('students', 'soon')).toEqual(['u'])
})

test('between two years of one school nobody is told to archive her', async () => {
  const bundle = (...roles: string[]) =>
    smallSchool('summer', {
      'users.csv': people('u'),
      'roles.csv': rolesFile(...roles),
      'enrollments.csv': enrollmentsFile(),
    })
  await importFiles(bundle('u,student,2025-08-01,2027-06-15,summer'))
  const between = bundle('u,student,2025-08-01,2026-06-15,summer', 'u,student,2027-08-01,,summer')
  const { texts, totals } = await importFiles(between)
  expect(texts.warnings).toEqual([])
  expect(totals.student).toMatchObject({ archived: 0 })
  expect(await idsIn('students', 'summer')).toEqual(['u'])
})

test('of the grades of her roles the one of today counts', async () => {
  const roles = 'userSourcedId,orgSourcedId,role,grade,roleStartDate,roleEndDate\n'
  await importFiles(
    smallSchool('graded', {
      'users.csv': people('u'),
      'roles.csv': `${roles}u,graded,student,08,${over}\nu,graded,student,09,2024-08-01,\n`,
      'enrollments.csv': enrollmentsFile(),
    }),
  )
  expect(await found('students', 'graded', 'u')).toMatchObject({ gradeLevel: '09' })
})

test('a parent whose role is over does not become a guardian', async () => {
  const users = 'sourcedId,givenName,familyName,agentSourcedIds\ns,Ada,One,"p,q"\np,Pat,One,\nq,Quin,One,\n'
  await importFiles(
    smallSchool('parents', {
      'users.csv': users,
      'roles.csv': rolesFile('s,student,,,parents', `p,parent,${over},parents`, 'q,parent,,,parents'),
      'enrollments.csv': enrollmentsFile(),
    }),
  )
  expect(await idsIn('guardians', 'parents')).toEqual(['q'])
})

test('new dates in roles.csv alone change nobody', async () => {
  const bundle = (date: string, days: string) =>
    smallSchool('redated', {
      'users.csv': people('u', 't'),
      'roles.csv': `sourcedId,dateLastModified,userSourcedId,role,beginDate,endDate,orgSourcedId\nr1,${date},u,student,${days},redated\nr2,${date},t,teacher,${days},redated\n`,
      'enrollments.csv': enrollmentsFile(),
    })
  await importFiles(bundle('2026-08-01', '2026-08-01,2027-06-15'))
  const before = await rowsIn('journal', 'redated')
  const { totals } = await importFiles(bundle('2026-09-30', '2026-08-15,2027-06-30'))
  expect(totals).toMatchObject({ student: { same: 1, changed: 0 }, instructor: { same: 1, changed: 0 } })
  expect(await rowsIn('journal', 'redated')).toEqual(before)
})

test('roles as earlier versions kept them are no change', async () => {
  const files = smallSchool('kept', {
    'users.csv': people('u'),
    'roles.csv': 'userSourcedId,orgSourcedId,role,grade,roleStartDate\nu,kept,student,09,2026-08-24\n',
    'enrollments.csv': enrollmentsFile(),
  })
  await importFiles(files)
  const { id, schoolId, extra } = await found('students', 'kept', 'u')
  const roles = '[{"role":"student","orgSourcedId":"kept","grade":"09","roleStartDate":"2026-08-24"}]'
  const own = and(eq(students.schoolId, schoolId), eq(students.id, id))
  await db.transaction(schoolId, (tx) =>
    tx
      .update(students)
      .set({ extra: { ...extra, roles } })
      .where(own),
  )
  expect((await importFiles(files)).totals.student).toMatchObject({ same: 1, changed: 0 })
})

test('a student of a district is in no school until a row puts her there', async () => {
  const at = (...rows: string[]) => district('county', { 'users.csv': usersFile(...rows) })
  const { texts } = await importFiles(
    at('u,,,county,student,U,U,,,', 'v,,,county,student,V,V,,,', 't,,,county,teacher,T,T,,,'),
  )
  expect(texts.warnings).toEqual([
    'users.csv, line 2 and 1 more line: makes somebody a student of a district and of no school: left out until a row names the school or a class',
  ])
  expect([await idsIn('students', 'county-e'), await idsIn('students', 'county-w')]).toEqual([[], []])
  expect(await idsIn('instructors', 'county-w')).toEqual(['t'])
  await importFiles({
    ...at('u,,,county,student,U,U,,,', 'v,,,"county,county-w",student,V,V,,,'),
    'enrollments.csv': enrollmentsFile('1,,ce,u,student,,,'),
  })
  expect([await idsIn('students', 'county-e'), await idsIn('students', 'county-w')]).toEqual([['u'], ['v']])
})

test('a record that earlier versions made by such a role stays, and is told', async () => {
  const bundle = (...rows: string[]) =>
    district('before', { 'users.csv': usersFile(...rows), 'enrollments.csv': enrollmentsFile('1,,cw,x,student,,,') })
  const other = 'x,,,before-w,student,X,X,,,'
  await importFiles(bundle('u,,,before-e,student,U,U,,,', 't,,,before-e,teacher,T,T,,,', other))
  const { texts } = await importFiles(bundle('u,,,before,student,U,U,,,', 't,,,before-e,Docente,T,T,,,', other))
  expect(texts.warnings).toEqual([
    'users.csv, line 2: no longer makes u a student of before East: the record there stays until somebody archives it',
    'users.csv, line 3: no longer makes t an instructor of before East: the record there stays until somebody archives it',
    'users.csv, line 3, column role: names roles that nobody knows, which make nobody a student or staff: Docente once',
  ])
  expect([await idsIn('students', 'before-e'), await idsIn('instructors', 'before-e')]).toEqual([['u'], ['t']])
})

test('in version 1.2 a student’s primary organization puts her into a school of her district', async () => {
  await importFiles(
    district('shire', {
      'users.csv': 'sourcedId,givenName,familyName,primaryOrgSourcedId\nu,Ada,One,shire-e\n',
      'roles.csv': rolesFile('u,student,,,shire'),
    }),
  )
  expect([await idsIn('students', 'shire-e'), await idsIn('students', 'shire-w')]).toEqual([['u'], []])
})

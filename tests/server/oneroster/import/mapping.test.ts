import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { students } from '../../../../db/schema/index.ts'
import { db, now } from '../../../setup/people.ts'
import { enrollmentsFile, found, importFiles, rowsIn, schoolOf, smallSchool, usersFile } from '../bundle.ts'

test('a department that a class names as its school is a school; a school that nobody names is none', async () => {
  const orgs = 'sourcedId,name,type\ndept,History,department\nidle,Idle School,school\n'
  await importFiles(smallSchool('dept', { 'orgs.csv': orgs }))
  expect(await schoolOf('dept')).toMatchObject({ name: 'History', extra: { type: 'department' } })
  expect(await schoolOf('idle')).toBeUndefined()
})

test('a school that only people name is a school too', async () => {
  const orgs = 'sourcedId,name,type\nnoclass,New School,school\n'
  const users = usersFile('s1,,,noclass,student,Ada,One,,,')
  await importFiles({ 'orgs.csv': orgs, 'users.csv': users })
  expect(await rowsIn('students', 'noclass')).toHaveLength(1)
})

test('the school of a class that is in no file is named after its id, with a warning', async () => {
  const { 'orgs.csv': _, ...files } = smallSchool('unnamed')
  const { texts } = await importFiles(files)
  expect(texts.warnings).toEqual([
    'classes.csv, line 2, column schoolSourcedId: unnamed is in no orgs.csv: the school is named after its id',
  ])
  expect(await schoolOf('unnamed')).toMatchObject({ name: 'unnamed' })
})

test('sessions, courses and people of a district are copied into the schools that use them', async () => {
  const files = {
    'orgs.csv':
      'sourcedId,name,type,parentSourcedId\nd,District,district,\nd-east,East,school,d\nd-west,West,school,d\nd-north,North,school,d\n',
    'academicSessions.csv':
      'sourcedId,title,type,startDate,endDate,parentSourcedId\nyear,Year,schoolYear,2026-08-31,2027-06-18,\nfall,Fall,term,2026-08-31,2027-01-29,year\nspring,Spring,term,2027-02-01,2027-06-18,year\n',
    'courses.csv': 'sourcedId,title,courseCode,orgSourcedId\nart,Art,A,d\nlatin,Latin,L,d\n',
    'classes.csv':
      'sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds\ne,Art East,art,d-east,fall\nw,Art West,art,d-west,"fall, spring"\nn,None,,d-north,\n',
    'users.csv': usersFile(
      'walker,,,d,teacher,Wanda,Walker,,,',
      'rover,,,d,teacher,Rita,Rover,,,',
      'pupil,,,d,student,Pia,Pupil,,,',
    ),
    'enrollments.csv': enrollmentsFile('1,,e,pupil,student,,,', '2,,w,walker,teacher,,,'),
  }
  const { notes } = await importFiles(files)
  const ids = async (table: 'academicSessions' | 'courses' | 'students' | 'instructors', org: string) =>
    (await rowsIn(table, org)).map(({ sourcedId }) => sourcedId).toSorted()
  expect(await ids('academicSessions', 'd-east')).toEqual(['fall', 'spring', 'year'])
  expect(await ids('academicSessions', 'd-north')).toEqual([])
  expect(await ids('courses', 'd-east')).toEqual(['art'])
  expect(await ids('courses', 'd-west')).toEqual(['art'])
  expect(notes).toContain('Courses that belong to no school of this bundle were left out: 1')
  expect([await ids('students', 'd-east'), await ids('students', 'd-west')]).toEqual([['pupil'], []])
  expect([await ids('instructors', 'd-east'), await ids('instructors', 'd-west')]).toEqual([
    ['rover'],
    ['rover', 'walker'],
  ])
  expect((await importFiles(files)).totals).toMatchObject({
    course: { same: 2, changed: 0 },
    instructor: { same: 4, changed: 0 },
  })
})

test('a bundle of version 1.0, with its own column names and no manifest, is read', async () => {
  const { version } = await importFiles({
    'orgs.csv':
      'sourcedId,status,dateLastModified,name,type,identifier,metadata.gender,parentSourcedId\nv10,active,2017-05-06,Ten,school,my id,mixed,\n',
    'academicSessions.csv':
      'sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId\nt,,,Term,term,2017-01-01,2017-06-30,\n',
    'courses.csv':
      'sourcedId,status,dateLastModified,schoolYearId,metadata.duration,title,courseCode,grade,orgSourcedId,subjects\nk,,,t,60,Maths,M1,2,v10,\n',
    'classes.csv':
      'sourcedId,status,dateLastModified,title,grade,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedId,subjects\nc,,,Maths A,2,k,MA,scheduled,Room 1,v10,t,\n',
    'users.csv':
      'sourcedId,status,dateLastModified,orgSourcedIds,role,username,userId,givenName,familyName,identifier,email,sms,phone,agents\nu,,,v10,student,ion,abc,Ion,Padurariu,77,,,,\n',
    'enrollments.csv':
      'sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,status,dateLastModified,primary\ne,c,v10,u,student,active,,\n',
    'demographics.csv': 'userSourcedId,status,dateLastModified,birthdate,sex\nu,,,2008-01-02,male\n',
  })
  expect(version).toBeNull()
  expect(await found('students', 'v10', 'u')).toMatchObject({
    birthDate: '2008-01-02',
    number: '77',
    sex: 'male',
    extra: { userId: 'abc' },
  })
  expect(await found('courses', 'v10', 'k')).toMatchObject({ code: 'M1', extra: { 'metadata.duration': '60' } })
  expect(await rowsIn('classTerms', 'v10')).toHaveLength(1)
  expect((await schoolOf('v10'))?.extra).toMatchObject({ 'metadata.gender': 'mixed', identifier: 'my id' })
})

test('in version 1.2 the roles say who somebody is, at which school, and are kept', async () => {
  const { 'users.csv': _, ...files } = smallSchool('v12')
  await importFiles({
    ...files,
    'manifest.csv': 'propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,1.2\r\n',
    'users.csv':
      'sourcedId,enabledUser,username,givenName,familyName,identifier,preferredGivenName,primaryOrgSourcedId,pronouns\ns1,true,a,Amara,Abara,9,Ama,v12,she/her\nt1,TRUE,l,Lee,Park,,,v12,\np,true,p,Pat,Abara,,,v12,\n',
    'roles.csv':
      'sourcedId,userSourcedId,roleType,role,beginDate,orgSourcedId\nr1,s1,primary,student,2024-03-06,v12\nr2,t1,primary,teacher,,v12\nr3,t1,secondary,guardian,,v12\nr4,p,primary,parent,,v12\n',
  })
  const student = await found('students', 'v12', 's1')
  expect(student).toMatchObject({ preferredName: 'Ama', extra: { pronouns: 'she/her' } })
  expect(JSON.parse(student.extra.roles ?? '')).toEqual([
    { sourcedId: 'r1', orgSourcedId: 'v12', role: 'student', roleType: 'primary', beginDate: '2024-03-06' },
  ])
  expect(await rowsIn('instructors', 'v12')).toMatchObject([{ sourcedId: 't1' }])
  expect(await rowsIn('students', 'v12')).toHaveLength(1)
})

test('a bundle of School Data Sync 2.1 is read, and its enrollments get ids that stay', async () => {
  const files = {
    'orgs.csv':
      'sourcedId,name,type,parentSourcedId\nsds,School of Sync,school,min\nmin,Ministry,ministryOfEducation,\n',
    'academicSessions.csv':
      'sourcedId,title,type,schoolYear,startDate,endDate\ny,Year,schoolYear,2027,2026-08-24,2027-06-11\n',
    'courses.csv': 'sourcedId,orgSourcedId,title,code,schoolYearSourcedId,subject,grade\nb,sds,Biology,B10,y,14,10\n',
    'classes.csv': 'sourcedId,orgSourcedId,title,sessionSourcedIds,courseSourcedId\nc,sds,Biology 10,y,b\n',
    'users.csv':
      'sourcedId,username,givenName,familyName,password,email\nu,jack@x.example,Jack,Craig,P@ss,\nt,kris@x.example,Kris,Fein,P@ss,\n',
    'roles.csv':
      'userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate\nu,sds,student,y,10,TRUE,2026-08-24,2027-06-11\nt,min,teacher,y,,TRUE,2026-08-24,2027-06-11\n',
    'enrollments.csv': 'classSourcedId,userSourcedId,role\nc,u,student\nc,t,teacher\n',
    'relationships.csv': 'userSourcedId,relationshipUserSourcedId,relationshipRole\nu,g,guardian\n',
    'userFlags.csv': 'userSourcedId,flag\nu,iep\n',
  }
  const { notes } = await importFiles(files)
  expect(await found('students', 'sds', 'u')).toMatchObject({ gradeLevel: '10', extra: { username: 'jack@x.example' } })
  expect(await found('courses', 'sds', 'b')).toMatchObject({ code: 'B10' })
  expect(await rowsIn('enrollments', 'sds')).toMatchObject([{ sourcedId: 'c|u|student' }])
  expect(await rowsIn('instructors', 'sds')).toHaveLength(1)
  expect(notes).toContain('userFlags.csv was left out: the register does not store its rows (1)')
  const again = await importFiles(files)
  expect(Object.values(again.totals).every((total) => !total.new && !total.changed)).toBe(true)
})

test('a student of two schools is a record in each of them', async () => {
  const files = smallSchool('two-east', {
    'orgs.csv': 'sourcedId,name,type\ntwo-east,East,school\ntwo-west,West,school\n',
    'users.csv': usersFile('s1,,,"two-east,two-west",student,Ada,One,5,,'),
    'enrollments.csv': enrollmentsFile(),
  })
  expect((await importFiles(files)).totals.student.new).toBe(2)
  expect([await rowsIn('students', 'two-east'), await rowsIn('students', 'two-west')]).toMatchObject([
    [{ number: '5' }],
    [{ number: '5' }],
  ])
})

test('a student who moves to another school leaves the class there; her record there is left to the staff', async () => {
  const bundle = (org: string, course: string) => ({
    'orgs.csv': 'sourcedId,name,type,parentSourcedId\nold,Old,school,\nnew,New,school,\n',
    'classes.csv': `sourcedId,title,schoolSourcedId\nco,Old art,old\ncn,New art,new\ncm,Music,${org}\n`,
    'users.csv': usersFile(`s1,,,${org},student,Mo,Ving,,,`),
    'enrollments.csv': enrollmentsFile(`e1,,${course},s1,student,,2026-08-31,`, 'e2,,cm,s1,student,,2026-08-31,'),
  })
  await importFiles(bundle('old', 'co'))
  const moved = bundle('new', 'cn')
  const { texts } = await importFiles(moved)
  expect(texts).toEqual({
    rejected: [],
    warnings: [
      'users.csv, line 2: no longer makes s1 a student of Old: the record there stays until somebody archives it',
    ],
  })
  const active = async (table: 'students' | 'classes' | 'enrollments', org: string) =>
    (await rowsIn(table, org)).filter(({ archivedAt }) => !archivedAt).map(({ sourcedId }) => sourcedId)
  expect(await active('enrollments', 'old')).toEqual([])
  expect((await active('enrollments', 'new')).toSorted()).toEqual(['e1', 'e2'])
  expect(await active('classes', 'old')).toEqual(['co'])
  expect((await active('classes', 'new')).toSorted()).toEqual(['cm', 'cn'])
  expect(await active('students', 'old')).toEqual(['s1'])
  const again = await importFiles(moved)
  expect(again.totals).toMatchObject({ student: { changed: 0 }, enrollment: { changed: 0, archived: 0, new: 0 } })
  expect(await active('enrollments', 'old')).toEqual([])
  const { id, schoolId } = await found('students', 'old', 's1')
  await db.transaction(schoolId, (tx) => tx.update(students).set({ archivedAt: now }).where(eq(students.id, id)))
  expect((await importFiles(moved)).texts.warnings).toEqual([])
  expect(await active('students', 'old')).toEqual([])
})

test('a student of no school is left out, and the warning says who and where', async () => {
  const files = smallSchool('somewhere')
  const orgs = `${files['orgs.csv']}away,,,District,district,\n`
  const users = `${files['users.csv']}lost,,,true,away,student,lo,Lo,St,,,,,\n`
  const { texts, isApplied } = await importFiles({ ...files, 'orgs.csv': orgs, 'users.csv': users })
  expect(texts.warnings).toEqual([
    'users.csv, line 4: lost belongs to no school of this bundle, and is enrolled in no class: left out',
  ])
  expect(isApplied).toBe(true)
  expect(await rowsIn('students', 'somewhere')).toHaveLength(1)
})

test('a user without a name is stored, to be completed', async () => {
  const { texts } = await importFiles(
    smallSchool('nameless', {
      'users.csv': usersFile('s1,,,nameless,student,,Onename,,,', 's2,,,nameless,student,,,,,'),
      'enrollments.csv': enrollmentsFile(),
    }),
  )
  expect(texts.warnings).toEqual([expect.stringContaining('has no name')])
  expect(await found('students', 'nameless', 's1')).toMatchObject({ givenName: '', familyName: 'Onename' })
  expect(await found('students', 'nameless', 's2')).toMatchObject({ givenName: '', familyName: 's2' })
})

test('a course code that two courses have stays with the first', async () => {
  const courses = 'sourcedId,title,courseCode,orgSourcedId\na,Art,X,codes\nb,Ballet,X,codes\n'
  const { texts } = await importFiles(smallSchool('codes', { 'courses.csv': courses }))
  expect(texts.warnings[0]).toBe('courses.csv, line 3, column courseCode: X is taken by a: kept, but not as its code')
  expect(await found('courses', 'codes', 'b')).toMatchObject({ code: null, extra: { courseCode: 'X' } })
})

import { expect, test } from 'vitest'
import { enrollmentsFile, found, importFiles, rowsIn, schoolOf, smallSchool, usersFile } from '../bundle.ts'

const text = (file: string | Buffer | undefined) => String(file)
const only = (org: string, ...users: string[]) =>
  smallSchool(org, { 'users.csv': usersFile(...users), 'enrollments.csv': enrollmentsFile() })

test('an id that is the text 0 is an id, and ids keep their zeros and their case', async () => {
  const orgs = 'sourcedId,name,type,parentSourcedId\n0,District,district,\n007,Seven,school,0\n'
  const users = usersFile(
    '0,,,007,student,Zoe,Zero,,,',
    'a,,,007,student,Ada,Low,,,',
    'A,,,007,student,Bo,High,,,',
    '01,,,"0,007",student,Di,Strict,,,',
  )
  const result = await importFiles({
    ...smallSchool('007'),
    'orgs.csv': orgs,
    'users.csv': users,
    'enrollments.csv': enrollmentsFile('0,,c1,0,student,,,'),
  })
  expect(result.texts).toEqual({ rejected: [], warnings: [] })
  expect((await rowsIn('students', '007')).map(({ sourcedId }) => sourcedId).toSorted()).toEqual(['0', '01', 'A', 'a'])
  expect(await schoolOf('0')).toBeUndefined()
})

test('ids without the zeros a spreadsheet took away are rejected with the id that was meant', async () => {
  const files = smallSchool('zeros', {
    'users.csv': usersFile('0312,,,zeros,student,Ada,One,,,'),
    'enrollments.csv': enrollmentsFile('e1,,c1,312,student,,,'),
  })
  const { texts, isApplied } = await importFiles(files)
  expect(isApplied).toBe(false)
  expect(texts.rejected).toEqual([
    "enrollments.csv, line 2, column userSourcedId: there is no user 312, neither in users.csv nor in the school's register. There is 0312: did a spreadsheet take zeros away?",
  ])
})

test('quotes everywhere, a byte order mark, CRLF, blank lines and no final newline read like plain rows', async () => {
  const files = smallSchool('excel')
  const quoted = text(files['users.csv'])
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split(',')
        .map((cell) => `"${cell}"`)
        .join(','),
    )
    .join('\r\n\r\n')
  const classes = `\ufeff${text(files['classes.csv']).trim().replaceAll('\n', '\r\n')}`
  const result = await importFiles({ ...files, 'users.csv': `\ufeff${quoted}`, 'classes.csv': classes })
  expect(result.texts).toEqual({ rejected: [], warnings: [] })
  expect((await found('students', 'excel', 's1')).familyName).toBe('Abara')
  expect((await found('classes', 'excel', 'c1')).title).toBe('Art 1')
})

test('cells separated by semicolons are read too', async () => {
  const files = smallSchool('semicolon')
  const result = await importFiles({ ...files, 'users.csv': text(files['users.csv']).replaceAll(',', ';') })
  expect(result).toMatchObject({ isApplied: true, totals: { student: { new: 1 } } })
})

test('a first line that only names the separator, as Excel writes it, is no header', async () => {
  const files = smallSchool('sep')
  const users = `sep=;\r\n${text(files['users.csv']).replaceAll(',', ';').replaceAll('\n', '\r\n')}s9;;;;;;;;;;;;;;;\r\n`
  const { isApplied, texts } = await importFiles({ ...files, 'users.csv': users })
  expect(isApplied).toBe(true)
  expect(texts.warnings).toContain('users.csv, line 5: has 2 cells more than the header')
  expect(await rowsIn('students', 'sep')).toHaveLength(1)
})

test('a long or a short row is stored, with a warning that names its line', async () => {
  const { texts } = await importFiles(
    only('width', 's1,,,width,student,Ada,Long,,,09,', 's2,,,width,student,Bo,Short,,bo@school.example'),
  )
  expect(texts.warnings).toEqual([
    'users.csv, line 2: has 1 cell more than the header',
    'users.csv, line 3: has 1 cell fewer than the header: what it has no cell for stays as it is',
  ])
  expect(await rowsIn('students', 'width')).toHaveLength(2)
})

test('of a header that is there twice the first one counts, and the other is kept; one without a name is not', async () => {
  const users = 'sourcedId,orgSourcedIds,role,role,,givenName,familyName\ns1,doubled,student,guardian,note,Ada,Two\n'
  const { texts } = await importFiles({ ...only('doubled'), 'users.csv': users })
  expect(texts.warnings).toEqual(['users.csv, line 1, column role: is there twice; the first one counts'])
  expect((await found('students', 'doubled', 's1')).extra).toEqual({ orgSourcedIds: 'doubled', 'role (2)': 'guardian' })
})

test('files with a header and no rows, and files in another case, are read', async () => {
  const { 'users.csv': users = '', ...files } = smallSchool('cased')
  const result = await importFiles({
    ...files,
    'Users.CSV': users,
    'userprofiles.csv': 'sourcedId\n',
    'demographics.csv': '"userSourcedId","birthdate"',
  })
  expect(result).toMatchObject({ isApplied: true, totals: { student: { new: 1 } } })
})

test.each(['20120230', '2012-02-30', '31/31/2012', '12-13-14', 'yesterday'])(
  'a date written %j is rejected, and the message says how to write it',
  async (written) => {
    const org = `unborn ${written}`
    const { texts, isApplied } = await importFiles({
      ...smallSchool(org),
      'demographics.csv': `sourcedId,birthDate\ns1,${written}\n`,
    })
    expect(isApplied).toBe(false)
    expect(texts.rejected).toEqual([
      `demographics.csv, line 2, column birthDate: "${written}" is not read as one certain date: write it as 2026-08-31`,
    ])
  },
)

test('a change date that nobody can read rejects nothing: it is kept as it came', async () => {
  const users =
    'sourcedId,dataLastModified,orgSourcedIds,role,givenName,familyName\ns1,1/05/2023,touched,student,Ada,One\n'
  await importFiles({ ...only('touched'), 'users.csv': users })
  expect((await found('students', 'touched', 's1')).extra).toMatchObject({ dateLastModified: '1/05/2023' })
})

test('enabledUser is read in every spelling, and grades too', async () => {
  await importFiles(
    only(
      'spelled',
      'a,,TRUE,spelled,Student,A,A,,,9',
      'b,,1,spelled,STUDENT,B,B,,,kg',
      'c,,false,spelled,student,C,C,,,"09, 10,11"',
      'd,inactive,true,spelled,student,D,D,,,ps1',
    ),
  )
  const rows = await rowsIn('students', 'spelled')
  const told = Object.fromEntries(
    rows.map(({ sourcedId, status, gradeLevel }) => [sourcedId, `${status} ${gradeLevel}`]),
  )
  expect(told).toEqual({ a: 'active 09', b: 'active KG', c: 'inactive 09', d: 'inactive ps1' })
  expect((await found('students', 'spelled', 'c')).extra).toMatchObject({ grades: '09, 10,11' })
})

test('principals and parents of nobody are left out and counted', async () => {
  const { texts, notes } = await importFiles(
    only('roles', 'a,,,roles,professor,A,A,,,', 'c,,,roles,principal,C,C,,,', 'd,,,roles,parent,D,D,,,'),
  )
  expect(texts.warnings).toEqual([])
  expect((await rowsIn('instructors', 'roles')).map(({ sourcedId }) => sourcedId)).toEqual(['a'])
  expect(notes).toContain('Guardians of no student here were left out: 1')
  expect(notes).toContain('Users who neither learn nor teach were left out: 1')
})

test('columns of a vendor are kept, passwords never', async () => {
  const users =
    'sourcedId,orgSourcedIds,role,givenName,familyName,ext_shirt,metadata.locker,password,ext_studentPassword,__proto__\ns1,vendor,student,Ada,One,red,B7,canary-1,canary-2,odd\n'
  const { notes } = await importFiles({ ...only('vendor'), 'users.csv': users })
  const row = await found('students', 'vendor', 's1')
  expect(row.extra).toMatchObject({ ext_shirt: 'red', 'metadata.locker': 'B7' })
  expect(JSON.stringify([row, await rowsIn('journal', 'vendor')])).not.toContain('canary')
  expect(notes.filter((note) => note.includes('assword'))).toHaveLength(2)
})

test('a misspelt column is understood', async () => {
  const users =
    'sourcedId,orgSourcedIds,role,givenName,familyName,prefferedGivenName\ns1,misspelt,student,Katherine,One,Kit\n'
  await importFiles({ ...only('misspelt'), 'users.csv': users })
  expect((await found('students', 'misspelt', 's1')).preferredName).toBe('Kit')
})

test('no e-mail address, a user name with spaces and a broken address are no obstacle', async () => {
  const { texts } = await importFiles(
    only('mail', 's1,,,mail,student,Ada,One,,ada at home,', 's2,,,mail,student,Bo,Two,, Bo@School.Example ,'),
  )
  expect(texts.warnings).toEqual([
    'users.csv, line 2, column email: ada at home is no e-mail address: kept, but not as one; an address in the register stays',
  ])
  expect(await found('students', 'mail', 's1')).toMatchObject({ email: null, extra: { email: 'ada at home' } })
  expect((await found('students', 'mail', 's2')).email).toBe('bo@school.example')
})

test('of two students with one number the first keeps it, and a second run changes nothing', async () => {
  const files = only('numbers', 's1,,,numbers,student,Ada,One,7,,', 's2,,,numbers,student,Bo,Two,7,,')
  const { texts } = await importFiles(files)
  expect(texts.warnings).toEqual([
    'users.csv, line 3, column identifier: 7 is taken by s1: kept, but not as its number',
  ])
  expect(await found('students', 'numbers', 's2')).toMatchObject({ number: null, extra: { identifier: '7' } })
  expect((await importFiles(files)).totals.student).toMatchObject({ changed: 0, same: 2 })
})

test('a class whose course and sessions are nowhere is stored without them, and keeps what it named', async () => {
  const { texts } = await importFiles(
    smallSchool('dangling', { 'courses.csv': 'sourcedId,title\n', 'academicSessions.csv': 'sourcedId\n' }),
  )
  expect(texts.warnings).toEqual([
    'classes.csv, line 2, column courseSourcedId: there is no course art: the class is stored without it',
    'classes.csv, line 2, column termSourcedIds: there is no session fall: the class is stored without it',
  ])
  expect(await found('classes', 'dangling', 'c1')).toMatchObject({
    courseId: null,
    extra: { courseSourcedId: 'art', termSourcedIds: 'fall' },
  })
})

test('sessions whose parents are missing or go round in a circle are stored without them', async () => {
  const sessions = `sourcedId,title,type,startDate,endDate,parentSourcedId
fall,Fall,term,2026-08-31,2027-01-29,year
year,Year,quarter,2026-08-31,2019-11-09,
`
  const circle = `sourcedId,title,type,startDate,endDate,parentSourcedId
a,A,term,2026-08-31,2027-01-29,b
b,B,term,2026-08-31,2027-01-29,c
c,C,schoolYear,2026-08-31,2027-01-29,a
d,D,gradingPeriod,2026-08-31,2029-01-29,a
e,E,TERM,2026-08-31,2027-01-29,nowhere
f,F,quarter,2026-08-31,2027-01-29,
`
  const { texts } = await importFiles(
    smallSchool('circle', {
      'academicSessions.csv': circle,
      'classes.csv': 'sourcedId,title,schoolSourcedId\nc1,Art,circle\n',
    }),
  )
  expect(texts.warnings).toHaveLength(6)
  expect(texts.warnings).toContain(
    'academicSessions.csv, line 5, column endDate: has days outside the session above it, 2026-08-31 to 2027-01-29',
  )
  expect((await found('academicSessions', 'circle', 'a')).parentId).toBeNull()
  expect((await found('academicSessions', 'circle', 'd')).parentId).toBe(
    (await found('academicSessions', 'circle', 'a')).id,
  )
  expect(await found('academicSessions', 'circle', 'f')).toMatchObject({ type: 'term', extra: { type: 'quarter' } })
  const backwards = await importFiles(smallSchool('backwards', { 'academicSessions.csv': sessions }))
  expect(backwards.texts.rejected).toEqual([
    'academicSessions.csv, line 3, column endDate: ends on 2019-11-09, before it begins on 2026-08-31',
  ])
})

test('a value may hold line breaks, and the lines after it are still counted right', async () => {
  const { texts } = await importFiles(
    only('breaks', 's1,,,breaks,student,"Ada\nMaria",One,,,', 's2,,,breaks,student,Bo,Two,,nobody,'),
  )
  expect(texts.warnings).toEqual([
    'users.csv, line 4, column email: nobody is no e-mail address: kept, but not as one; an address in the register stays',
  ])
})

test('dates outside the terms of the class are stored, with a warning', async () => {
  const rows = enrollmentsFile('e1,,c1,s1,student,,2018-10-23 00:00:00.000,2026-12-01')
  const { texts } = await importFiles(smallSchool('outside', { 'enrollments.csv': rows }))
  expect(texts.warnings).toEqual([
    'enrollments.csv, line 2, column beginDate: 2018-10-23 lies outside the terms of the class, 2026-08-31 to 2027-01-29',
  ])
  expect((await found('enrollments', 'outside', 'e1')).beginDate).toBe('2018-10-23')
})

test('a number that a spreadsheet cut short is stored as the id it is now, with a warning', async () => {
  const { texts } = await importFiles(only('cut', '1.23457E+11,,,cut,student,Ada,One,,,'))
  expect(texts.warnings).toEqual([
    'users.csv, line 2, column sourcedId: holds a long number that a spreadsheet cut short, such as 1.0E+9: its last digits are lost',
  ])
})

test('a file that says nothing of who is active leaves that to the staff', async () => {
  const users = 'sourcedId,orgSourcedIds,role,givenName,familyName\ns1,silent,student,Ada,One\n'
  await importFiles(only('silent', 's1,inactive,,silent,student,Ada,One,,,'))
  await importFiles({ ...only('silent'), 'users.csv': users })
  expect((await found('students', 'silent', 's1')).status).toBe('inactive')
})

test('the longest names there is room for are stored, in letters that unfold and in emoji', async () => {
  const [long, ligatures, emoji] = ['N'.repeat(100), 'ﷺ'.repeat(100), '🎓'.repeat(100)]
  const { texts } = await importFiles(
    only('longest', `s1,,,longest,student,${long},${ligatures},,,`, `s2,,,longest,student,${emoji},${long},,,`),
  )
  expect(texts).toEqual({ rejected: [], warnings: [] })
  expect((await found('students', 'longest', 's2')).givenName).toBe(emoji)
})

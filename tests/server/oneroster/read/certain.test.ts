import { expect, test } from 'vitest'
import type { Files } from '../bundle.ts'
import { enrollmentsFile, found, importFiles, rowsIn, smallSchool } from '../bundle.ts'

const header = 'sourcedId,status,orgSourcedIds,role,givenName,familyName,middleName,identifier,email,sms,phone,grades'
const only = (org: string, ...rows: string[]): Files =>
  smallSchool(org, { 'users.csv': `${header}\n${rows.join('\n')}\n`, 'enrollments.csv': enrollmentsFile() })
const ada = (org: string) => `s1,,${org},student,Ada,One,May,7,ada@school.example,,,09`

test('a row that is cut short erases nothing: what it has no cell for stays', async () => {
  await importFiles(only('short', ada('short')))
  const cut = only('short', 's1,,short,student,Ada,Two,,8,a@school.example', 's2,,short,student')
  const { texts, isApplied } = await importFiles(cut)
  expect(isApplied).toBe(true)
  expect(texts.warnings.slice(0, 2)).toEqual([
    'users.csv, line 2: has 3 cells fewer than the header: what it has no cell for stays as it is',
    'users.csv, line 3: has 8 cells fewer than the header: what it has no cell for stays as it is',
  ])
  const told = { familyName: 'Two', middleName: null, number: '8', email: 'a@school.example' }
  expect(await found('students', 'short', 's1')).toMatchObject({ ...told, gradeLevel: '09' })
})

test.each([
  ['the middle name', 's1,,gap,student,Ada,One,7,ada@school.example,,,09'],
  ['the address', 's1,,gap,student,Ada,One,May,7,,,09'],
  ['the phone', 's1,,gap,student,Ada,One,May,7,ada@school.example,,09'],
  ['nobody knows which', 's1,,gap,student,Ada,Two'],
])('a row without its cell for %s is rejected: which one is missing, it does not tell', async (_, row) => {
  await importFiles(only('gap', ada('gap')))
  const { texts, isApplied } = await importFiles(only('gap', row))
  expect(isApplied).toBe(false)
  expect(texts.rejected).toEqual([
    expect.stringMatching(/^users.csv, line 2: has \d cells? fewer than the header, and none tells which is missing$/),
  ])
})

test('in a shorter row, empty cells at its end erase nothing', async () => {
  await importFiles(only('open', ada('open').replace(',,,09', ',1,2,09')))
  await importFiles(only('open', 's1,,open,student,Ada,Two,May,7,ada@school.example,,'))
  const { extra, familyName, gradeLevel } = await found('students', 'open', 's1')
  expect({ familyName, gradeLevel, sms: extra.sms, phone: extra.phone }).toEqual({
    familyName: 'Two',
    gradeLevel: '09',
    sms: '1',
    phone: '2',
  })
})

test('short rows of sessions erase nothing either; those of classes and courses do not tell which cell is missing', async () => {
  const files = smallSchool('short-class')
  await importFiles(files)
  const { texts } = await importFiles(
    {
      ...files,
      'classes.csv':
        'sourcedId,title,courseSourcedId,schoolSourcedId,classCode,location,termSourcedIds\nc1,art,short-class,A1-1,Studio,fall\n',
      'courses.csv': 'sourcedId,title,orgSourcedId,courseCode\nart,Arts,short-class\n',
      'academicSessions.csv':
        'sourcedId,title,type,startDate,endDate,schoolYear\nfall,Herbst,term,2026-08-31,2027-01-29\n',
    },
    { skipInvalid: true },
  )
  expect(texts.rejected).toEqual([
    'classes.csv, line 2: has 1 cell fewer than the header, and none tells which is missing',
    'courses.csv, line 2: has 1 cell fewer than the header, and none tells which is missing',
  ])
  const { title, code, roomId } = await found('classes', 'short-class', 'c1')
  expect({ title, code, hasRoom: roomId !== null }).toEqual({ title: 'Art 1', code: 'A1-1', hasRoom: true })
  expect(await found('courses', 'short-class', 'art')).toMatchObject({ title: 'Art', code: 'A1' })
  expect(await found('academicSessions', 'short-class', 'fall')).toMatchObject({ title: 'Herbst', schoolYear: 2027 })
  expect((await rowsIn('classTerms', 'short-class')).filter(({ archivedAt }) => !archivedAt)).toHaveLength(1)
})

test('a row that ends before it says whom it is about is rejected', async () => {
  const enrollments = 'sourcedId,classSourcedId,userSourcedId,role,beginDate\ne1,c1,s1\n'
  const { texts } = await importFiles(smallSchool('cut', { 'enrollments.csv': enrollments }))
  expect(texts.rejected).toEqual([
    'enrollments.csv, line 2: has 2 cells fewer than the header: it ends before it says its role',
  ])
})

test('a surplus that is empty is told once with a count; one that is not rejects its row', async () => {
  const { texts } = await importFiles(
    only(
      'wide',
      `${ada('wide')},`,
      `${ada('wide').replace('s1', 's2').replace(',7,', ',8,')},`,
      `${ada('wide').replace('s1', 's3')},x`,
      ada('wide').replace('s1', 's4').replace(',7,', ',9,'),
    ),
    { skipInvalid: true },
  )
  expect(texts.warnings).toEqual(['users.csv, line 2 and 1 more line: has 1 cell more than the header'])
  expect(texts.rejected).toEqual([
    'users.csv, line 4: has 1 cell more than the header: put a value with a comma into quotes',
  ])
  expect(await rowsIn('students', 'wide')).toHaveLength(3)
})

test('a comma without quotes shifts a row: it is rejected, and erases nothing', async () => {
  await importFiles(only('shifted', ada('shifted')))
  const shifted = 's1,,shifted,student,Ada,One, Jr.,May,7,ada@school.example,,,09'.replace(',,,09', ',,')
  const { texts, isApplied } = await importFiles(only('shifted', shifted))
  expect(isApplied).toBe(false)
  expect(texts.rejected).toEqual([
    'users.csv, line 2, column sms: holds an e-mail address: the cells of this row stand in wrong columns',
  ])
  expect(await found('students', 'shifted', 's1')).toMatchObject({ middleName: 'May', email: 'ada@school.example' })
})

test.each([
  ['a date in a name', 's1,,at,student,2012-03-04,One,,,,,,09', 'givenName: holds a date'],
  ['a boolean in a role', 's1,,at,true,Ada,One,,,,,,09', 'role: holds true or false'],
  ['a boolean in the status', 's1,TRUE,at,student,Ada,One,,,,,,09', 'status: holds true or false'],
  ['an address in a name', 's1,,at,student,ada@school.example,One,,,,,,09', 'givenName: holds an e-mail address'],
  ['a date in the address', 's1,,at,student,Ada,One,,,2012-03-04,,,09', 'email: holds a date'],
  ['a date in the grades', 's1,,at,student,Ada,One,,,,,,3/4/2012', 'grades: holds a date'],
])('%s rejects the row', async (_, row, says) => {
  const { texts } = await importFiles(only('at', row))
  expect(texts.rejected).toEqual([`users.csv, line 2, column ${says}: the cells of this row stand in wrong columns`])
})

test('an address in a number while the e-mail is none rejects the row; a word for none does not', async () => {
  const row = (email: string) => `s1,,other,student,Ada,One,May,ada@school.example,${email},,,09`
  const { texts } = await importFiles(only('other', row('7')), { dryRun: true })
  expect(texts.rejected).toEqual([
    'users.csv, line 2, column email: holds no e-mail address, and another cell of the row does',
  ])
  for (const none of ['', '-', 'N/A', 'none'])
    expect((await importFiles(only('other', row(none)), { dryRun: true })).texts.rejected).toEqual([])
})

test.each([
  ['an id', 's1"', 'Ada', 'sourcedId'],
  ['a name, and another beside it', 's1', '"Ada,"One', 'givenName'],
])('a stray quote in %s rejects the row', async (_, id, name, column) => {
  const users = `sourcedId,orgSourcedIds,role,givenName,familyName\n${id},stray,student,${name}, Jr."\n`
  const { texts } = await importFiles(smallSchool('stray', { 'users.csv': users }), { dryRun: true })
  expect(texts.rejected[0]).toBe(
    `users.csv, line 2, column ${column}: holds a quote that does not belong there: cells of this row may stand in wrong columns`,
  )
})

test('a file that ends every row with a comma is read; one such row among others is not', async () => {
  const row = (n: number) => `s${n},,commas,student,Ada,No${n},,,,,,`
  const rows = [1, 2, 3, 4].map(row)
  const { texts } = await importFiles(only('commas', ...rows.map((one) => `${one},`)))
  expect(texts).toEqual({
    rejected: [],
    warnings: ['users.csv, line 2 and 3 more lines: has 1 cell more than the header'],
  })
  const mixed = await importFiles(only('commas', ...rows.with(1, `${row(2)},`)))
  expect(mixed.texts.rejected).toEqual([
    'users.csv, line 3: has 1 cell more than the header, and none tells which is too many',
  ])
})

test('a number, a login and an id may be anything, True is a name, and a phone network has addresses', async () => {
  const users = `sourcedId,orgSourcedIds,role,username,givenName,familyName,identifier,email,sms
bo@school.example,anything,student,bo@school.example,True,One,2012-03-04,bo@school.example,5550100@text.example
b2,anything,student,true,Ann,False,true,,
`
  const { texts } = await importFiles(
    smallSchool('anything', { 'users.csv': users, 'enrollments.csv': enrollmentsFile() }),
  )
  expect(texts.rejected).toEqual([])
  expect(await found('students', 'anything', 'bo@school.example')).toMatchObject({
    givenName: 'True',
    number: '2012-03-04',
  })
})

test('quotes that swallow whole rows are found where they open', async () => {
  const kids = Array.from({ length: 30 }, (_, n) => `x${n},,swallow,student,Zo,Kid${n},,5${n},,,,09`)
  kids[3] = kids[3]?.replace(',,,,09', ',,"555,,09') ?? ''
  kids[20] = kids[20]?.replace(',,,,09', ',,7",,09') ?? ''
  const { texts, isApplied } = await importFiles(only('swallow', ...kids))
  expect(isApplied).toBe(false)
  expect(texts.rejected).toEqual([
    'users.csv, line 5, column sms: a quote opens here that closes 17 lines below, with whole rows in between: remove it',
  ])
})

test.each([
  [3, ',,,"5,09', ',,,5",09'],
  [4, ',,,"5,09', ',"5,,,09'],
  [2, ',"x,,,09', ',,,5",09'],
])('a quote of line %i that closes in another column of the next line is found too', async (at, open, close) => {
  const kids = Array.from({ length: 6 }, (_, n) => `x${n},,near,student,Zo,Kid${n},,5${n},,,,09`)
  kids[at] = kids[at]?.replace(',,,,09', open) ?? ''
  kids[at + 1] = kids[at + 1]?.replace(',,,,09', close.replace('"5', '5"')) ?? ''
  const { texts } = await importFiles(only('near', ...kids))
  expect(texts.rejected).toHaveLength(1)
  expect(texts.rejected[0]).toMatch(new RegExp(`^users.csv, line ${at + 2}`))
})

test('a line break in a name is a space; a remark may hold some', async () => {
  const users = `sourcedId,orgSourcedIds,role,givenName,familyName,remark
s1,breaking,student,"Mary
Ann","One",  "Bus, late
walks home, alone"
s2,breaking,student, "Bo", "Stone, Jr.",
`
  const { texts } = await importFiles(
    smallSchool('breaking', { 'users.csv': users, 'enrollments.csv': enrollmentsFile() }),
  )
  expect(texts).toEqual({ rejected: [], warnings: [] })
  expect(await found('students', 'breaking', 's1')).toMatchObject({
    givenName: 'Mary Ann',
    extra: { remark: 'Bus, late\nwalks home, alone' },
  })
  expect(await found('students', 'breaking', 's2')).toMatchObject({ givenName: 'Bo', familyName: 'Stone, Jr.' })
})

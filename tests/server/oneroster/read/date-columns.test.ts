import { expect, test } from 'vitest'
import type { ImportOptions } from '../../../../server/oneroster/import.ts'
import { enrollmentsFile, folderOf, importAt, importFiles, rowsIn, smallSchool, usersFile, zipOf } from '../bundle.ts'

const school = (org: string, ...births: string[]) =>
  smallSchool(org, {
    'users.csv': usersFile(...births.map((_, n) => `s${n},,,${org},student,Ada,${n},,,`)),
    'enrollments.csv': enrollmentsFile(),
    'demographics.csv': `userSourcedId,birthDate\n${births.map((birth, n) => `s${n},"${birth}"\n`).join('')}`,
  })
const bornIn = async (org: string) =>
  (await rowsIn('students', org))
    .toSorted((a, b) => ((a.sourcedId ?? '') < (b.sourcedId ?? '') ? -1 : 1))
    .map(({ birthDate }) => birthDate)
const imported = (org: string, births: string[], options: Partial<ImportOptions> = {}) =>
  importFiles(school(org, ...births), options)
const column = 'demographics.csv, column birthDate:'

test('a row that is certain decides the column, wherever it stands, and what was decided is told once', async () => {
  const american = await imported('mdy', ['06/05/2010', '07/08/2010', '06/15/2010', '12/25/2010'])
  expect(american.texts).toEqual({ rejected: [], warnings: [] })
  expect(american.notes).toEqual([`${column} read month first, because of line 4 (06/15/2010)`])
  expect(await bornIn('mdy')).toEqual(['2010-06-05', '2010-07-08', '2010-06-15', '2010-12-25'])
  const british = await imported('dmy', ['15.06.2010', '6.5.2010 00:00', '2010-01-02'])
  expect(british.notes).toEqual([`${column} read day first, because of line 2 (15.06.2010)`])
  expect(await bornIn('dmy')).toEqual(['2010-06-15', '2010-05-06', '2010-01-02'])
})

test('a column of which no row tells is rejected, until somebody says which comes first', async () => {
  const births = ['06/05/2010', '2010-01-02', '4/4/2010']
  const { texts, notes, isApplied } = await imported('says', births)
  expect(isApplied).toBe(false)
  expect(notes).toEqual([])
  expect(texts.rejected).toEqual([
    'demographics.csv, line 2, column birthDate: "06/05/2010" may be 2010-06-05 or 2010-05-06, and no row of the column tells: say --dates mdy where the month comes first, --dates dmy where the day does',
  ])
  expect((await imported('says', births, { dates: 'mdy' })).notes).toEqual([
    `${column} read month first, as --dates mdy says`,
  ])
  expect(await bornIn('says')).toEqual(['2010-06-05', '2010-01-02', '2010-04-04'])
  await imported('says', births, { dates: 'dmy' })
  expect(await bornIn('says')).toEqual(['2010-05-06', '2010-01-02', '2010-04-04'])
})

test('what the rows tell comes before what is said of all columns', async () => {
  const { notes } = await imported('rather', ['06/05/2010', '15/06/2010'], { dates: 'mdy' })
  expect(notes).toEqual([`${column} read day first, because of line 3 (15/06/2010), though --dates says mdy`])
  expect(await bornIn('rather')).toEqual(['2010-05-06', '2010-06-15'])
})

test('where rows contradict each other, those that may be two days are rejected, whatever is said', async () => {
  const births = ['06/15/2010', '06/05/2010', '31/12/2010']
  for (const dates of [undefined, 'mdy'] as const) {
    const { texts, notes } = await imported('mixed', births, { dates })
    expect(notes).toEqual([])
    expect(texts.rejected).toEqual([
      'demographics.csv, line 3, column birthDate: "06/05/2010" may be 2010-06-05 or 2010-05-06, and line 2 of the column writes the month first, line 4 the day: write it as 2026-08-31',
    ])
  }
  await imported('mixed', births, { skipInvalid: true })
  expect(await bornIn('mixed')).toEqual(['2010-06-15', null, '2010-12-31'])
})

test('a row that is rejected decides nothing', async () => {
  const files = school('silent-row', '06/05/2010', '2010-01-02')
  const demographics = `${files['demographics.csv']}s0,15/06/2010,surplus\n`
  const { texts } = await importFiles({ ...files, 'demographics.csv': demographics })
  expect(texts.rejected).toEqual([
    expect.stringContaining('no row of the column tells'),
    expect.stringContaining('has 1 cell more than the header'),
  ])
})

test('each column of each file is decided by itself, in a zip too', async () => {
  const files = {
    ...school('each', '06/05/2010', '06/15/2010'),
    'academicSessions.csv':
      'sourcedId,title,type,startDate,endDate\nfall,Fall,term,1/9/2026,31.1.2027\nspring,Spring,term,2/2/2027,6/7/2027\n',
  }
  const { texts } = await importAt(zipOf(Object.entries(files)))
  expect(texts.rejected).toEqual([
    expect.stringMatching(/^academicSessions.csv, line 2, column startDate: "1\/9\/2026"/),
  ])
  const { notes } = await importAt(zipOf(Object.entries(files)), { dates: 'dmy' })
  expect(notes).toEqual([
    'academicSessions.csv, column startDate: read day first, as --dates dmy says',
    'academicSessions.csv, column endDate: read day first, because of line 2 (31.1.2027)',
    `${column} read month first, because of line 3 (06/15/2010), though --dates says dmy`,
  ])
  const terms = await rowsIn('academicSessions', 'each')
  expect(terms.map(({ startDate, endDate }) => `${startDate} ${endDate}`).toSorted()).toEqual([
    '2026-09-01 2027-01-31',
    '2027-02-02 2027-07-06',
  ])
})

test('a column of a spreadsheet’s numbers is read as days, and told with an example', async () => {
  const { notes, texts } = await imported('serials', ['40334', '', '#N/A', '39814.5'])
  expect(texts.rejected).toEqual([])
  expect(notes).toEqual([`${column} read as a spreadsheet's numbers of days: line 2 (40334) is 2010-06-05`])
  expect(await bornIn('serials')).toEqual(['2010-06-05', null, null, '2009-01-01'])
})

test.each([
  ['other dates', ['40334', '2010-06-15']],
  ['numbers of the future', ['40334', '49000']],
])('beside %s such a number is rejected', async (_, births) => {
  const { texts } = await imported(`not all ${births[1]}`, births)
  expect(texts.rejected[0]).toBe(
    'demographics.csv, line 2, column birthDate: "40334" is a spreadsheet\'s number of a day, but not every date of the column is one in a likely range: write it as 2026-08-31',
  )
})

test('a birth date before 1900 or after today is stored, and told', async () => {
  const { texts } = await imported('unlikely', ['1899-12-31', '1900-01-01', '2026-11-20', '2026-11-22', '0214-05-05'])
  expect(texts).toEqual({
    rejected: [],
    warnings: [
      'demographics.csv, line 2 and 2 more lines, column birthDate: lies before 1900 or after today: stored, and to be checked',
    ],
  })
  expect(await bornIn('unlikely')).toContain('1899-12-31')
})

test('times of day in UTC are told once, because the day may be another one at the school', async () => {
  const { texts } = await imported('utc', [
    '2010-06-14T22:00:00Z',
    '2010-06-15T05:00Z',
    '2010-06-15T05:00',
    '2010-06-15',
  ])
  expect(texts.warnings).toEqual([
    'demographics.csv, line 2 and 1 more line, column birthDate: holds a time of day in UTC: the day counts as it is written',
  ])
  expect(await bornIn('utc')).toEqual(['2010-06-14', '2010-06-15', '2010-06-15', '2010-06-15'])
})

test('nothing is quoted from a file that holds passwords', async () => {
  const demographics = 'userSourcedId,password,birthDate\ns0,a,06/05/2010\ns1,b,06/15/2010\n'
  const files = { ...school('quoteless', '', ''), 'demographics.csv': demographics }
  const { notes } = await importAt(folderOf(files))
  expect(notes).toContain(`${column} read month first, because of line 3`)
})

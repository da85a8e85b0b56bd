import { expect, test } from 'vitest'
import { found, importFiles, rowsIn, smallSchool, usersFile } from '../bundle.ts'

const header = 'sourcedId,status,title,type,startDate,endDate,parentSourcedId,schoolYear'
const sessions = `${header}
fall,,Fall,term,2026-08-31,2027-01-29,year,2027
year,,Year,schoolYear,2026-08-31,2027-06-18,,2027
q1,,Q1,gradingPeriod,2026-08-31,2026-10-30,,2027
half,,Half,gradingPeriod,2026-08-31,2026-12-18,year,2027
week,,Week,gradingPeriod,2026-08-31,2026-09-04,half,2027
`
const pair = (prefix: string, file = sessions) => {
  const [a, b] = [`${prefix}-a`, `${prefix}-b`]
  return smallSchool(a, {
    'orgs.csv': `sourcedId,name,type\n${a},${a},school\n${b},${b},school\n`,
    'academicSessions.csv': file,
    'classes.csv': `sourcedId,title,schoolSourcedId,termSourcedIds\nc1,Art,${a},fall\nc2,Art,${b},fall\n`,
    'users.csv': usersFile(`s1,,,${a},student,Ada,One,,,`, `t1,,,${b},teacher,Lee,Park,,,`),
  })
}
const ids = async (org: string) => (await rowsIn('academicSessions', org)).map(({ sourcedId }) => sourcedId).toSorted()

test('sessions of a bundle of two schools come as in a bundle of one, and a second run changes nothing', async () => {
  await importFiles(smallSchool('single', { 'academicSessions.csv': sessions }))
  const alone = await ids('single')
  expect(alone).toEqual(['fall', 'half', 'q1', 'week', 'year'])
  const { notes } = await importFiles(pair('two'))
  expect([await ids('two-a'), await ids('two-b')]).toEqual([alone, alone])
  expect(notes.join()).not.toContain('left out')
  expect((await importFiles(pair('two'))).totals.academicSession).toMatchObject({ new: 0, changed: 0, same: 10 })
})

test('a session that only one school uses, with what lies below it, stays there', async () => {
  const files = pair('own')
  const classes = String(files['classes.csv']).replace('own-b,fall', 'own-b,q1')
  await importFiles({ ...files, 'classes.csv': classes })
  expect(await ids('own-b')).toEqual(['q1'])
  expect(await ids('own-a')).toEqual(['fall', 'half', 'week', 'year'])
})

test('a session that is to be deleted and that no school had comes to none', async () => {
  await importFiles(pair('removed', sessions.replace('q1,', 'q1,tobedeleted')))
  expect(await ids('removed-b')).toEqual(['fall', 'half', 'week', 'year'])
})

test.each([
  ['2026-2027', 2027],
  ['2026-27', 2027],
  ['2026/27', 2027],
  ['1999-00', 2000],
  ['2027', 2027],
])('the school year %s is %i', async (written, year) => {
  const org = `year ${written}`
  await importFiles(smallSchool(org, { 'academicSessions.csv': sessions.replaceAll(',2027\n', `,${written}\n`) }))
  expect(await found('academicSessions', org, 'fall')).toMatchObject({ schoolYear: year })
})

test('a school year that is none is told once, whatever the order of the lines and the number of schools', async () => {
  const { texts } = await importFiles(pair('told', sessions.replaceAll(',2027\n', ',2026-2029\n')))
  expect(texts.warnings).toEqual([
    'academicSessions.csv, line 2 and 4 more lines, column schoolYear: 2026-2029 is no year: kept, but not as the school year',
  ])
})

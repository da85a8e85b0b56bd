import { expect, test } from 'vitest'
import { enrollmentsFile, found, importFiles, smallSchool } from '../bundle.ts'

const header = 'sourcedId,orgSourcedIds,role,givenName,familyName,middleName,identifier,email,grades,ext_note'
const only = (org: string, ...rows: string[]) =>
  smallSchool(org, { 'users.csv': `${header}\n${rows.join('\n')}\n`, 'enrollments.csv': enrollmentsFile() })

test.each([
  ['="01001"', 'a formula that is a text'],
  ['= "01001"', 'one with a space'],
  ["'01001", 'an apostrophe before a number'],
])('%s, %s, is read as the number with its zeros', async (written) => {
  const org = `kept ${written.replace(/\W/g, '')}${written.length}`
  const quoted = `"${written.replaceAll('"', '""')}"`
  const { texts } = await importFiles(only(org, `${quoted},${org},student,Ada,One,,${quoted},,,${quoted}`))
  expect(texts).toEqual({ rejected: [], warnings: [] })
  expect(await found('students', org, '01001')).toMatchObject({ number: '01001', extra: { ext_note: '01001' } })
})

test('an apostrophe in a name is a part of it', async () => {
  await importFiles(only('apostrophe', "s1,apostrophe,student,'Ada,O'Neil,,,,,"))
  expect(await found('students', 'apostrophe', 's1')).toMatchObject({ givenName: "'Ada", familyName: "O'Neil" })
})

test.each(['#N/A', '#REF!', '#VALUE!', '#NAME?', '#DIV/0!', '#NULL!', '#NUM!', '#SPILL!', '#n/a'])(
  '%s says nothing: what the register has stays, and the warning says where',
  async (failed) => {
    const org = `failed ${failed}`
    await importFiles(only(org, `s1,${org},student,Ada,One,May,7,ada@school.example,09,`))
    const { texts } = await importFiles(only(org, `s1,${org},student,Ada,One,${failed},${failed},${failed},${failed},`))
    expect(texts.warnings).toEqual(
      ['middleName', 'identifier', 'email', 'grades'].map(
        (column) =>
          `users.csv, line 2, column ${column}: holds ${failed}, what a spreadsheet writes when it can't work a value out: not read`,
      ),
    )
    expect(await found('students', org, 's1')).toMatchObject({
      ...{ middleName: 'May', number: '7', email: 'ada@school.example', gradeLevel: '09' },
    })
  },
)

test('NULL and \\N are empty, but a family may be called so', async () => {
  await importFiles(only('nulls', 's1,nulls,student,Ada,One,May,7,ada@school.example,09,'))
  const { texts } = await importFiles(only('nulls', 's1,nulls,student,Ada,NULL,May,NULL,\\N,NULL,NULL'))
  expect(texts.warnings).toEqual([
    'users.csv, line 2, column familyName: holds NULL, which counts as a name',
    'users.csv, line 2, column identifier: holds NULL, which counts as empty',
    'users.csv, line 2, column email: holds \\N, which counts as empty',
    'users.csv, line 2, column grades: holds NULL, which counts as empty',
  ])
  expect(await found('students', 'nulls', 's1')).toMatchObject({
    ...{ familyName: 'NULL', number: null, email: null, gradeLevel: null },
  })
})

test.each(['1.0E+9', '1E+09', '1,23457E+11', '2.5e+10'])('%s is told as a number cut short', async (short) => {
  const org = `short ${short.replace(/\W/g, '')}`
  const { texts } = await importFiles(only(org, `s1,${org},student,Ada,One,,"${short}",,,`))
  expect(texts.warnings).toEqual([
    'users.csv, line 2, column identifier: holds a long number that a spreadsheet cut short, such as 1.0E+9: its last digits are lost',
  ])
})

test('what looks like one and is none is kept without a word', async () => {
  const { texts } = await importFiles(only('plain', 's1,plain,student,Ada,#1,#N/Ab,1E5,,Null,=1'))
  expect(texts.warnings).toEqual([])
  expect(await found('students', 'plain', 's1')).toMatchObject({ familyName: '#1', middleName: '#N/Ab', number: '1E5' })
})

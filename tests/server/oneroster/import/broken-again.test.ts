/** A school that came in whole, and what its nightly file may be on the night after: nothing of what is there is lost. */
import { beforeAll, expect, test } from 'vitest'
import { everythingIn, found, importFiles, schoolOf, smallSchool } from '../bundle.ts'

const org = 'whole'
const header = 'sourcedId,orgSourcedIds,role,givenName,familyName,identifier,email,grades,password'
const rows = [
  's1,whole,student,Ada,Byron,1001,ada@school.example,9,',
  's2,whole,student,Bob,Stone,1002,bob@school.example,9,',
  's3,whole,student,Cy,Young,1003,cy@school.example,7,',
]
const bundle = (users: string) =>
  smallSchool(org, {
    'users.csv': users,
    'enrollments.csv': 'sourcedId,classSourcedId,userSourcedId,role\ne1,c1,s1,student\ne2,c1,s2,student\n',
  })
const usersWith = (...changed: string[]) => [header, ...Object.assign([...rows], changed)].join('\n')
const all = async () => everythingIn((await schoolOf(org)) ?? { id: 0 })
let whole: Awaited<ReturnType<typeof all>>
beforeAll(async () => {
  await importFiles(bundle(`${usersWith()}\n`))
  whole = await all()
})

test.each([
  ['is empty', '', /^users.csv is empty/],
  [
    'is the page of a server’s error',
    '<html><body>502 Bad Gateway</body></html>',
    /^users.csv is no CSV file but HTML/,
  ],
  ['breaks off in a row', `${usersWith().slice(0, -40)}`, /^users.csv ends in the middle of line 4/],
  [
    'has a quote that is never closed',
    `${usersWith(rows[0] ?? '', 's2,whole,student,Bob,"Stone,1002,,9,')}\n`,
    /row of line 3/,
  ],
  ['holds nothing but its first line', `${header}\n`, undefined],
])('a file that %s changes nothing, and is told by its name', async (_, users, message) => {
  const brought = importFiles(bundle(users))
  if (message) await expect(brought).rejects.toThrow(message)
  else expect((await brought).shrunk).toMatchObject([{ file: 'users', rows: 0, before: 3 }])
  expect(await all()).toEqual(whole)
})

test.each([
  [
    'is cut short',
    ['s2,whole,student,Bob'],
    'users.csv, line 3: has 5 cells fewer than the header, in a file with passwords',
  ],
  ['has a comma without quotes', ['s2,whole,student,Bob,Stone, Jr.,1002,bob@school.example,9'], 'users.csv, line 3'],
  [
    'lacks a comma before its password',
    ['s2,whole,student,Bob,Stone,1002,bob@school.example,S3cret!'],
    'users.csv, line 3',
  ],
  [
    'has a quote that swallows the next one',
    ['s2,whole,student,Bob,"Stone,1002,,9,', 's3,whole,student,Cy,"Young,1003,,7,'],
    'users.csv, line 3',
  ],
])('a row that %s changes nobody, and is told by its line', async (_, spoiled, place) => {
  const { isApplied, texts } = await importFiles(bundle(`${usersWith(rows[0] ?? '', ...spoiled)}\n`))
  expect(isApplied).toBe(false)
  expect(texts.rejected[0]).toContain(place)
  expect(texts.rejected.join()).not.toContain('S3cret!')
  expect(await all()).toEqual(whole)
})

test('a name in quotes after a space is the name, and the same file again is no change', async () => {
  const spaced = bundle(`${usersWith(rows[0] ?? '', 's2,whole,student,Bob, "Stone",1002,bob@school.example,9,')}\n`)
  expect((await importFiles(spaced)).totals.student).toMatchObject({ changed: 0 })
  expect((await found('students', org, 's2')).familyName).toBe('Stone')
})

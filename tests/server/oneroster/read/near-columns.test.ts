import { expect, test } from 'vitest'
import { isOneLetterAway } from '../../../../server/oneroster/read/near-columns.ts'
import { enrollmentsFile, found, importFiles, rowsIn, smallSchool } from '../bundle.ts'

const files = (org: string, users: string) =>
  smallSchool(org, { 'users.csv': users, 'enrollments.csv': enrollmentsFile() })

test.each([
  ['agentSourceIds', 'agentSourcedIds', true],
  ['identifer', 'identifier', true],
  ['emial', 'email', true],
  ['phome', 'phone', true],
  ['email', 'email', false],
  ['mail', 'emails', false],
  ['userIds', 'username', false],
])('%s and %s: one letter away is %s', (one, other, is) => {
  expect(isOneLetterAway(one, other)).toBe(is)
  expect(isOneLetterAway(other, one)).toBe(is)
})

test('columns nearly called like ours, or as others call them, are told once', async () => {
  const users = `sourcedId,orgs,role,givenName,lastName,agentSourceIds,shirt
s1,near,student,Ada,One,p1,red
s2,near,student,Bo,Two,p1,blue
s3,near,student,Cy,Six,p1,red
`
  const orgs = 'sourcedId,name,type\nnear,Near,school\nfar,Far,school\n'
  const classes = 'sourcedId,title,schoolSourcedId\nc1,Art,near\nc2,Art,far\n'
  const { notes, texts } = await importFiles({ ...files('near', users), 'orgs.csv': orgs, 'classes.csv': classes })
  const told = (header: string, name: string) =>
    `users.csv: the column ${header} is not read. If it is ${name}, give it that name`
  expect(notes.filter((note) => note.includes('is not read. If'))).toEqual([
    told('orgs', 'orgSourcedIds'),
    told('lastName', 'familyName'),
    told('agentSourceIds', 'agentSourcedIds'),
  ])
  expect(texts.warnings).toEqual([
    'users.csv, line 2 and 2 more lines: the file has no column orgSourcedIds, and the person belongs to no school of this bundle, and is enrolled in no class: left out',
  ])
})

test('columns that are kept and not used are told, one note for each file', async () => {
  const many = Array.from({ length: 14 }, (_, n) => `ext_${n}`)
  const users = `sourcedId,orgSourcedIds,role,givenName,familyName,userIds,shirt,password
s1,unused,student,Ada,One,,red,x
`
  const orgs = `sourcedId,name,type,${many.join(',')}\nunused,Unused,school,${many.join(',')}\n`
  const { notes } = await importFiles({ ...files('unused', users), 'orgs.csv': orgs })
  expect(notes.filter((note) => note.includes('not used'))).toEqual([
    `orgs.csv: columns kept with their records, and not used: ${many.slice(0, 12).join(', ')} and 2 more`,
    'users.csv: columns kept with their records, and not used: userIds, shirt',
  ])
  expect(await found('students', 'unused', 's1')).toMatchObject({ extra: { shirt: 'red' } })
})

test('a bundle that is refused tells what was noted before', async () => {
  const manifest = 'propertyName,value\nfile.enrollments,bulk\n'
  const users = 'sourcedId,orgs,role,givenName,familyName\ns1,refused,student,Ada,One\n'
  await expect(importFiles({ ...files('refused', users), 'manifest.csv': manifest })).rejects.toMatchObject({
    message: expect.stringContaining('enrollments.csv holds no row but the header'),
    notes: ['users.csv: the column orgs is not read. If it is orgSourcedIds, give it that name'],
  })
})

test('characters that nobody sees do not hide a column', async () => {
  const users = 'sourcedId,\u200borgSourcedIds,ro\u00adle,given\u00a0Name,familyName\u2060\ns1,unseen,student,Ada,One\n'
  const { texts } = await importFiles(files('unseen', users))
  expect(texts).toEqual({ rejected: [], warnings: [] })
  expect(await found('students', 'unseen', 's1')).toMatchObject({ givenName: 'Ada', familyName: 'One' })
})

test.each([
  ['firstName,lastName', 'firstName and lastName must be called givenName and familyName'],
  ['Vorname,Nachname', 'Vorname and Nachname must be called givenName and familyName'],
])('a file whose people have only %s is refused', async (names, says) => {
  const users = `sourcedId,orgSourcedIds,role,${names}\ns1,unnamed,student,Ada,One\n`
  await expect(importFiles(files('unnamed', users))).rejects.toThrow(`users.csv has no names: its columns ${says}`)
  expect(await rowsIn('students', 'unnamed')).toEqual([])
})

test.each([
  ['foldedRows', 'no JSON', '[{"sourcedId":"theirs","beginDate":null,"endDate":null},{"sourcedId":"e2"}]'],
  ['foldedSourcedIds', 'e2', 'theirs,e1'],
])(
  'a column that is called as our own notes about rows are, %s, is told and never taken for them',
  async (column, ...said) => {
    const org = column.toLowerCase()
    const [first, second] = said.map((text) => `"${text.replaceAll('"', '""')}"`)
    const enrollments = `sourcedId,classSourcedId,userSourcedId,role,beginDate,endDate,${column}
e1,c1,s1,student,2026-08-31,2027-01-29,${first}
e2,c1,t1,teacher,,,${second}
`
    const bundle = smallSchool(org, { 'enrollments.csv': enrollments })
    const { notes, isApplied } = await importFiles(bundle)
    expect(isApplied).toBe(true)
    expect([...notes]).toContain(
      `enrollments.csv: the column ${column} is not read: the register keeps something else by that name`,
    )
    const kept = [...(await rowsIn('enrollments', org)), ...(await rowsIn('classInstructors', org))]
    expect(kept.map(({ extra }) => extra)).toEqual([{}, {}])
    const { totals } = await importFiles(bundle)
    expect([totals.enrollment, totals.classInstructor]).toMatchObject([{ same: 1 }, { same: 1 }])
  },
)

import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { register } from '../../../../db/database.ts'
import { schools } from '../../../../db/schema/index.ts'
import type { ImportOptions } from '../../../../server/oneroster/import.ts'
import { db } from '../../../setup/people.ts'
import type { Files } from '../bundle.ts'
import { everythingIn, found, importFiles, rowsIn, schoolOf, smallSchool, usersFile } from '../bundle.ts'

const here = async (org: string) => {
  const school = await schoolOf(org)
  if (!school) throw new Error(`no ${org}`)
  return school
}
const withId = (org: string) => db.select().from(schools).where(eq(schools.sourcedId, org)).orderBy(schools.id)
const coded = (code: string, files: Files): Files => ({
  ...files,
  'manifest.csv': `propertyName,value\noneroster.version,1.1\nsource.systemCode,${code}\n`,
})
const orgsFile = (...rows: string[]) => `sourcedId,name,type,parentSourcedId\n${rows.join('\n')}\n`
const people = (...rows: string[]) =>
  `sourcedId,status,orgSourcedIds,role,givenName,familyName,agentSourcedIds\n${rows.join('\n')}\n`

/** Every small school has the ids s1, t1, c1, art, fall, e1 and e2, as two systems may. */
async function twoSystems(first: string, second: Files, options: Partial<ImportOptions> = {}) {
  await importFiles(smallSchool(first))
  const school = await here(first)
  const before = await everythingIn(school)
  const result = await importFiles(second, options)
  expect(await everythingIn(school)).toEqual(before)
  return result
}
const others = (org: string, more: Files = {}) =>
  smallSchool(org, {
    'courses.csv': `sourcedId,title,courseCode,orgSourcedId\nart,Latin,LAT,${org}\n`,
    'academicSessions.csv': 'sourcedId,title,type,startDate,endDate\nfall,Herbst,term,2026-08-24,2027-02-05\n',
    'users.csv': people(`s1,,${org},student,Zed,Other,`, `t1,,${org},teacher,Mag,Ister,`),
    ...more,
  })

test('a second school whose system gave the same ids changes nothing in the first', async () => {
  const { texts, isApplied } = await twoSystems('oak', others('ash'))
  expect({ texts, isApplied }).toEqual({ texts: { rejected: [], warnings: [] }, isApplied: true })
  expect(await found('students', 'ash', 's1')).toMatchObject({ givenName: 'Zed' })
  expect(await found('courses', 'ash', 'art')).toMatchObject({ title: 'Latin' })
})

test('a parent without a school is one where the bundle has her child, and nowhere else', async () => {
  const users = people('s1,,ash-41,student,Zed,Other,', 't1,,ash-41,teacher,Mag,Ister,', 'p1,,,parent,Pa,Other,s1')
  const { texts } = await twoSystems('oak-41', others('ash-41', { 'users.csv': users }))
  expect(texts).toEqual({ rejected: [], warnings: [] })
  expect(await rowsIn('guardians', 'ash-41')).toMatchObject([{ sourcedId: 'p1' }])
  expect(await rowsIn('studentGuardians', 'ash-41')).toHaveLength(1)
})

test('before there are classes, people reach the school they name', async () => {
  const { 'orgs.csv': orgs = '', 'users.csv': users = '' } = others('ash-42')
  const { texts } = await twoSystems('oak-42', { 'orgs.csv': orgs, 'users.csv': users })
  expect(texts).toEqual({ rejected: [], warnings: [] })
  expect(await rowsIn('students', 'ash-42')).toMatchObject([{ givenName: 'Zed' }])
})

test('a parent who names a student of another system names nobody', async () => {
  await importFiles(smallSchool('oak-45', { 'users.csv': people('u2,,oak-45,student,Bob,Stone,') }), {
    skipInvalid: true,
  })
  const before = await everythingIn(await here('oak-45'))
  const users = people('s1,,ash-45,student,Zed,Other,', 't1,,ash-45,teacher,M,I,', 'p1,,ash-45,parent,Pa,Other,u2')
  const { texts } = await importFiles(others('ash-45', { 'users.csv': users }))
  expect(texts).toEqual({
    rejected: [],
    warnings: [
      "users.csv, line 4, column agentSourcedIds: there is no user u2, neither in users.csv nor in the school's register: not linked",
    ],
  })
  expect(await everythingIn(await here('oak-45'))).toEqual(before)
})

const enrollments = (...rows: string[]) =>
  `sourcedId,status,classSourcedId,schoolSourcedId,userSourcedId,role\n${rows.join('\n')}\n`

test.each<[string, Files]>([
  ['a deleted student', { 'users.csv': people('s1,tobedeleted,,student,,,') }],
  ['a renamed teacher', { 'users.csv': people('t1,,,teacher,Mag,Ister,') }],
  ['a deleted enrollment', { 'enrollments.csv': enrollments('e1,tobedeleted,c1,,s1,student') }],
  ['a new enrollment', { 'enrollments.csv': enrollments('e9,,c1,,s1,student') }],
  ['a class', { 'classes.csv': 'sourcedId,title\nc1,Latin A\n' }],
  ['a deleted class', { 'classes.csv': 'sourcedId,status\nc1,tobedeleted\n' }],
  ['a course', { 'courses.csv': 'sourcedId,title\nart,Latin\n' }],
  ['a session', { 'academicSessions.csv': 'sourcedId,title,startDate,endDate\nfall,Herbst,2026-09-07,2026-12-18\n' }],
  ['a birth date', { 'demographics.csv': 'sourcedId,birthDate\ns1,2012-01-02\n' }],
])('%s that names no school is rejected where another system may be meant', async (what, delta) => {
  await importFiles(smallSchool(`elm ${what}`))
  const { isApplied, texts } = await twoSystems(`fir ${what}`, delta)
  expect(isApplied).toBe(false)
  expect(texts.rejected).toEqual([
    expect.stringMatching(
      /, line 2: names no school, and .* from another system: name the school, or the system by --/,
    ),
  ])
})

test('a deleted user without a school is rejected beside rows that name another school', async () => {
  await importFiles(smallSchool('yew-del', { 'users.csv': people('u7,,yew-del,student,Bo,Yew,') }), {
    skipInvalid: true,
  })
  const users = people('s1,,ash-del,student,Zed,Other,', 'u7,tobedeleted,,student,,,')
  const { texts, isApplied } = await twoSystems(
    'oak-del',
    others('ash-del', { 'users.csv': users, 'enrollments.csv': enrollments() }),
  )
  expect(isApplied).toBe(false)
  expect(texts.rejected).toEqual([
    expect.stringContaining('users.csv, line 3: names no school, and School yew-del may'),
  ])
})

test('a row without a school reaches every school of its named source, and none of another', async () => {
  const both = (code: string, a: string, b: string) =>
    coded(code, {
      'orgs.csv': orgsFile(`${a},A,school,`, `${b},B,school,`),
      'users.csv': people(`s1,,"${a},${b}",student,Amara,Abara,`),
    })
  await importFiles(both('north', 'n1', 'n2'))
  await importFiles(both('south', 'm1', 'm2'))
  const south = await everythingIn(await here('m1'))
  await importFiles({ 'users.csv': people('s1,,,student,Ama,Abara,') }, { source: 'north' })
  expect((await found('students', 'n1', 's1')).givenName).toBe('Ama')
  expect((await found('students', 'n2', 's1')).givenName).toBe('Ama')
  expect(await everythingIn(await here('m1'))).toEqual(south)
  await importFiles(coded('north', { 'users.csv': people('s1,tobedeleted,,student,,,') }))
  expect((await found('students', 'n2', 's1')).archivedAt).not.toBeNull()
  expect(await everythingIn(await here('m1'))).toEqual(south)
})

test('a row that names one school of its source leaves her record in another as it is, and a deletion says so', async () => {
  const users = (row: string) =>
    coded('pair', { 'orgs.csv': orgsFile('p1,P,school,', 'p2,Q,school,'), 'users.csv': people(row) })
  await importFiles(users('s1,,"p1,p2",student,Amara,Abara,'))
  const before = await everythingIn(await here('p2'))
  const { notes } = await importFiles(users('s1,,p1,student,Ama,Abara,'))
  expect((await found('students', 'p1', 's1')).givenName).toBe('Ama')
  expect(notes).toContain('People stay as they are in schools that their rows do not name')
  const { texts } = await importFiles(users('s1,tobedeleted,p1,student,,,'))
  expect((await found('students', 'p1', 's1')).archivedAt).not.toBeNull()
  expect(texts.warnings).toEqual([
    'users.csv, line 2: does not name Q: s1 stays a student there until somebody archives the record',
  ])
  expect(await everythingIn(await here('p2'))).toEqual(before)
})

test('a principal by role, a course and a class touch the school they name alone', async () => {
  const both = { 'orgs.csv': orgsFile('k1,K,school,', 'k2,L,school,') }
  const courses = (org: string, title: string) => `sourcedId,title,orgSourcedId\nart,${title},${org}\n`
  await importFiles(coded('kin', { ...smallSchool('k2'), ...both }))
  const before = await everythingIn(await here('k2'))
  await importFiles(
    coded('kin', {
      ...both,
      'users.csv': people('t1,,k1,principal,Mag,Ister,'),
      'courses.csv': courses('k1', 'Latin'),
      'enrollments.csv': enrollments('e1,tobedeleted,c1,k1,s1,student'),
    }),
  )
  expect(await everythingIn(await here('k2'))).toEqual(before)
})

test('two systems may call their schools by the same id, once the operator has said so', async () => {
  await importFiles(coded('A', smallSchool('twin')))
  const [first] = await withId('twin')
  if (!first) throw new Error('no school')
  const before = await everythingIn(first)
  const bundle = others('twin', { 'orgs.csv': orgsFile('twin,Ash,school,') })
  await expect(importFiles(coded('B', bundle))).rejects.toThrow(
    'This bundle comes from the source B, and the register knows twin as School twin from A. The same system: say --source A, or once "homeroom school set school-twin --source B". Another system, whose ids mean other records: say --source B',
  )
  expect(await withId('twin')).toHaveLength(1)
  const said = await importFiles(coded('B', bundle), { source: 'B' })
  expect(said.texts.warnings).toEqual([
    'orgs.csv, line 2: the source A knows School twin by the id twin: this is another school',
  ])
  expect(said).toMatchObject({ source: 'B', schools: [{ name: 'Ash', slug: 'ash' }] })
  expect(await withId('twin')).toMatchObject([{ source: 'A' }, { source: 'B', name: 'Ash' }])
  const again = await importFiles(coded('B', bundle))
  expect(again.texts.warnings).toEqual([])
  expect(Object.values(again.totals).some((total) => total.new + total.changed + total.archived)).toBe(false)
  await importFiles(coded('B', { 'users.csv': people('s1,tobedeleted,twin,student,,,') }))
  expect(await everythingIn(first)).toEqual(before)
})

test('a bundle without a source, or with another code, of a school whose source is known changes nothing and says which', async () => {
  await importFiles(coded('SIS "old"', smallSchool('recoded')))
  const before = await everythingIn(await here('recoded'))
  await expect(importFiles({ 'users.csv': usersFile('s1,,,recoded,student,Ada,One,,,') })).rejects.toThrow(
    /names no source, and the register knows recoded as .* --source "SIS \\"old\\"", .* say --source and a name for it/,
  )
  await expect(importFiles(coded('new', smallSchool('recoded')))).rejects.toThrow('comes from the source new')
  expect(await everythingIn(await here('recoded'))).toEqual(before)
  const { totals } = await importFiles(coded('new', smallSchool('recoded')), { source: 'SIS "old"' })
  expect(totals.student).toMatchObject({ same: 1, changed: 0, new: 0 })
})

test('a source for schools that had none, under the same names, is refused until it is set', async () => {
  await importFiles(smallSchool('plain'))
  await expect(importFiles(smallSchool('plain'), { source: 'SIS' })).rejects.toThrow(
    'from default. The same system: say --source default, or once "homeroom school set school-plain --source SIS"',
  )
  expect(await withId('plain')).toHaveLength(1)
  const { totals } = await importFiles(smallSchool('plain'), { source: 'default' })
  expect(totals).toMatchObject({ school: { same: 1, changed: 0 }, student: { same: 1 } })
})

test('a school imported before there were sources takes the first that names it, once, in its journal', async () => {
  await importFiles(smallSchool('early'))
  const { id } = await here('early')
  await db.transaction(register, (tx) => tx.update(schools).set({ source: null }).where(eq(schools.id, id)))
  const bundle = coded('SIS', smallSchool('early'))
  const { totals } = await importFiles(bundle)
  expect(totals).toMatchObject({ school: { changed: 1 }, student: { same: 1, changed: 0 } })
  expect(await here('early')).toMatchObject({ id, source: 'SIS' })
  expect((await rowsIn('journal', 'early')).at(-1)).toMatchObject({ entity: 'school', fields: ['source'] })
  expect((await importFiles(bundle)).totals.school).toMatchObject({ same: 1, changed: 0 })
  await expect(importFiles(coded('other', smallSchool('early')))).rejects.toThrow(
    'knows early as School early from SIS',
  )
})

test('of two sources that bring a school of one id at once, each gets its own when both are said', async () => {
  await Promise.all([
    importFiles(smallSchool('rush'), { source: 'rush-1' }),
    importFiles(others('rush', { 'orgs.csv': orgsFile('rush,Rush 2,school,') }), { source: 'rush-2' }),
  ])
  const both = await withId('rush')
  expect(both.map(({ source }) => source).toSorted()).toEqual(['rush-1', 'rush-2'])
  const outcomes = await Promise.allSettled([
    importFiles(coded('rash-1', smallSchool('rash'))),
    importFiles(coded('rash-2', smallSchool('rash'))),
  ])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await withId('rash')).toHaveLength(1)
})

test('a source of more than 255 characters is refused before anything is read of the register', async () => {
  await expect(importFiles(coded('x'.repeat(256), smallSchool('wordy')))).rejects.toThrow(
    'The source may have 255 char',
  )
  expect(await schoolOf('wordy')).toBeUndefined()
})

/** Values that some program has spoiled: what the register has right stays, and the place is told. */
import { expect, test } from 'vitest'
import { enrollmentsFile, found, importFiles, schoolOf, smallSchool, usersFile } from '../../bundle.ts'

const twice = (text: string) => Buffer.from(text).toString('latin1')
const only = (org: string, ...rows: string[]) => ({
  'users.csv': usersFile(...rows.map((row) => row.replaceAll('@org', org))),
})

test('what is no e-mail address takes none away, and is told', async () => {
  await importFiles(smallSchool('no-address'))
  const spoiled = only(
    'no-address',
    's1,,,@org,student,Amara,Abara,100,amara at home,9',
    't1,,,@org,teacher,Lee,Park,,n/a,',
  )
  const { texts } = await importFiles(spoiled)
  expect(texts.warnings).toContain(
    'users.csv, line 2, column email: amara at home is no e-mail address: kept, but not as one; an address in the register stays',
  )
  expect(await found('students', 'no-address', 's1')).toMatchObject({
    email: 'amara@school.example',
    extra: { email: 'amara at home' },
  })
  expect((await found('instructors', 'no-address', 't1')).email).toBe('lee@school.example')
  expect((await importFiles(spoiled)).totals).toMatchObject({ student: { changed: 0 }, instructor: { changed: 0 } })
  await importFiles(only('no-address', 's1,,,@org,student,Amara,Abara,100,,9'))
  expect((await found('students', 'no-address', 's1')).email).toBeNull()
})

test('her address under the number, and none under email, is a shifted row; another address is taken and told', async () => {
  await importFiles(smallSchool('shifted-address'))
  const { isApplied, texts } = await importFiles(
    only('shifted-address', 's1,,,@org,student,Amara,Abara,Amara@School.example,,9'),
  )
  expect(isApplied).toBe(false)
  expect(texts.rejected).toEqual([
    'users.csv, line 2, column identifier: holds the e-mail address of this person, and email is empty: the cells of this row stand in wrong columns',
  ])
  expect(await found('students', 'shifted-address', 's1')).toMatchObject({
    number: '100',
    email: 'amara@school.example',
  })
  const taken = await importFiles(only('shifted-address', 's2,,,@org,student,Bo,Two,bo@school.example,,9'))
  expect(taken.texts.warnings).toEqual([
    'users.csv, line 2, column identifier: holds an e-mail address, and email is empty: do cells of this row stand in wrong columns?',
  ])
  expect((await found('students', 'shifted-address', 's2')).number).toBe('bo@school.example')
})

test('letters that were encoded twice are told once a column, and spoil no name that is right', async () => {
  const named = (name: (text: string) => string) => ({
    ...smallSchool('twice'),
    'orgs.csv': `sourcedId,name,type\ntwice,${name('École Zoë')},school\n`,
    'courses.csv': `sourcedId,title,orgSourcedId\nart,${name('Éducation')},twice\n`,
    ...only(
      'twice',
      `s1,,,@org,student,${name('Søren')},${name('González')},,,9`,
      `t1,,,@org,teacher,${name('Łucja')},${name('D’Arc')},,,`,
    ),
  })
  await importFiles(named(String))
  const { totals, texts } = await importFiles(named(twice))
  expect(totals).toMatchObject({
    school: { changed: 0 },
    student: { changed: 0 },
    instructor: { changed: 0 },
    course: { changed: 0 },
  })
  expect(texts.warnings).toEqual(
    [
      'courses.csv, line 2, column title',
      'orgs.csv, line 2, column name',
      'users.csv, line 2 and 1 more line, column givenName',
      'users.csv, line 2 and 1 more line, column familyName',
    ].map(
      (place) => `${place}: holds letters that were encoded twice, such as Ã¡ for á: export the file again as UTF-8`,
    ),
  )
  expect((await schoolOf('twice'))?.name).toBe('École Zoë')
  const fresh = await importFiles(only('twice', `s9,,,@org,student,${twice('José')},São Â,,,9`))
  expect(fresh.texts.warnings).toHaveLength(1)
  expect(await found('students', 'twice', 's9')).toMatchObject({ givenName: twice('José'), familyName: 'São Â' })
})

test('as Windows shows the bytes, they are known too', async () => {
  const nobody = { 'enrollments.csv': enrollmentsFile() }
  await importFiles({ ...smallSchool('windows', nobody), ...only('windows', 's1,,,@org,student,Élodie,O’Brien,,,9') })
  const { totals } = await importFiles(only('windows', 's1,,,@org,student,Ã‰lodie,Oâ€™Brien,,,9'))
  expect(totals.student).toMatchObject({ changed: 0, same: 1 })
})

test('a login of a hundred letters outside the first plane, cut for a person without a name, is whole', async () => {
  const login = `a${'😀'.repeat(60)}`
  await importFiles({
    ...smallSchool('login'),
    'users.csv': `sourcedId,orgSourcedIds,role,username,givenName,familyName\ns1,login,student,${login},,\n`,
    'enrollments.csv': 'sourcedId,classSourcedId,userSourcedId,role\n',
  })
  expect((await found('students', 'login', 's1')).familyName).toBe(login)
})

import { expect, test } from 'vitest'
import { isSecretColumn } from '../../../../server/oneroster/read/secrets.ts'
import { found, importFiles, rowsIn, smallSchool } from '../bundle.ts'
import { isStored } from '../stored-bytes.ts'

test.each([
  'password',
  'Passwort',
  'ext_studentPassword',
  'studentpassword2',
  'pwd',
  'userPwd',
  'PASSCODE',
  'Kennwort',
  'mot de passe',
  'motDePasse',
  'Contraseña',
  'contrasena',
  'senha',
  'wachtwoord',
  'lösenord',
  'hasło',
  'пароль',
  'パスワード',
  '密码',
  'كلمة المرور',
  'login pin',
  'portalLoginPass',
  'clave de acceso',
])('a column called %s holds passwords', (header) => {
  expect(isSecretColumn(['grades', header, 'phone'], 1)).toBe(true)
})

test.each(['pin', 'pass', 'pinned', 'passport', 'bypass', 'compass', 'desenho', 'parolee', 'passed', 'grades', 'spin'])(
  'a column called %s holds none',
  (header) => {
    expect(isSecretColumn(['grades', header, 'phone'], 1)).toBe(false)
  },
)

test('a PIN or a pass beside a login is a password', () => {
  expect(isSecretColumn(['username', 'pin'], 1)).toBe(true)
  expect(isSecretColumn(['pass', 'Benutzername'], 0)).toBe(true)
  expect(isSecretColumn(['username', 'givenName', 'pin'], 2)).toBe(false)
})

const usersWith = (header: string, ...rows: string[]) =>
  `sourcedId,orgSourcedIds,role,givenName,familyName,identifier,grades,${header}\n${rows.join('\n')}\n`
const school = (org: string, users: string, more = {}) =>
  smallSchool(org, { 'users.csv': users, ...noEnrollments, ...more })
const noEnrollments = { 'enrollments.csv': 'sourcedId,classSourcedId,userSourcedId,role\n' }

test.each(['pwd', 'Kennwort', 'mot de passe'])('what stands in a column %s is stored nowhere', async (header) => {
  const org = `secret ${header}`
  const secret = `Canary-${header}-1!`
  const { notes } = await importFiles(school(org, usersWith(header, `s1,${org},student,Ada,One,7,09,${secret}`)))
  expect(notes).toContain(`users.csv: the column ${header} is not read: remove passwords from the roster`)
  expect(await found('students', org, 's1')).toMatchObject({ gradeLevel: '09', number: '7' })
  expect(await isStored('Ada')).toBe(true)
  expect(await isStored(secret)).toBe(false)
})

test('a missing comma puts a password under grades: the row is rejected, and the password is nowhere', async () => {
  const users = usersWith('password', 's1,comma,student,Ada,One,7,09,', 's2,comma,student,Bob,Two,8,Canary-comma!')
  for (const skipInvalid of [false, true]) {
    const { texts } = await importFiles(school('comma', users), { skipInvalid })
    expect(texts.rejected).toEqual([
      'users.csv, line 3: has 1 cell fewer than the header, in a file with passwords: nothing of it is certain',
    ])
  }
  expect((await rowsIn('students', 'comma')).map(({ sourcedId }) => sourcedId)).toEqual(['s1'])
  expect(await isStored('Canary-comma!')).toBe(false)
})

test('a comma too many puts a password beyond the header: it is nowhere either', async () => {
  const users = usersWith(
    'passcode',
    's1,beyond,student,Ada,One,7,09,,Canary-beyond!',
    's2,beyond,student,Bo,Two,8,09,,',
  )
  const { texts } = await importFiles(school('beyond', users), { skipInvalid: true })
  expect(texts.rejected).toHaveLength(2)
  const plain = usersWith('shirt', 's1,beyond,student,Ada,One,7,09,red,Canary-beyond!')
  const { texts: again } = await importFiles(school('beyond', plain), { skipInvalid: true })
  expect(again.rejected).toEqual([
    'users.csv, line 2: has 1 cell more than the header: put a value with a comma into quotes',
  ])
  expect(await isStored('Canary-beyond!')).toBe(false)
})

test('a column without a name is told, and stored nowhere', async () => {
  const users = usersWith('', 's1,nameless,student,Ada,One,7,09,Canary-nameless!')
  const { notes } = await importFiles(school('nameless', users))
  expect(notes).toContain('users.csv: columns without a name are not read: 8')
  expect(await rowsIn('students', 'nameless')).toHaveLength(1)
  expect(await isStored('Canary-nameless!')).toBe(false)
})

test('a report quotes nothing from a row that may hold a password', async () => {
  const demographics = 'userSourcedId,birthDate,password\ns1,Canary-quoted!,2012-03-04\n'
  const files = smallSchool('unquoted', { 'demographics.csv': demographics })
  const { texts, isApplied } = await importFiles(files)
  expect(isApplied).toBe(false)
  expect(texts.rejected).toEqual([
    'demographics.csv, line 2, column birthDate: it is not read as one certain date: write it as 2026-08-31',
  ])
})

test('a password under email is neither kept nor quoted', async () => {
  const users =
    'sourcedId,orgSourcedIds,role,givenName,familyName,email,password\ns1,changed,student,Ada,One,Canary-changed!,\n'
  const { texts } = await importFiles(school('changed', users), { skipInvalid: true })
  expect(texts).toMatchObject({
    rejected: [
      'users.csv, line 2, column email: holds no e-mail address, in a file with passwords: nothing of it is certain',
    ],
    warnings: [],
  })
  expect(await isStored('Canary-changed!')).toBe(false)
})

test.each([
  ['status', 'holds no status'],
  ['dateLastModified', 'holds no date'],
  ['enabledUser', 'holds neither true nor false'],
])('a password under %s is neither kept nor quoted', async (column, what) => {
  const users = `sourcedId,orgSourcedIds,role,givenName,familyName,${column},password\ns1,typed,student,Ada,One,Canary-typed!,\n`
  const { texts } = await importFiles(school('typed', users), { skipInvalid: true })
  expect(texts).toMatchObject({
    rejected: [`users.csv, line 2, column ${column}: ${what}, in a file with passwords: nothing of it is certain`],
    warnings: [],
  })
  expect(await isStored('Canary-typed!')).toBe(false)
})

test('words for nothing and other ways to write a type are read beside passwords', async () => {
  const users =
    'sourcedId,orgSourcedIds,role,givenName,familyName,status,dateLastModified,enabledUser,password\ns1,ways,student,Ada,One,Active,8/31/2026 09:15,YES,x\ns2,ways,student,Bea,Two,,NULL,n/a,x\n'
  const { texts } = await importFiles(school('ways', users))
  expect(texts.rejected).toEqual([])
})

import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { homeroomFile } from '../../setup/server.ts'
import { folderOf, rowsIn, smallSchool } from '../oneroster/bundle.ts'

interface Answer {
  code: number
  stdout: string
  stderr: string
}
const homeroom = (...args: string[]) =>
  new Promise<Answer>((resolve) => {
    execFile(process.execPath, [...homeroomFile, ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })

test('the command says what it did, where the school is, and what it left out', async () => {
  const files = smallSchool('typed', { 'userFlags.csv': 'userSourcedId,flag\ns1,iep\n' })
  const folder = folderOf(files)
  const dry = await homeroom('import', folder, '--dry-run', '--time-zone', 'Europe/Paris')
  expect(dry).toMatchObject({ code: 0, stderr: expect.stringContaining('userFlags.csv was left out') })
  expect(dry.stdout).toContain('A dry run: nothing was changed.')
  expect(await rowsIn('students', 'typed')).toEqual([])
  const { code, stdout } = await homeroom('import', folder)
  expect(code).toBe(0)
  expect(stdout).toMatch(/students +1 +0 +0 +0/)
  expect(stdout).toContain('School typed: /school-typed/students')
  expect(await rowsIn('students', 'typed')).toHaveLength(1)
})

test('nothing in a file reaches the terminal as a command of it, or as a line of its own', async () => {
  const title = '\u001b]0;owned\u0007\u001b[2Jgone'
  const grade = '\u001b[31mred\u009b0m\u202e\nDone: nothing was rejected'
  const users =
    'sourcedId,orgSourcedIds,role,givenName,familyName,grades\n' +
    `u1,escaping,student,Ada,One,"${grade}"\n` +
    `"u2${title}",escaping,${title},Ada,Two,\n` +
    `u3,${title},student,Ada,Three,\n`
  const orgs = `sourcedId,name,type\nescaping,"School ${title}",school\n`
  const folder = folderOf(smallSchool('escaping', { 'users.csv': users, 'orgs.csv': orgs, [`odd${title}.csv`]: 'a\n' }))
  for (const more of [[], ['--skip-invalid'], ['--dry-run'], ['--json'], ['--json', '--dry-run']]) {
    const { stdout, stderr } = await homeroom('import', folder, ...more)
    expect(stdout + stderr).toContain('\\u001b')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    expect(`${stdout}\n${stderr}`).not.toMatch(/^Done:/m)
  }
  const missing = await homeroom('import', `no-such-${title}`)
  expect(missing.stderr).not.toContain('\u001b')
})

test('rejected rows are listed, and the exit code tells that nothing was changed', async () => {
  const users = 'sourcedId,orgSourcedIds,role,givenName,familyName\n,stopped,student,Ada,One\n'
  const folder = folderOf(smallSchool('stopped', { 'users.csv': users }))
  const { code, stderr } = await homeroom('import', folder)
  expect(code).toBe(1)
  expect(stderr).toContain('users.csv, line 2, column sourcedId: has no sourcedId')
  expect(stderr).toContain('leave them out with --skip-invalid')
  const json = await homeroom('import', folder, '--json')
  expect(json.code).toBe(1)
  expect(JSON.parse(json.stdout)).toMatchObject({ isApplied: false, rejected: { total: 3 } })
})

test('dates that may be two days stop the command, until it is told which number is the month', async () => {
  const folder = folderOf({ ...smallSchool('either'), 'demographics.csv': 'userSourcedId,birthDate\ns1,6/5/2010\n' })
  const stopped = await homeroom('import', folder)
  expect(stopped).toMatchObject({ code: 1, stderr: expect.stringContaining('say --dates mdy where the month') })
  const told = await homeroom('import', folder, '--dates', 'mdy')
  expect(told).toMatchObject({ code: 0, stderr: expect.stringContaining('read month first, as --dates mdy says') })
  expect(await rowsIn('students', 'either')).toMatchObject([{ birthDate: '2010-06-05' }])
})

test('far fewer rows than last time stop the command, until somebody says that they are right', async () => {
  const manifest = 'propertyName,value\nfile.users,bulk\nfile.enrollments,bulk\n'
  const rows = (count: number) =>
    Array.from({ length: count }, (_, n) => `k${n},dwindling,student,Kid,No${n}\n`).join('')
  const folder = (count: number) =>
    folderOf(
      smallSchool('dwindling', {
        'manifest.csv': manifest,
        'users.csv': `sourcedId,orgSourcedIds,role,givenName,familyName\n${rows(count)}`,
        'enrollments.csv': 'sourcedId,classSourcedId,userSourcedId,role\ne1,c1,k0,student\n',
      }),
    )
  expect(await homeroom('import', folder(10))).toMatchObject({ code: 0 })
  const stopped = await homeroom('import', folder(4))
  expect(stopped.code).toBe(1)
  expect(stopped.stderr).toContain('users.csv keeps 4 rows of School dwindling; the last complete bundle had 10')
  expect(stopped.stderr).toContain('Nothing was changed. Export the bundle again, or say --accept-shrink')
  expect(await homeroom('import', folder(4), '--least', '40', '--dry-run')).toMatchObject({ code: 0 })
  expect(await homeroom('import', folder(4), '--accept-shrink')).toMatchObject({ code: 0 })
  expect(await homeroom('import', folder(4), '--least', 'half')).toMatchObject({ code: 2 })
})

test('what the register has and the bundle lacks is said, listed whole as JSON, and ended when asked', async () => {
  const manifest = 'propertyName,value\nfile.users,bulk\nfile.enrollments,bulk\n'
  const rows = (from: number, cells: (n: number) => string) =>
    Array.from({ length: 8 - from }, (_, n) => cells(n + from)).join('')
  const folder = (from: number) =>
    folderOf(
      smallSchool('lessened', {
        'manifest.csv': manifest,
        'users.csv': `sourcedId,orgSourcedIds,role,givenName,familyName\n${rows(0, (n) => `k${n},lessened,student,Kid,No${n}\n`)}`,
        'enrollments.csv': `sourcedId,classSourcedId,userSourcedId,role\n${rows(from, (n) => `e${n},c1,k${n},student\n`)}`,
      }),
    )
  expect(await homeroom('import', folder(0))).toMatchObject({ code: 0 })
  const { stdout } = await homeroom('import', folder(1), '--end-missing', '--dry-run')
  expect(stdout).toContain('In the register and not in this bundle: 1 enrollment\n  enrollments: Kid No0 in Art 1\n')
  expect(stdout).toContain('Enrollments and assignments that would end: 1\n')
  const json = JSON.parse((await homeroom('import', folder(1), '--end-missing', '--json')).stdout)
  expect(json).toMatchObject({ isApplied: true, ended: 1, missing: [{ kind: 'enrollment', count: 1 }] })
  expect(json.missingRecords).toEqual([
    { kind: 'enrollment', school: 'School lessened', sourcedId: 'e0', name: 'Kid No0 in Art 1' },
  ])
})

test('a wrong use and a bundle that is none have their own exit codes and a sentence', async () => {
  const [none, nowhere, zone, dates] = await Promise.all([
    homeroom('import'),
    homeroom('import', '/nowhere/at/all'),
    homeroom('import', '/tmp', '--time-zone', 'Mars'),
    homeroom('import', '/tmp', '--dates', 'american'),
  ])
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('Name the folder or zip') })
  expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('is not there') })
  expect(zone).toMatchObject({ code: 2, stderr: expect.stringContaining('Europe/London') })
  expect(dates).toMatchObject({ code: 2, stderr: expect.stringContaining('--dates takes mdy') })
})

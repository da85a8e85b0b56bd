import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { count } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { memberships, schools, users } from '../../../db/schema/index.ts'
import { newSetupToken } from '../../../server/auth/setup.ts'
import { verifyJournals } from '../../../server/journal/verify.ts'
import { password, visitor } from '../../setup/accounts.ts'
import { reasonOf } from '../../setup/answers.ts'
import { db } from '../../setup/people.ts'
import { homeroom, temporaryFolder } from '../../setup/server.ts'

afterAll(() => db.close())

const told = ['init', '--name', 'Ada Quill', '--email', 'Ada@School.example']
const users_ = async () => (await db.select({ n: count() }).from(users))[0]?.n

test.each<[string, string[], string, number, RegExp]>([
  ['without a password', told, '', 1, /^The password must have 12 to 128 characters$/m],
  ['with a short password', told, 'short', 1, /^The password must have 12 to 128 characters$/m],
  ['with a password that is guessed first', told, 'password1234', 1, /one of the first that are guessed/],
  [
    'with no e-mail address',
    ['init', '--name', 'Ada', '--email', 'ada'],
    password,
    1,
    /^The e-mail address must look like/m,
  ],
  ['without a name, and nobody to ask', ['init'], password, 1, /^Your name is not given/m],
  [
    'with a time zone nobody knows',
    [...told, '--school', 'Northgate', '--time-zone', 'Leeds'],
    password,
    1,
    /^The time zone must be/m,
  ],
  [
    'with a locale that has the form of one',
    [...told, '--school', 'Northgate', '--locale', 'en-aa-bb'],
    password,
    1,
    /^The locale must be/m,
  ],
  ['with a password in the command line', [...told, '--password', password], '', 2, /--password/],
  ['with a password file that is not there', [...told, '--password-file', 'nowhere.txt'], '', 2, /can't be read/],
  ['with too many words', [...told, 'please'], password, 2, /one argument too many/],
])('init %s changes nothing and says why', async (_how, args, input, code, says) => {
  const result = await homeroom(args, { input })
  expect(result.output).toMatch(says)
  expect(result.output).not.toMatch(/^\s+at /m)
  expect(result.code).toBe(code)
  expect(await users_()).toBe(0)
})

test('init makes the administrator, who can sign in; a second one is refused', async () => {
  const folder = temporaryFolder()
  const file = join(folder.path, 'password.txt')
  writeFileSync(file, `${password}\n`)
  const token = (await newSetupToken(db, new Date())) ?? ''
  const school = ['--school', 'Northgate', '--time-zone', 'Europe/London', '--locale', 'en-GB']
  const first = await homeroom([...told, ...school, '--password-file', file])
  expect(first).toMatchObject({
    code: 0,
    said: expect.stringMatching(
      /^Ada Quill is the administrator of Northgate\. Sign in as ada@school\.example\nThe register is \S.*(homeroom\.db|test_\w+ on \S+)\n$/,
    ),
  })
  expect(first.output).not.toContain(password)
  expect(first.output).toMatch(/"event":"auth.changed","user_id":"[0-9a-f-]{36}","what":"init"/)
  await visitor().session.create({ email: 'ada@school.example', password })
  const [membership] = await db.select().from(memberships)
  expect(membership?.role).toBe('administrator')
  expect(await db.select().from(schools)).toMatchObject([
    { slug: 'northgate', timeZone: 'Europe/London', locale: 'en-GB' },
  ])
  expect((await verifyJournals(db))[0]).toMatchObject({ entries: 2, broken: null })
  expect(await newSetupToken(db, new Date())).toBe(null)
  expect(await reasonOf(visitor({ now: new Date() }).setup.get({ token }))).toBe('link.expired')
  const second = await homeroom(['init', '--name', 'Eve', '--email', 'eve@school.example'], { input: password })
  expect(second.code).toBe(1)
  expect(second.output.trim()).toMatch(
    /^The register at \S.* is set up already\. Sign in; an administrator can let more people in$/,
  )
  expect(await users_()).toBe(1)
  folder.done()
})

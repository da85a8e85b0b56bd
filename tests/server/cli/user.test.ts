import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { users } from '../../../db/schema/index.ts'
import { findPerson, startSession } from '../../../server/auth/sessions.ts'
import { makeAccount, password, visitor } from '../../setup/accounts.ts'
import { reasonOf } from '../../setup/answers.ts'
import { db, makeSchool } from '../../setup/people.ts'
import { homeroom } from '../../setup/server.ts'

const { email, userId } = await makeAccount(await makeSchool(), 'viewer')
afterAll(() => db.close())

const signIn = (secret: string) => reasonOf(visitor({ now: new Date() }).session.create({ email, password: secret }))

test('a new password signs in, even after too many wrong ones; the old one and open sessions do not', async () => {
  const token = await db.transaction(noSchool, (tx) => startSession(tx, newId(), userId, new Date()))
  for (let n = 0; n < 11; n++) await signIn('not the password')
  expect(await signIn(password)).toBe('session.too_many_attempts')
  const reset = await homeroom(['user', 'reset-password', email.replace('school', 'School')], {
    input: 'five quiet blue lamps\n',
  })
  expect(reset).toMatchObject({ code: 0, said: `${email} signs in with the new password from now on\n` })
  expect(await signIn(password)).toBe('session.wrong_password')
  expect(await signIn('five quiet blue lamps')).toBe('done')
  expect(await findPerson(db, token, new Date())).toBe(null)
})

test('an address nobody has, no address and a short password are refused', async () => {
  const input = 'five quiet blue lamps'
  expect(await homeroom(['user', 'reset-password', 'nobody@school.example'], { input })).toMatchObject({
    code: 1,
    output: 'Nobody signs in as nobody@school.example: check the address\n',
  })
  expect((await homeroom(['user', 'reset-password'], { input })).code).toBe(2)
  expect((await homeroom(['user', 'remove', email], { input })).code).toBe(2)
  expect((await homeroom(['user', 'reset-password', email], { input: 'short' })).code).toBe(1)
})

test('an account is disabled and enabled, and the ownership of the register is passed on; one owner stays', async () => {
  const account = async () => (await db.select().from(users).where(eq(users.email, email)))[0]
  const user = (deed: string, whose = email) => homeroom(['user', deed, whose])
  expect(await user('disable')).toMatchObject({
    code: 0,
    said: `${email} signs in nowhere any more, and is signed out everywhere\n`,
  })
  expect((await account())?.disabledAt).toBeInstanceOf(Date)
  expect((await user('enable')).code).toBe(0)
  expect((await account())?.disabledAt).toBe(null)
  expect((await user('make-owner')).code).toBe(0)
  expect((await account())?.isOwner).toBe(true)
  for (const deed of ['end-ownership', 'disable'])
    expect(await user(deed)).toMatchObject({
      code: 1,
      output: 'Nobody else who can sign in owns the register: make somebody else an owner first\n',
    })
  const { email: other } = await makeAccount(await makeSchool('Southgate'), 'viewer')
  await user('make-owner', other)
  expect((await user('end-ownership')).code).toBe(0)
  expect((await account())?.isOwner).toBe(false)
  expect((await user('disable', 'nobody@school.example')).code).toBe(1)
})

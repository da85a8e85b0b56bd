import { hash } from '@node-rs/argon2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { users } from '../../../db/schema/index.ts'
import { findPerson, startSession } from '../../../server/auth/sessions.ts'
import { caller, db, requestOf } from '../../setup/people.ts'
import { homeroom } from '../../setup/server.ts'

const email = 'someone@school.example'
const userId = newId()
beforeAll(async () => {
  const passwordHash = await hash('four quiet green lamps')
  await db.transaction(noSchool, async (tx) => {
    await tx.insert(users).values({ id: userId, email, name: 'Someone', passwordHash, createdAt: new Date() })
  })
})
afterAll(() => db.close())

const signIn = (password: string) =>
  caller(requestOf(null, null, { now: new Date() }))
    .session.create({ email, password })
    .then(
      () => 'signed in',
      (error) => error.cause?.reason,
    )

test('a new password signs in, even after too many wrong ones; the old one and open sessions do not', async () => {
  const token = await db.transaction(noSchool, (tx) => startSession(tx, newId(), userId, new Date()))
  for (let n = 0; n < 11; n++) await signIn('not the password')
  expect(await signIn('four quiet green lamps')).toBe('session.too_many_attempts')
  const reset = await homeroom(['user', 'reset-password', 'Someone@School.example'], {
    input: 'five quiet blue lamps\n',
  })
  expect(reset).toMatchObject({ code: 0, said: `${email} signs in with the new password from now on\n` })
  expect(await signIn('four quiet green lamps')).toBe('session.wrong_password')
  expect(await signIn('five quiet blue lamps')).toBe('signed in')
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

import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { users } from '../../../db/schema/index.ts'
import { findPerson, startSession } from '../../../server/auth/sessions.ts'
import type { Person } from '../../../server/trpc.ts'
import { joinAlso, makeAccount, password, visitor } from '../../setup/accounts.ts'
import { reasonOf } from '../../setup/answers.ts'
import { as, db, makeSchool } from '../../setup/people.ts'
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
  expect(reset.output).toContain(`"event":"auth.changed","user_id":"${userId}","what":"reset-password","way":"cli"`)
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

test('an account for `check` is made with one command: it may look, signs in at once, and is in the history', async () => {
  const school = await makeSchool('Eastgate')
  const address = `check@${school.slug}.example`
  const add = (more: string[], input = 'five quiet blue lamps\n') =>
    homeroom(['user', 'add', address, ...more], { input })
  expect(await add(['--role', 'viewer'])).toMatchObject({ code: 2, output: expect.stringContaining('Say --school: ') })
  const here = ['--school', school.slug]
  expect(await add(here)).toMatchObject({ code: 2, output: expect.stringContaining('Say --role: administrator') })
  expect((await add([...here, '--role', 'instructor'])).code).toBe(2)
  expect((await add(['--school', 'nowhere', '--role', 'viewer'])).code).toBe(1)
  expect((await add([...here, '--role', 'viewer'], 'eastgate2026\n')).output).toContain('first that are guessed')
  expect(await add([...here, '--role', 'viewer'])).toMatchObject({ code: 0, said: `${address} can sign in\n` })
  expect(await add([...here, '--role', 'administrator'])).toMatchObject({
    code: 1,
    output: 'Somebody has this e-mail address already: use another one\n',
  })
  const input = { email: address, password: 'five quiet blue lamps' }
  expect(await reasonOf(visitor({ now: new Date() }).session.create(input))).toBe('done')
  const administrator = as(await makeAccount(school, 'administrator'))
  const [made] = (await administrator.members.list({})).filter((one) => one.email === address)
  expect(made).toMatchObject({ role: 'viewer', name: 'check' })
  expect((await homeroom(['journal', 'verify', '--school', school.slug])).code).toBe(0)
})

test('an account is disabled and enabled, and the ownership of the register is passed on; one owner stays', async () => {
  const account = async () => (await db.select().from(users).where(eq(users.email, email)))[0]
  const user = (deed: string, whose = email) => homeroom(['user', deed, whose])
  expect(await user('disable')).toMatchObject({
    code: 0,
    said: `${email} signs in nowhere any more, and is signed out everywhere\n`,
  })
  expect((await account())?.disabledAt).toBeInstanceOf(Date)
  expect((await user('enable')).output).toContain(`"user_id":"${userId}","what":"enable"`)
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

test('the journal of each school that the account has joined tells what the command line made of it', async () => {
  const [east, west, south] = [
    await makeSchool('Eastgate'),
    await makeSchool('Westgate'),
    await makeSchool('Southgate'),
  ]
  const person = await makeAccount(east, 'administrator')
  const [inWest, inSouth] = [await makeAccount(west, 'administrator'), await makeAccount(south, 'administrator')]
  await joinAlso(person, inWest, 'registrar')
  await as(inSouth).members.invite({ name: person.name, email: person.email, role: 'viewer' })
  const told = async (by: Person) => {
    const { rows } = await as(by).journal.list({ entity: 'membership' })
    return rows.flatMap(({ way, entries }) => (way === 'cli' ? entries.map(({ fields }) => fields) : []))
  }
  const before = [await told(person), await told(inWest), await told(inSouth)]
  await homeroom(['user', 'make-owner', person.email])
  await homeroom(['user', 'disable', inWest.email])
  const isOwner = [{ name: 'isOwner', before: false, after: true }]
  const isDisabled = [{ name: 'isDisabled', before: false, after: true }]
  expect(await told(person)).toEqual([isOwner, ...(before[0] ?? [])])
  expect(await told(inWest)).toEqual([isDisabled, isOwner, ...(before[1] ?? [])])
  expect(await told(inSouth)).toEqual(before[2])
  expect((await homeroom(['journal', 'verify'])).code).toBe(0)
})

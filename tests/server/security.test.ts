/**
 * What an application must hold, numbered like the checklist in security.items.txt, which names the tests that prove each item: those that
 * belong to no other file stand here.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { noSchool } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import { memberships, oneTimeTokens, rateLimits, sessions } from '../../db/schema/index.ts'
import { refuseCommonPassword } from '../../server/auth/passwords.ts'
import { absoluteLimit, findPerson, idleLimit, startSession } from '../../server/auth/sessions.ts'
import type { Person } from '../../server/trpc.ts'
import { freshFor } from '../../server/trpc.ts'
import { changeAccount, makeAccount, password, visitor } from '../setup/accounts.ts'
import { reasonOf, seen } from '../setup/answers.ts'
import { as, db, makeSchool, now } from '../setup/people.ts'

const school = await makeSchool('Northgate')
const boss = await makeAccount(school, 'administrator')
const second = await open()
beforeEach(() => db.transaction(noSchool, async (tx) => void (await tx.delete(rateLimits))))
afterAll(async () => {
  await second.close()
  await db.close()
})

const tests = join(import.meta.dirname, '..')
const another = 'nine tall red chimneys'
const session = (userId: string) => db.transaction(noSchool, (tx) => startSession(tx, newId(), userId, now))
const memberOf = async ({ email }: Person) => {
  const found = (await as(boss).members.list({})).find((one) => one.email === email)
  return seen(found ?? { id: '', version: 0 })
}

describe('2: a session is a random secret that the database does not hold', () => {
  test('the token has 256 bits, and its text is in no row', async () => {
    const token = await session(boss.userId)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(JSON.stringify(await db.select().from(sessions))).not.toContain(token)
  })
})

describe('3: another password means another session', () => {
  test('the sessions from before the change are over', async () => {
    const person = await makeAccount(school, 'viewer')
    const before = await session(person.userId)
    const cookies: (string | null)[] = []
    const change = { oldPassword: password, newPassword: another }
    await as(person, { setSession: (token) => void cookies.push(token) }).session.changePassword(change)
    expect(await findPerson(db, before, now)).toBe(null)
    expect(await findPerson(db, cookies[0] ?? '', now)).not.toBe(null)
  })
})

describe('4: a session ends when nobody uses it, and at last in any case', () => {
  test.each([
    ['idle', idleLimit],
    ['absolute', absoluteLimit],
  ])('the %s limit', async (_, limit) => {
    const token = await session(boss.userId)
    expect(await findPerson(db, token, new Date(now.getTime() + limit), false)).toBe(null)
  })
})

describe('5: signing out and disabling an account end its sessions in every process', () => {
  test('who signs out is signed out of both processes', async () => {
    const token = await session(boss.userId)
    const person = () => findPerson(db, token, now)
    await as(boss, { person }).session.remove()
    for (const at of [db, second]) expect(await findPerson(at, token, now)).toBe(null)
  })
  test('a disabled account has no session left', async () => {
    const person = await makeAccount(school, 'viewer')
    const token = await session(person.userId)
    await as(boss).members.disable(await memberOf(person))
    for (const at of [db, second]) expect(await findPerson(at, token, now)).toBe(null)
  })
})

describe('6: an administrator ends the sessions of the people whose every right is theirs to give', () => {
  test('of a colleague, and not of an owner', async () => {
    const [colleague, owner] = [await makeAccount(school, 'viewer'), await makeAccount(school, 'viewer')]
    await changeAccount(owner.userId, { isOwner: true })
    expect(await reasonOf(as(boss).members.endSessions(await memberOf(colleague)))).toBe('done')
    expect(await reasonOf(as(boss).members.endSessions(await memberOf(owner)))).toBe('member.rights_elsewhere')
  })
})

describe('7: whoever gives rights types their own password first', () => {
  test('ten minutes after signing in, what gives rights asks for the password again, and what takes them does not', async () => {
    const someone = () => makeAccount(school, 'viewer')
    const at = (ms: number) => as({ ...boss, signedInAt: new Date(now.getTime() - ms) }).members
    const giving: ((members: ReturnType<typeof at>, who: { id: string; version: number }) => Promise<unknown>)[] = [
      (members) => members.invite({ name: 'Pat Reed', email: `${newId()}@school.example`, role: 'viewer' }),
      (members, who) => members.update({ ...who, role: 'registrar' }),
      (members, who) => members.resetPassword(who),
      (members, who) => members.restore(who),
      (members, who) => members.enable(who),
    ]
    for (const give of giving) {
      const who = await memberOf(await someone())
      expect(await reasonOf(give(at(freshFor + 1), who))).toBe('session.unconfirmed')
      expect(await reasonOf(give(at(freshFor), who))).not.toBe('session.unconfirmed')
    }
    const members = at(freshFor + 1)
    expect(await reasonOf(members.giveOwnership(await memberOf(boss)))).toBe('session.unconfirmed')
    for (const verb of ['endSessions', 'disable', 'remove'] as const)
      expect(await reasonOf(at(freshFor + 1)[verb](await memberOf(await someone())))).toBe('done')
  })
})

describe('8: nobody learns whether an address has an account', () => {
  test('signing in, and inviting, answer alike', async () => {
    const stranger = await makeAccount(await makeSchool('Southgate'), 'viewer')
    const answers = []
    for (const email of ['nobody@school.example', stranger.email]) {
      const signIn = await reasonOf(visitor().session.create({ email, password: another }))
      const { member, link } = await as(boss).members.invite({ name: 'Pat Reed', email, role: 'viewer' })
      answers.push({ signIn, member: { ...member, id: '', email: '' }, link: { ...link, token: '' } })
    }
    expect(answers[1]).toEqual(answers[0])
  })
})

describe('9: guessing is limited over all processes, and never keeps the account’s own person out', () => {
  test('forty guesses at once over two processes are ten, and a known browser still gets in', async () => {
    const person = await makeAccount(school, 'viewer')
    let device = ''
    const setDevice = (value: string) => {
      device = value
    }
    await visitor({ setDevice }).session.create({ email: person.email, password })
    const guess = (n: number) =>
      reasonOf(visitor({ db: n % 2 ? db : second }).session.create({ email: person.email, password: another }))
    const reasons = await Promise.all(Array.from({ length: 40 }, (_, n) => guess(n)))
    expect(reasons.filter((reason) => reason === 'session.wrong_password')).toHaveLength(10)
    expect(await reasonOf(visitor({ device }).session.create({ email: person.email, password }))).toBe('done')
  })
})

describe('10: a password is long, is used as it is typed, and is none of the first that are guessed', () => {
  test('from 12 to 128 signs, with spaces and of any script', async () => {
    const change = async (newPassword: string) => {
      const person = await makeAccount(school, 'viewer')
      const failed = await as(person)
        .session.changePassword({ oldPassword: password, newPassword })
        .catch((error) => error.code)
      const signIn = (typed: string) => reasonOf(visitor().session.create({ email: person.email, password: typed }))
      return failed ?? [await signIn(newPassword), await signIn(newPassword.slice(0, -1))]
    }
    expect(await change('short words')).toBe('BAD_REQUEST')
    expect(await change('four lamps '.repeat(12))).toBe('BAD_REQUEST')
    const long = 'quiet lamps of пять and 静かな rooms '.repeat(4).slice(0, 127)
    expect(await change(`${long} `)).toEqual(['done', 'session.wrong_password'])
    expect(() => refuseCommonPassword('N0rthgate2026!', 'Northgate')).toThrow('password.common')
  })
})

describe('12: a link works once, for a while, and gives nobody more than whoever made it administers', () => {
  test('only its hash is kept, and of ten who use it at once one succeeds', async () => {
    const person = await makeAccount(school, 'viewer')
    const { link } = await as(boss).members.resetPassword(await memberOf(person))
    expect(JSON.stringify(await db.select().from(oneTimeTokens))).not.toContain(link.token)
    const use = (n: number) =>
      reasonOf(visitor({ db: n % 2 ? db : second }).invitation.accept({ token: link.token, password: another }))
    const reasons = await Promise.all(Array.from({ length: 10 }, (_, n) => use(n)))
    expect(reasons.toSorted()).toEqual(['done', ...Array(9).fill('link.expired')])
  })

  test('a link to a new password holds for a day, an invitation for a week', async () => {
    const { link: reset } = await as(boss).members.resetPassword(await memberOf(await makeAccount(school, 'viewer')))
    const email = `${newId()}@school.example`
    const { link: invitation } = await as(boss).members.invite({ name: 'Pat Reed', email, role: 'viewer' })
    const day = 86_400_000
    for (const [{ token }, lifetime] of [
      [reset, day],
      [invitation, 7 * day],
    ] as const) {
      const later = (ms: number) => reasonOf(visitor({ now: new Date(now.getTime() + ms) }).invitation.get({ token }))
      expect([await later(lifetime - 1), await later(lifetime)]).toEqual(['done', 'link.expired'])
    }
  })
})

describe('31: what one may do is decided at the moment it is done', () => {
  test('an operation that names a role one no longer has is refused', async () => {
    const person = await makeAccount(school, 'administrator')
    const own = eq(memberships.userId, person.userId)
    await db.transaction(
      school.id,
      async (tx) => void (await tx.update(memberships).set({ role: 'viewer' }).where(own)),
    )
    expect(await reasonOf(as(person).rooms.create({ name: 'Studio' }))).toBe('permission.changed')
  })
})

describe('50: whoever finds a hole knows whom to tell', () => {
  test('SECURITY.md says whom to tell, what is mended first, and promises no day', () => {
    const text = readFileSync(join(tests, '../SECURITY.md'), 'utf8')
    expect(text).toContain('Report a vulnerability')
    expect(text).toContain('security.txt')
    expect(text).not.toMatch(/\b(?:\d+|one|two|three|seven|ten|thirty) (?:working )?(?:hours|days|weeks)\b/)
  })
})

describe('every item', () => {
  const items = readFileSync(join(tests, 'server/security.items.txt'), 'utf8')
    .split(/^(?=\d+ )/m)
    .slice(1)
    .map((text) => text.trim().split(/\n {2}/))
  const sources = new Map<string, string>()
  const sourceOf = (file: string) => {
    const known = sources.get(file) ?? readFileSync(join(tests, file), 'utf8')
    sources.set(file, known)
    return known
  }
  /** The first words of a test, or what comes after the rows of `test.each`. */
  const hasTest = (source: string, title: string) =>
    [`'${title}'`, `"${title}"`].some((text) =>
      source
        .split(text)
        .slice(0, -1)
        .some((before) => /(?:\btest|\))\(\s*$/.test(before)),
    )

  test('is there, each once', () => {
    expect(items.map(([what]) => Number.parseInt(what ?? '', 10))).toEqual(Array.from({ length: 50 }, (_, n) => n + 1))
  })

  for (const [what = '', ...proofs] of items) {
    const waits = proofs.filter((proof) => proof.startsWith('waits for: '))
    const tested = proofs.filter((proof) => !waits.includes(proof)).map((proof) => proof.split(/: (.*)/s))
    for (const wait of waits) test.todo(`${what}: ${wait}`)
    if (tested.length)
      test(what, () => {
        const missing = tested.filter(([file = '', title = '']) => !hasTest(sourceOf(file), title))
        expect(missing, 'name the test that proves it now in security.items.txt, or write one').toEqual([])
      })
  }

  test('a deleted or skipped test would be missed', () => {
    expect(hasTest("test('it holds', () => 1)", 'it holds')).toBe(true)
    expect(hasTest("test.each([1])(\n  'it holds',\n () => 1)", 'it holds')).toBe(true)
    for (const source of [
      "test.skip('it holds')",
      "// test('it held')",
      "test('it holds not')",
      "test.todo('it holds')",
    ])
      expect(hasTest(source, 'it holds')).toBe(false)
  })
})

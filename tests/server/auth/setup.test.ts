import { count, eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { open } from '../../../db/open.ts'
import { memberships, schools, users } from '../../../db/schema/index.ts'
import { newSetupToken } from '../../../server/auth/setup.ts'
import { verifyJournals } from '../../../server/journal/verify.ts'
import { password, visitor } from '../../setup/accounts.ts'
import { reasonOf } from '../../setup/answers.ts'
import { db, makeSchool, now } from '../../setup/people.ts'

afterAll(() => db.close())

const form = (token: string, more = {}) => ({
  token,
  name: 'The owner',
  email: 'owner@school.example',
  password,
  school: { name: 'Southgate', timeZone: 'Europe/London', locale: 'en-GB' },
  ...more,
})
const newToken = async () => (await newSetupToken(db, now)) ?? ''

test('a setup link holds for an hour', async () => {
  const token = await newToken()
  const at = (ms: number) => visitor({ now: new Date(now.getTime() + ms) }).setup.get({ token })
  expect(await reasonOf(at(3_600_000 - 1))).toBe('done')
  expect(await reasonOf(at(3_600_000))).toBe('link.expired')
  expect(await reasonOf(visitor().setup.get({ token: 'a-link-that-nobody-made' }))).toBe('link.expired')
  const late = visitor({ now: new Date(now.getTime() + 3_600_000) }).setup.create(form(token))
  expect(await reasonOf(late)).toBe('link.expired')
})

test.each(['en-aa-bb', 'en_GB', 'EN', 'en-', 'english', 'x', ''])(
  'the locale %j, which no page could format by, is refused',
  async (locale) => {
    const token = await newToken()
    const school = { name: 'Southgate', timeZone: 'Europe/London', locale }
    await expect(visitor().setup.create(form(token, { school }))).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  },
)

test('a password that is guessed first sets nothing up, and the link still holds', async () => {
  const token = await newToken()
  expect(await reasonOf(visitor().setup.create(form(token, { password: 'southgate2026' })))).toBe('password.common')
  expect(await reasonOf(visitor().setup.get({ token }))).toBe('done')
})

test('of ten who use setup links at once, over two processes, one becomes the administrator', async () => {
  const older = await makeSchool('Northgate')
  const links = [await newToken(), await newToken()]
  const other = await open()
  const cookies: (string | null)[] = []
  const attempts = Array.from({ length: 10 }, (_, n) =>
    reasonOf(
      visitor({ db: n % 2 ? db : other, setSession: (token) => void cookies.push(token) }).setup.create(
        form(links[n % 2] ?? '', { email: `owner${n}@school.example` }),
      ),
    ),
  )
  const reasons = await Promise.all(attempts)
  expect(reasons.filter((reason) => reason === 'done')).toHaveLength(1)
  expect(reasons.filter((reason) => reason === 'link.expired')).toHaveLength(9)
  expect(cookies).toHaveLength(1)
  const [owners] = await db.select({ n: count() }).from(users).where(eq(users.isOwner, true))
  expect(owners?.n).toBe(1)
  const roles = await db
    .select({ role: memberships.role, slug: schools.slug })
    .from(memberships)
    .innerJoin(schools, eq(schools.id, memberships.schoolId))
  expect(roles.map(({ slug, role }) => `${slug} ${role}`).toSorted()).toEqual([
    'northgate administrator',
    'southgate administrator',
  ])
  expect((await verifyJournals(db)).map(({ broken }) => broken)).toEqual([null, null])
  expect(older.slug).toBe('northgate')
  await other.close()
})

test('a register that is set up gives out no more links', async () => {
  expect(await newSetupToken(db, now)).toBe(null)
  expect(await visitor().session.get()).toEqual({ person: null, isSetUp: true })
})

test('a repetition of the setup answers nothing secret', async () => {
  expect(await reasonOf(visitor({ key: newId() }).setup.create(form('a-link-that-nobody-made')))).toBe('link.expired')
})

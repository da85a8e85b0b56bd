import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { register } from '../../../db/database.ts'
import { schools } from '../../../db/schema/index.ts'
import { verifyJournals } from '../../../server/journal/verify.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { homeroom } from '../../setup/server.ts'

const school = await makeSchool('Northgate')
const { id, slug } = school
const administrator = as(await makePerson(school, 'administrator'))
afterAll(() => db.close())
const row = async () => (await db.select().from(schools).where(eq(schools.id, id)))[0]

test('a school whose locale no page can format by gets another one, told in its history', async () => {
  await db.transaction(register, (tx) => tx.update(schools).set({ locale: 'en-aa-bb' }).where(eq(schools.id, id)))
  const set = ['school', 'set', slug, '--locale', 'en-GB', '--time-zone', 'Europe/London', '--name', 'North Gate']
  expect(await homeroom(set)).toMatchObject({
    code: 0,
    said: `${slug}: North Gate, time zone Europe/London, locale en-GB\n`,
  })
  const after = await row()
  expect(after).toMatchObject({ name: 'North Gate', slug, timeZone: 'Europe/London', locale: 'en-GB' })
  expect((await homeroom(set)).code).toBe(0)
  expect((await row())?.version).toBe(after?.version)
  const { rows } = await administrator.journal.list({})
  expect(rows[0]).toMatchObject({ way: 'cli', deed: 'change', entries: [{ entity: 'school', action: 'changed' }] })
  expect(await verifyJournals(db, slug)).toMatchObject([{ broken: null }])
})

test('the source of a school can be set, but not to one that knows another school by its id', async () => {
  const other = await makeSchool('Westgate')
  const named = (source: string | null, is: number) =>
    db.transaction(register, (tx) => tx.update(schools).set({ source, sourcedId: 's1' }).where(eq(schools.id, is)))
  await named(null, id)
  await named('SIS', other.id)
  const refused = await homeroom(['school', 'set', slug, '--source', 'SIS'])
  expect(refused.output).toContain('Another school comes from this source under the same id already')
  expect([refused.code, (await row())?.source]).toEqual([1, null])
  expect((await homeroom(['school', 'set', slug, '--source', 'SIS 2'])).said).toContain(', source SIS 2\n')
  expect(await row()).toMatchObject({ source: 'SIS 2', sourcedId: 's1' })
})

test.each<[string, string[], number, RegExp]>([
  ['a school that is not there', ['school', 'set', 'southgate', '--locale', 'en-GB'], 1, /no school "southgate"/],
  ['a locale that is none', ['school', 'set', slug, '--locale', 'en-aa-bb'], 1, /must be a language tag/],
  ['a zone that is none', ['school', 'set', slug, '--time-zone', 'Leeds'], 1, /must be an IANA name/],
  ['an empty source', ['school', 'set', slug, '--source', ' '], 1, /must have 1 to 255 characters/],
  ['an empty name', ['school', 'set', slug, '--name', ' '], 1, /must have 1 to 200 characters/],
  ['nothing to change', ['school', 'set', slug], 2, /Say what to change/],
  ['no school', ['school', 'set'], 2, /Say "school set"/],
])('school set refuses %s and changes nothing', async (_what, args, code, says) => {
  const before = await row()
  const result = await homeroom(args)
  expect(result.output).toMatch(says)
  expect(result.code).toBe(code)
  expect(await row()).toEqual(before)
})

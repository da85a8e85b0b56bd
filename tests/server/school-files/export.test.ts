import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { users } from '../../../db/schema/index.ts'
import { verifySchool } from '../../../server/journal/verify.ts'
import { allKinds } from '../../../server/kinds.ts'
import { alteredRecords } from '../../../server/records/altered.ts'
import { db, makePerson, makeSchool } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { exported, imported, unpacked } from './a-school.ts'

const school = await makeSchool('Northgate')
afterAll(() => db.close())

beforeAll(async () => {
  const owner = await makePerson(await makeSchool('Elsewhere'), 'administrator')
  await db.transaction(noSchool, async (tx) => {
    await tx.update(users).set({ isOwner: true }).where(eq(users.id, owner.userId))
  })
  await makeRecords(school, 'Any')
})

test('a school that was exported and comes in again has the same records and history', async () => {
  const first = await exported(school.slug)
  const { school: copy } = await imported(first, 'copy')
  const second = await exported('copy')
  const [one, other] = await Promise.all([unpacked(first), unpacked(second)])
  for (const [name, content] of one)
    if (!/manifest|accounts|memberships|savedViews|operations|journal/.test(name))
      expect(other.get(name)?.toString(), name).toBe(content.toString())
  const report = await db.snapshot((tx) => verifySchool(tx, copy))
  expect(report).toMatchObject({ broken: null, sealed: [{ formerId: school.id }] })
  expect(await db.snapshot((tx) => alteredRecords(tx, copy.id, allKinds))).toEqual({ count: 0, first: [] })
  console.log([...one.keys()].map((n) => `${n} ${one.get(n)?.length}`).join('\n'))
})

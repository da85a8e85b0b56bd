import { and, eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { journal, memberships, users } from '../../../db/schema/index.ts'
import { db, makeSchool, now } from '../../setup/people.ts'

afterAll(() => db.close())

test('schools of the same name get addresses of their own, and none takes a page’s', async () => {
  const slugs = []
  for (const name of ['St. Mary’s', 'St Mary’s', 'Sign in', '東京']) slugs.push((await makeSchool(name)).slug)
  expect(slugs).toEqual(['st-mary-s', 'st-mary-s-2', 'sign-in-2', 'school'])
})

test('schools made at the same moment are all made', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, (_, n) => makeSchool(`Parallel ${n % 2}`)))
  expect(new Set(made.map(({ id }) => id)).size).toBe(8)
  expect(new Set(made.map(({ slug }) => slug)).size).toBe(8)
})

test('who set the register up is administrator of every new school', async () => {
  const userId = newId()
  const owner = { id: userId, email: 'owner@school.example', name: 'Owner', isOwner: true, createdAt: now }
  await db.transaction(noSchool, async (tx) => void (await tx.insert(users).values(owner)))
  const school = await makeSchool('Owned')
  const found = await db.select().from(memberships).where(eq(memberships.schoolId, school.id))
  expect(found).toMatchObject([{ userId, role: 'administrator' }])
  const [told] = await db
    .select({ fields: journal.fields })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), eq(journal.entity, 'membership')))
  expect(told?.fields).toEqual(['isOwner', 'role', 'userId'])
})

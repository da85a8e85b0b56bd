import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { open } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import { schools } from '../../db/schema/index.ts'
import { addSchools } from './sample-schools.ts'

const db = await open()
beforeAll(() => addSchools(db, [1]))
afterAll(() => db.close())

const built: string[] = []
const named = prepared((from, shape: `${number}`) => {
  built.push(shape)
  const found = sql<number>`${sql.raw(shape)}`.mapWith(Number)
  return from
    .select({ found })
    .from(schools)
    .where(eq(schools.id, sql.placeholder('id')))
})
const ask = (n: number) => named(db, `${n}`, { id: 1 })

test('a query is built once for each shape, and again only after fifty others were asked for', async () => {
  expect(await ask(0)).toEqual([{ found: 0 }])
  for (let n = 1; n < 50; n++) await ask(n)
  await ask(0)
  expect(built).toHaveLength(50)
  expect(await ask(50)).toEqual([{ found: 50 }])
  await ask(0)
  expect(built).toHaveLength(51)
  expect(await ask(1)).toEqual([{ found: 1 }])
  expect(built.slice(50)).toEqual(['50', '1'])
})

import { afterAll, expect, test } from 'vitest'
import { homeroom } from '../../setup/server.ts'
import { emptyDatabase } from '../empty-database.ts'
import { outsider } from '../outsider.ts'

const database = await emptyDatabase()
afterAll(() => database.remove())

test('four processes that start at once on an empty database migrate it exactly once', async () => {
  const env = { DATABASE_URL: database.url, DATABASE_DIRECT_URL: database.url }
  const runs = await Promise.all(Array.from({ length: 4 }, () => homeroom(['migrate', '--json'], { env })))
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0])
  const did = runs.map(({ said }) => JSON.parse(said).applied as string[]).filter(({ length }) => length)
  const asked = outsider(database.url)
  const applied = await asked.rows<{ name: string }>('select name from migrations')
  expect(await asked.rows('select id from schools')).toEqual([])
  await asked.close()
  expect(did).toEqual([expect.arrayContaining(applied.map(({ name }) => name))])
  expect(new Set(applied.map(({ name }) => name)).size).toBe(applied.length)
})

import { afterAll, expect, test } from 'vitest'
import { open } from '../../../db/open.ts'
import { connectionsLeft } from '../../../db/postgres/connections-left.ts'
import { onPostgres, outsider } from '../outsider.ts'

const db = await open()
const own = outsider()
afterAll(async () => {
  await own.close()
  await db.close()
})

const isCounted = onPostgres && process.env.DATABASE_URL === process.env.DATABASE_DIRECT_URL

test('what the server has left for us is counted where it gives out connections, and nowhere else', async () => {
  if (!isCounted) return expect(await connectionsLeft(db)).toBeUndefined()
  const [allowed] = await own.rows<{ n: number }>(`select current_setting('max_connections')::int as n`)
  const left = await connectionsLeft(db)
  expect(left).toBeGreaterThan(0)
  // Three are the superusers', and one at least is this test's own.
  expect(left).toBeLessThanOrEqual((allowed?.n ?? 0) - 4)
})

if (isCounted)
  test('a database that lets fewer in than the server does says how many', async () => {
    const [{ name } = { name: '' }] = await own.rows<{ name: string }>('select current_database() as name')
    await own.rows(`alter database ${name} connection limit 7`)
    expect(await connectionsLeft(db)).toBe(7)
    await own.rows(`alter database ${name} connection limit -1`)
  })

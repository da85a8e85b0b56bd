/** A database that takes no more: what it means to who writes, to who reads, and to the log. */
import '../../setup/as-owner.ts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { UnavailableError } from '../../../db/errors.ts'
import { newId } from '../../../db/kit.ts'
import { domainError } from '../../../server/errors.ts'
import { onPostgres } from '../../db/outsider.ts'
import { signedIn } from '../../setup/listener.ts'
import { db, makePerson, makeSchool } from '../../setup/people.ts'
import type { Served } from '../../setup/server.ts'
import { call, serve } from '../../setup/server.ts'

let served: Served
let headers: Record<string, string>
beforeAll(async () => {
  const school = await makeSchool()
  const { cookie } = await signedIn(await makePerson(school, 'registrar'))
  headers = { cookie, 'x-school': school.slug }
  served = await serve(db)
})
afterAll(async () => {
  await served.close()
  await db.close()
})

const own = (statement: string) => db.transaction(noSchool, (tx) => tx.rows(sql.raw(statement)))

/** As the databases themselves say it: SQLite at the number of pages it is given, PostgreSQL by its own error. */
async function fillDisk(): Promise<() => Promise<unknown>> {
  if (onPostgres) {
    await own(`create function no_room() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$`)
    await own('create trigger no_room before insert on rooms execute function no_room()')
    return () => own('drop trigger no_room on rooms')
  }
  const [limit] = (await own('pragma max_page_count')) as { max_page_count: number }[]
  await own('pragma max_page_count = 1')
  return () => own(`pragma max_page_count = ${limit?.max_page_count}`)
}

const write = (key: string, name = 'Library') =>
  call(served.url, 'rooms.create', { headers: { ...headers, 'idempotency-key': key }, input: { name } })
/** Until there is no page left to write on. */
async function writeUntilFull(): Promise<{ key: string; name: string; answer: Response }> {
  for (let n = 0; ; n++) {
    const [key, name] = [newId(), `Room ${n}`]
    const answer = await write(key, name)
    if (answer.status !== 200) return { key, name, answer }
    expect(n).toBeLessThan(2_000)
  }
}
const names = async () => {
  const answer = await call(served.url, 'rooms.list', { headers, input: {} })
  expect(answer.status).toBe(200)
  const { result } = (await answer.json()) as { result: { data: { name: string }[] } }
  return result.data.map((room) => room.name)
}

test('a full disk refuses what is to be saved by a 507 that nothing sends again; reading goes on; room is all it needs', async () => {
  const free = await fillDisk()
  served.lines.length = 0
  const { key, name, answer } = await writeUntilFull()
  const text = await answer.text()
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([507, null])
  expect(JSON.parse(text).error.data).toMatchObject({
    httpStatus: 507,
    error: { code: 'unavailable', reason: 'database.full' },
  })
  expect(text).not.toMatch(/sqlite|disk is full|extend|plpgsql/i)
  expect(await names()).not.toContain(name)
  expect((await fetch(`${served.url}/health/ready`)).status).toBe(200)
  await free()
  expect((await write(key, name)).status).toBe(200)
  expect((await write(key, name)).status).toBe(200)
  expect((await names()).filter((other) => other === name)).toHaveLength(1)
  const events = served.lines.map((line) => JSON.parse(line).event)
  expect(events.filter((event) => event !== 'request')).toEqual(['database.full'])
})

test('each trouble of a database has a reason of the list', () => {
  const reasonOf = (trouble: 'away' | 'busy' | 'full' | 'readOnly' | 'unsure') =>
    domainError(new UnavailableError('', { trouble }))?.reason
  expect((['away', 'busy', 'full', 'readOnly', 'unsure'] as const).map(reasonOf)).toEqual([
    'database.unavailable',
    'database.unavailable',
    'database.full',
    'database.read_only',
    'database.unsure',
  ])
})

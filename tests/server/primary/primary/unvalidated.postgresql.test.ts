import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Outsider } from '../../../db/outsider.ts'
import { outsider } from '../../../db/outsider.ts'
import { homeroom, startServer } from '../../../setup/server.ts'

const id = '01890000-0000-7000-8000-000000000001'
const query = 'select * from "journal" where not ("journal"."entity" in '
const why = `New rows are checked, but rows of journal break the constraint journal_entity_known. Correct the rows that this query finds, then run npx homeroom migrate: ${query}`

let own: Outsider
beforeAll(async () => {
  own = outsider()
  const [found] = await own.rows<{ rule: string }>(
    `select pg_get_constraintdef(oid) as rule from pg_constraint where conname = 'journal_entity_known'`,
  )
  await own.rows('alter table journal drop constraint journal_entity_known')
  await own.rows(`insert into schools (id, name, slug, time_zone, locale) values (1, 'One', 'one', 'UTC', 'en')`)
  await own.rows(
    `insert into operations (school_id, id, way, procedure, input_hash, at) values (1, '${id}', 'cli', 'x', 'x', now())`,
  )
  await own.rows(
    `insert into journal (school_id, number, operation_id, entity, entity_id, version, fields, values_hash, hash)
      values (1, 1, '${id}', 'unheard-of', '1', 1, '[]', 'x', 'x')`,
  )
  await own.rows(`alter table journal add constraint journal_entity_known ${found?.rule} not valid`)
})
afterAll(() => own.close())

test('migrate says which rows break a constraint, and ends alike as a text and as JSON: a server may start', async () => {
  const { code, output } = await homeroom(['migrate'])
  expect(code).toBe(0)
  expect(output).toContain(`Nothing to apply\n${why}`)
  const asJson = await homeroom(['migrate', '--json'])
  expect(asJson.code).toBe(0)
  expect(JSON.parse(asJson.said)).toMatchObject({ applied: [], unvalidated: [expect.stringContaining(why)] })
  const json = JSON.parse((await homeroom(['migrate', 'status', '--json'])).said)
  expect(json).toMatchObject({ pending: [], unvalidated: ['journal.journal_entity_known'] })
})

test('the server serves all the same, and its log and the status say what is to be done', async () => {
  const { said } = await homeroom(['migrate', 'status'])
  expect(said).toContain('to check  journal.journal_entity_known: rows that are older than the constraint\n')
  expect(said).not.toContain('Nothing is pending')
  const server = await startServer()
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200)
  const line = server
    .output()
    .split('\n')
    .find((each) => each.includes('database.unvalidated'))
  expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 'warn', reason: expect.stringContaining(why) })
  expect(await server.stop()).toBe(0)
})

test('once the rows are corrected, the next one finds nothing left to do', async () => {
  await own.rows(`update journal set entity = 'school'`)
  expect(await homeroom(['migrate'])).toMatchObject({ code: 0, said: 'Nothing to apply\n' })
})

/** A step that takes something away waits for what must be over before. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import type { Outsider } from '../outsider.ts'
import { onPostgres, outsider } from '../outsider.ts'
import type { OwnSteps } from '../own-steps.ts'
import { ownSteps } from '../own-steps.ts'

let database: EmptyDatabase
let mine: OwnSteps
let asked: Outsider
beforeEach(async () => {
  database = await emptyDatabase()
  mine = ownSteps()
  asked = outsider(database.url)
})
afterEach(async () => {
  await asked.close()
  mine.remove()
  await database.remove()
})

const instant = (ms: number) => (onPostgres ? `'${new Date(ms).toISOString()}'` : String(ms))
const say = (state: string, left: string) =>
  asked.rows(
    `insert into backfills (name, state, started_at, rows_done, rows_left) values ('house', '${state}', ${instant(0)}, 0, ${left})
     on conflict (name) do update set state = excluded.state, rows_left = excluded.rows_left`,
  )
const serve = (schemaMax: number, ago: number) =>
  asked.rows(
    `insert into instances (id, host, pid, version, schema_min, schema_max, started_at, seen_at, is_draining)
     values ('${newId()}', 'north', 7, '0.0.9', 1, ${schemaMax}, ${instant(0)}, ${instant(Date.now() - ago)}, ${onPostgres ? 'false' : 0})`,
  )
const migrate = () => database.runner.migrate(mine.files())
const isMade = async () => (await database.runner.applied()).some(({ name }) => name.endsWith('_contract'))

test('a step waits for its backfill, and is applied once that is done', async () => {
  await migrate()
  const adding = mine.add('adding', 'create table added (n integer)')
  const name = mine.add('contract', '-- after backfill: house\ncreate table once (n integer)')
  const waits = async () => (await database.runner.waits(mine.files().slice(-2), mine.files()))[name]
  expect(await waits()).toEqual(['waits for the backfill house, which has not begun'])
  const left = 'Nothing of it was changed, and'
  await expect(migrate()).rejects.toThrow(
    `Migration ${name} waits for the backfill house, which has not begun. Let the servers of the release before finish it (npx homeroom migrate status tells how far they are), or run npx homeroom migrate up --backfill. ${left} ${adding} is applied`,
  )
  await say('filling', '1200')
  await expect(migrate()).rejects.toThrow('which has 1,200 rows left. Let the servers')
  await say('waiting', '0')
  await expect(migrate()).rejects.toThrow('which can not end while a server of the release before serves')
  expect(await isMade()).toBe(false)
  await say('done', '0')
  expect(await waits()).toBeUndefined()
  expect(await migrate()).toMatchObject({ applied: [name] })
})

test('a step waits while a server that needs the old shape reports itself', async () => {
  await migrate()
  const adding = mine.add('adding', 'create table added (n integer)')
  const known = mine.files().length
  const bare = onPostgres ? '-- no-transaction\n' : ''
  const name = mine.add('contract', `${bare}-- needs servers from: ${adding}\ncreate table once (n integer)`)
  await serve(known, 0)
  await serve(known - 1, 61_000)
  await serve(known - 1, 0)
  const why = `waits for version 0.0.9 on north, process 7, which does not know ${adding} and needs what was there before`
  expect((await database.runner.waits(mine.files().slice(-1), mine.files()))[name]).toEqual([why])
  await expect(migrate()).rejects.toThrow(`Migration ${name} ${why}. Stop it first`)
  expect(await isMade()).toBe(false)
  await asked.rows(`delete from instances where schema_max < ${known} and seen_at > ${instant(Date.now() - 60_000)}`)
  expect(await migrate()).toMatchObject({ applied: [name] })
})

test('a register that is only made has nothing to wait for', async () => {
  const name = mine.add(
    'contract',
    '-- after backfill: house\n-- needs servers from: 0024_backfills\ncreate table once (n integer)',
  )
  expect((await migrate()).applied.at(-1)).toBe(name)
})

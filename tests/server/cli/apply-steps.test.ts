/** What an operator sees and does when a step waits for a backfill. */
import { afterAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { migrationPlan, migrationStatus } from '../../../db/migrate.ts'
import { backfills, instances } from '../../../db/schema/index.ts'
import type { ApplyOptions } from '../../../server/cli/apply-steps.ts'
import { applySteps } from '../../../server/cli/apply-steps.ts'
import { stepNumber } from '../../../server/runtime/schema-range.ts'
import { ownSteps } from '../../db/own-steps.ts'
import { db } from '../../setup/people.ts'
import { api } from '../../setup/school.ts'
import { seatsBackfill } from '../../setup/seats-backfill.ts'

const { name: backfill } = seatsBackfill
/** The steps stay applied: each test adds its own after them. */
const mine = ownSteps()
afterAll(async () => {
  mine.remove()
  await db.close()
})

const said: string[] = []
const apply = (options: ApplyOptions = {}) =>
  applySteps({
    folder: mine.folder,
    declared: [seatsBackfill],
    say: (line) => void said.push(line),
    ...options,
  })

async function addOlderServer() {
  const about = {
    host: 'north',
    pid: 7,
    version: '0.0.9',
    startedAt: new Date(),
    isDraining: false,
    seenAt: new Date(),
  }
  const schemaMax = stepNumber(seatsBackfill.since) - 1
  await db.transaction(noSchool, (tx) =>
    tx.insert(instances).values({ id: newId(), ...about, schemaMin: schemaMax, schemaMax }),
  )
}

test('an operator fills in the foreground what the step waits for, and servers that need the old shape stop it', async () => {
  await api().rooms.create({ name: 'Without' })
  const between = mine.add('between', 'create table between_steps (n integer)')
  const contract = mine.add('contract', `-- after backfill: ${backfill}\ncreate table contracted (n integer)`)
  const status = () => migrationStatus(mine.folder)
  expect((await status()).waits).toEqual({ [contract]: [`waits for the backfill ${backfill}, which has not begun`] })
  expect((await migrationPlan(mine.folder)).map(({ name, waits }) => [name, waits.length])).toEqual([
    [between, 0],
    [contract, 1],
  ])
  await expect(apply()).rejects.toThrow(`Migration ${contract} waits for the backfill ${backfill}, which has not begun`)
  await addOlderServer()
  await expect(apply({ backfill: 'all' })).rejects.toThrow(
    `The backfill ${backfill} can not end while version 0.0.9 serves on north, process 7`,
  )
  expect((await status()).filling).toEqual([{ name: backfill, state: 'waiting', done: 1, left: 0 }])
  await db.transaction(noSchool, async (tx) => {
    await tx.delete(instances)
    await tx.update(backfills).set({ takenUntil: null })
  })
  expect(await apply({ backfill: 'all' })).toMatchObject({ applied: [contract] })
  expect((await status()).filling).toEqual([{ name: backfill, state: 'done', done: 1, left: 0 }])
  expect(said).toContain(`${backfill}: nothing is left`)
})

test('a row that an older server has written since the backfill was done is found before the step', async () => {
  await api().rooms.create({ name: 'Written since' })
  const contract = mine.add('again', `-- after backfill: ${backfill}\ncreate table contracted_again (n integer)`)
  expect((await migrationStatus(mine.folder)).waits).toEqual({})
  await expect(apply()).rejects.toThrow(
    `Migration ${contract} waits for the backfill ${backfill}, which has 1 row left`,
  )
  const other = { ...seatsBackfill, name: 'other', left: () => Promise.reject(new Error('no step needs it')) }
  const needed = { backfill: 'needed', declared: [seatsBackfill, other] } as const
  expect(await apply(needed)).toMatchObject({ applied: [contract] })
})

test('a version that does not know the backfill any more says which one fills it', async () => {
  mine.add('gone', '-- after backfill: long_gone\ncreate table gone (n integer)')
  await expect(apply({ backfill: 'all' })).rejects.toThrow(
    'This version does not know the backfill long_gone any more: start the release before',
  )
})

/** The flag `backfills`, seen from outside: whether a server fills what older rows lack. */
import { afterAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { backfills } from '../../../db/schema/index.ts'
import type { FlagMode } from '../../../db/values.ts'
import { declaredBackfills } from '../../../server/backfills/declared.ts'
import { readBackfills } from '../../../server/backfills/progress.ts'
import { changeFlag } from '../../../server/flags/set.ts'
import { db, makeSchool, now } from '../../setup/people.ts'
import { startServer } from '../../setup/server.ts'

await makeSchool('Filled')
afterAll(() => db.close())

const turn = (mode: FlagMode) =>
  changeFlag(
    db,
    { id: newId(), procedure: 'flags.set', inputHash: newId(), way: 'cli', actorId: null, at: now },
    { key: 'backfills', mode },
  )
const states = async () => (await readBackfills(db)).map(({ name, state }) => `${name} ${state}`).toSorted()
const done = declaredBackfills.map(({ name }) => `${name} done`).toSorted()

test('a server fills nothing while the flag is off, and begins once it is on again, without a restart', async () => {
  await db.transaction(noSchool, (tx) => tx.delete(backfills))
  await turn('off')
  const paused = await startServer()
  await paused.stop()
  expect(await states()).toEqual([])
  const server = await startServer()
  expect(await states()).toEqual([])
  await turn('default')
  await expect.poll(states).toEqual(done)
  await server.stop()
})

test('with the flag as delivered a server begins by itself', async () => {
  await db.transaction(noSchool, (tx) => tx.delete(backfills))
  const server = await startServer()
  await expect.poll(states).toEqual(done)
  await server.stop()
})

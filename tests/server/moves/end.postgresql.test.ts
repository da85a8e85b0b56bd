/** A move that was started from the page goes on when its server comes back, and its end is noted where the register is then. */
import { hostname } from 'node:os'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Sqlite } from '../../../db/sqlite-driver.ts'
import { on } from '../../db/move/query.ts'
import { isShort } from '../../thorough.ts'
import type { MovingSite } from '../handover/site.ts'
import { movingSite } from '../handover/site.ts'

let site: MovingSite
beforeEach(async () => {
  site = await movingSite()
})
afterEach(() => site.done())

/** No process has it. */
const nobody = 2 ** 30

/** As a server leaves it that was killed while its mover was at work. */
function startedFromThePage(): void {
  const client = new Sqlite(site.file)
  client
    .prepare(
      `insert into moves (number, id, version, verb, started_at, started_by, host, pid, place, target, found)
       select 1, '01a22ec8-444c-757f-b829-c7221e67364d', 1, 'move', 1, id, ?, ?, ?, 'there', '[]' from users`,
    )
    .run(hostname(), nobody, site.file)
  client.close()
}

test('the server that is started again carries the move to its end', async () => {
  await site.mover.begin('copied')
  await site.mover.at('copied')
  await site.mover.kill()
  startedFromThePage()
  const server = await site.start()
  await server.untilSaid('"mover.started"')
  await server.untilSaid('"mover.ended"')
  expect(site.mover.state()).toBe('moved')
  const noted = () => on(site.url, 'select outcome, version, failure from moves')
  await expect.poll(noted, { timeout: 20_000 }).toEqual([{ outcome: 'done', version: 2, failure: null }])
  const chain = await on(site.url, 'select number, procedure, way from register_journal')
  expect(chain).toEqual([{ number: '1', procedure: 'moves.end', way: 'cli' }])
  expect(await server.stop()).toBe(0)
})

test.skipIf(isShort)(
  'the server that is started again ends the last comparison, too, before it says that the move is done',
  async () => {
    await site.mover.begin('copied', 'moved')
    await site.mover.at('copied')
    startedFromThePage()
    site.mover.pass('copied')
    await site.mover.at('moved')
    await site.mover.kill()
    const own = () => on(site.url, `select relname from pg_class where relname ~ '^move(_|$)' and relkind = 'r'`)
    expect(await own()).not.toEqual([])
    const server = await site.start()
    await server.untilSaid('"mover.ended"')
    expect(await own()).toEqual([])
    expect(await on(site.url, 'select conname from pg_constraint where not convalidated')).toEqual([])
    const noted = () => on(site.url, 'select outcome, failure from moves')
    await expect.poll(noted, { timeout: 20_000 }).toEqual([{ outcome: 'done', failure: null }])
    expect(await server.stop()).toBe(0)
  },
)

/** Who writes to a file whose register changes over waits, and learns how that ended. */
import './move/own-file.ts'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { Fence } from '../../db/fence.ts'
import { newId } from '../../db/kit.ts'
import { migrate } from '../../db/migrate.ts'
import { beginCapture } from '../../db/move/capture.ts'
import type { SourceState } from '../../db/move/moved.ts'
import { serversIn } from '../../db/move/moved.ts'
import { inSource } from '../../db/move/source.ts'
import { open } from '../../db/open.ts'
import { installation } from '../../db/schema/index.ts'
import { Sqlite } from '../../db/sqlite-driver.ts'
import { sayCold, sayWarm } from '../../db/warm-servers.ts'
import { file, removeFolder } from './move/own-file.ts'

let db: Database
const become = (to: SourceState) =>
  inSource(file, (client) => client.prepare('update move set state = ?').run(to), 'write')
const ready = () => inSource(file, serversIn).map(({ instance }) => instance)
beforeAll(async () => {
  await migrate()
  db = await open()
  await db.transaction(noSchool, (tx) => tx.insert(installation).values({ number: 1, id: 'before' }))
  inSource(file, (client) => beginCapture(client, { id: newId(), target: 'nowhere' }), 'write')
})
beforeEach(() => void become('moving'))
afterAll(async () => {
  await db.close()
  removeFolder()
})

const named = async () => (await db.select({ id: installation.id }).from(installation))[0]?.id
const rename = (id: string) =>
  db.transaction(noSchool, async (tx) => {
    const [was] = await tx.select().from(installation)
    await tx
      .update(installation)
      .set({ id: `${was?.id} ${id}` })
      .where(eq(installation.number, 1))
  })
const untilHeld = (many: number) => expect.poll(() => db.fence?.held).toBe(many)

test('what meets the fence is made once when the file takes changes again, and reads go on', async () => {
  const before = await named()
  const renamed = Promise.all([rename('a'), rename('b')])
  await untilHeld(2)
  expect(await named()).toBe(before)
  become('copying')
  await renamed
  expect([`${before} a b`, `${before} b a`]).toContain(await named())
})

test('where the register has left, the write fails as one that can be made elsewhere, and nothing of it is kept', async () => {
  const before = await named()
  let left = 0
  db.fence?.onMoved(() => left++)
  const renamed = rename('late')
  await untilHeld(1)
  become('moved')
  await expect(renamed).rejects.toMatchObject({ trouble: 'moved' })
  expect(left).toBe(1)
  expect(db.condition.troubles).toEqual([])
  expect(await named()).toBe(before)
  become('copying')
})

test('nobody waits for ever', async () => {
  const client = new Sqlite(file)
  const fence = new Fence({ client, heldFor: 0 })
  const write = async () => client.exec("update installation set id = 'x'")
  await expect(fence.pass(write)).rejects.toMatchObject({ name: 'UnavailableError', trouble: 'busy' })
  client.close()
  become('copying')
})

test('a server says that its workers stand ready, and takes it back', async () => {
  become('copying')
  const at = new Date('2026-11-30T08:00:00Z')
  await sayWarm(db, 'one', at)
  await sayWarm(db, 'one', at)
  await sayWarm(db, 'two', at)
  expect(ready()).toEqual(['one', 'two'])
  await sayCold(db, 'one')
  expect(ready()).toEqual(['two'])
  expect(await db.rows(sql`select at from move_servers`)).toEqual([{ at: '2026-11-30T08:00:00.000Z' }])
})

test('the state is read anew each time, also where a move begins and is given up', () => {
  const client = new Sqlite(`${file}.other`)
  const fence = new Fence({ client })
  const writer = new Sqlite(`${file}.other`)
  for (const state of ['copying', 'moved']) {
    expect(fence.state()).toBeUndefined()
    writer.exec(`create table move (state text); insert into move values ('${state}')`)
    expect(fence.state()).toBe(state)
    writer.exec('drop table move')
  }
  expect(fence.state()).toBeUndefined()
  client.close()
  expect(() => fence.state()).toThrow('not open')
  writer.close()
})

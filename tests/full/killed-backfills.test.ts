/** A backfill is killed at every point that it names, twice, while people write; three processes that start at once share none of it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { noSchool } from '../../db/database.ts'
import { backfills, rooms } from '../../db/schema/index.ts'
import type { Point } from '../../server/backfills/run.ts'
import { addRows } from '../../server/records/write.ts'
import { roomKind } from '../../server/rooms/kind.ts'
import { endWithUs } from '../setup/end-with-us.ts'
import { db, writeInSchool } from '../setup/people.ts'
import { api, school } from '../setup/school.ts'

const program = join(import.meta.dirname, '../server/backfills/dying.ts')
const count = 700
let made = 0

beforeEach(async () => {
  await db.transaction(noSchool, async (tx) => {
    await tx.delete(rooms)
    await tx.delete(backfills)
  })
  const names = Array.from({ length: count }, () => ({ name: `Room ${++made}` }))
  await writeInSchool(school.id, (tx) => addRows(tx, roomKind, school.id, names))
})
afterAll(() => db.close())

/** A process of its own; answers how it ended, how many batches it committed, and what it said last. */
async function run(point?: Point, nth = 1) {
  const args = ['--import', 'tsx', program, ...(point ? [point, String(nth)] : [])]
  const child = endWithUs(spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'inherit'] }))
  const [said, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'close')])
  const lines = said.trim().split('\n')
  return { end: signal ?? code, batches: lines.filter((line) => line === 'batch').length, said: lines.at(-1) }
}

/** As if half a minute had passed since the process was killed. */
const letTime = () => db.transaction(noSchool, (tx) => tx.update(backfills).set({ takenUntil: null }))
const stored = () => db.select().from(rooms)
const state = async () => (await db.select().from(backfills))[0]

async function killedTwice(point: Point, nth: number): Promise<void> {
  for (const [times] of [[1], [2]] as const) {
    expect((await run(point, nth)).end, `${point} ${nth}, time ${times}`).toBe('SIGKILL')
    const [row, rows] = [await state(), await stored()]
    // A batch and its place are one: what the register says is filled, no more and no less.
    expect(rows.filter(({ seats }) => seats !== null)).toHaveLength(row?.rowsDone ?? 0)
    await letTime()
  }
}

const points = [
  ['taken', 1],
  ['checked', 1],
  ['filled', 1],
  ['filled', 2],
  ['noted', 1],
  ['noted', 2],
  ['committed', 1],
  ['committed', 2],
] as const

test.each(points)(
  'killed at %s number %i, twice, the next process fills the rest, each row once',
  async (point, nth) => {
    await killedTwice(point, nth)
    const writing = api().rooms.create({ name: `Meanwhile ${++made}` })
    const [{ said }] = await Promise.all([run(), writing])
    expect(said).toBe('done')
    const rows = await stored()
    // What was added meanwhile may have come after the last look.
    expect(rows.filter(({ seats, name }) => seats === null && !name.startsWith('Meanwhile'))).toEqual([])
    expect(rows.filter(({ seats, name, version }) => version !== 1 || (seats ?? name.length) !== name.length)).toEqual(
      [],
    )
    expect((await state())?.rowsDone).toBe(rows.filter(({ seats }) => seats !== null).length)
  },
  600_000,
)

test('killed as it ends, it is done', async () => {
  expect((await run('ended')).end).toBe('SIGKILL')
  expect(await state()).toMatchObject({ state: 'done', rowsDone: count, rowsLeft: 0 })
}, 600_000)

test('of three processes that start at once one fills, and each row once', async () => {
  const ends = await Promise.all([run(), run(), run()])
  expect(ends.map(({ end }) => end)).toEqual([0, 0, 0])
  expect(ends.filter(({ batches }) => batches > 0)).toHaveLength(1)
  expect(await state()).toMatchObject({ state: 'done', rowsDone: count, rowsLeft: 0 })
}, 600_000)

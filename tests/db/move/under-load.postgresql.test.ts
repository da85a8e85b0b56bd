/** A register that people work on moves, whatever ends in between. */
import './own-file.ts'
import { copyFileSync, rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { migrate } from '../../../db/migrate.ts'
import type { MovePoint } from '../../../db/move/mover.ts'
import { open } from '../../../db/open.ts'
import { cases } from '../../thorough.ts'
import { addRow, addSchool, foreignKeysOf, tables } from '../any-row.ts'
import { file, removeFolder } from './own-file.ts'
import { emptyDatabase, on } from './target-database.ts'
import { moveUnderLoad } from './under-load/run.ts'

const filled = `${file}.filled`
let target: Awaited<ReturnType<typeof emptyDatabase>>

beforeAll(async () => {
  await migrate()
  const db = await open()
  await db.transaction(0, async (tx) => {
    await addSchool(tx)
    for (const table of tables)
      await addRow(
        tx,
        table,
        {},
        foreignKeysOf(table).map(({ name }) => name),
      )
    await tx.delete(tables.find((table) => 'seenAt' in table && 'isDraining' in table) as never)
  })
  await db.close()
  copyFileSync(file, filled)
})
beforeEach(async () => {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true })
  copyFileSync(filled, file)
  target = await emptyDatabase()
})
afterEach(() => target.drop())
afterAll(removeFolder)

const points: MovePoint[] = [
  'captured',
  'made',
  'part',
  'copied',
  'round',
  'indexes',
  'compared',
  'fenced',
  'last round',
  'deciding',
  'activating',
  'active',
  'moved',
  'settled',
]
const chosen: MovePoint[] = ['part', 'round', 'fenced', 'activating', 'active', 'moved']

test('movers die at every point while people write, and each acknowledged write arrives once', async () => {
  const rooms = await moveUnderLoad({ file, url: target.url, kills: cases(0, 1) ? points : chosen })
  expect(rooms).toBeGreaterThan(5)
  const left = await on(target.url, `select relname from pg_class where relname ~ '^move'`)
  expect(left).toEqual([])
})

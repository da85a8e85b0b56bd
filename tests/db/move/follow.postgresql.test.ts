/** A register that people work on moves, whatever ends in between. */
import './own-file.ts'
import { copyFileSync, rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MovePoint } from '../../../db/move/mover.ts'
import { cases } from '../../thorough.ts'
import { fillRegister } from './filled-register.ts'
import { file, removeFolder } from './own-file.ts'
import { on } from './query.ts'
import { emptyDatabase } from './target-database.ts'
import { moveUnderLoad, points } from './under-load/run.ts'

const filled = `${file}.filled`
let target: Awaited<ReturnType<typeof emptyDatabase>>

beforeAll(async () => {
  await fillRegister()
  copyFileSync(file, filled)
})
beforeEach(async () => {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true })
  copyFileSync(filled, file)
  target = await emptyDatabase()
})
afterEach(() => target.drop())
afterAll(removeFolder)

const chosen: MovePoint[] = ['part', 'fenced', 'activating', 'active']
const at = (point: MovePoint) => ({ point })

test('movers die at every point while people write, and each acknowledged write arrives once', async () => {
  const rooms = await moveUnderLoad({ file, url: target.url, ends: (cases(0, 1) ? points : chosen).map(at) })
  expect(rooms).toBeGreaterThan(5)
  const left = await on(target.url, `select relname from pg_class where relname ~ '^move(_|$)'`)
  expect(left).toEqual([])
})

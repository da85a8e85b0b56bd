/** The primary runs the mover as a process of its own, one at a time, and says what became of it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EndedMover } from '../../../server/moves/primary.ts'
import { Mover } from '../../../server/primary/mover.ts'
import { createLog } from '../../../server/runtime/logging.ts'
import { temporaryFolder } from '../../setup/server.ts'

const command = join(import.meta.dirname, 'mover-program.mjs')
const log = createLog({ logLevel: 'silent' })
const folder = temporaryFolder()
const file = join(folder.path, 'log')
let ended: EndedMover[]
let mover: Mover
let n = 0
beforeEach(() => {
  process.env.MOVER_LOG = `${file}${++n}`
  ended = []
  mover = new Mover({ log, command, ended: (end) => void ended.push(end) })
})
afterEach(async () => {
  await mover.end()
  delete process.env.MOVER_LOG
  delete process.env.MOVER_DOES
})

const ran = () => {
  try {
    return readFileSync(`${file}${n}`, 'utf8').trim().split('\n')
  } catch {
    return []
  }
}

test('it says what the mover answered, or why it refused', async () => {
  process.env.MOVER_DOES = 'ends'
  mover.obey('move')
  await expect.poll(() => ended).toMatchObject([{ verb: 'move', code: 0, out: '{"rows":3,"took":7}\n' }])
  process.env.MOVER_DOES = 'refuses'
  mover.obey('rehearse')
  await expect.poll(() => ended.length).toBe(2)
  expect(ended[1]).toMatchObject({ verb: 'rehearse', code: 1, said: 'Mend these first:\n  students.name of id 7\n' })
})

test('what runs is not started again', async () => {
  mover.obey('move')
  mover.obey('move')
  mover.obey('rehearse')
  await expect.poll(ran).toEqual(['go'])
  await mover.end()
  expect(ran()).toEqual(['go'])
})

test('a rehearsal is stopped by ending it, a move by a process that asks it to', async () => {
  mover.obey('rehearse')
  await expect.poll(ran).toEqual(['rehearse'])
  mover.obey('stop')
  await expect.poll(() => ended).toMatchObject([{ verb: 'rehearse', code: 143 }])
  mover.obey('move')
  await expect.poll(ran).toEqual(['rehearse', 'go'])
  mover.obey('stop')
  await expect.poll(ran).toEqual(['rehearse', 'go', 'stop'])
})

test('a move that nobody carries on is stopped, too, and that is told', async () => {
  mover.obey('stop')
  await expect.poll(() => ended).toMatchObject([{ verb: null, code: 1, said: '' }])
  expect(ran()).toEqual(['stop'])
})

test('a primary that stops ends the mover in order, starts none any more, and calls that no end of the move', async () => {
  mover.obey('move')
  await expect.poll(ran).toEqual(['go'])
  await mover.end()
  mover.obey('move')
  expect(ended).toEqual([])
  expect(ran()).toEqual(['go'])
})

import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { State } from '../../../deploy/rollout/state.ts'
import { lock, readState, workerIn, writeState } from '../../../deploy/rollout/state.ts'
import { temporaryFolder } from '../../setup/server.ts'

const folder = temporaryFolder()
afterAll(() => folder.done())

test('the state is read as it was written, and nothing half is left beside it', () => {
  expect(readState(folder.path)).toEqual({ live: null, rollout: null, last: null })
  const state: State = { live: { colour: 'blue', release: '/srv/homeroom/0.2.0', id: 'r1' }, rollout: null, last: null }
  writeState(folder.path, state)
  expect(readState(folder.path)).toEqual(state)
  expect(readdirSync(folder.path)).toEqual(['state.json'])
})

test('a damaged state is no empty one', () => {
  writeFileSync(join(folder.path, 'state.json'), '{"live":')
  expect(() => readState(folder.path)).toThrow(/is damaged/)
})

test('the lock of a process that is gone holds nobody up', () => {
  writeFileSync(join(folder.path, 'lock'), '99999999')
  expect(workerIn(folder.path)).toBeUndefined()
  const unlock = lock(folder.path)
  expect(readdirSync(folder.path)).toContain('lock')
  unlock()
  expect(readdirSync(folder.path)).toEqual(['state.json'])
})

/** A machine on which no further process can be started. Needs no database. */
import { Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { Migration } from '../../../server/primary/migration.ts'
import { SaidError } from '../../../server/primary/said-error.ts'
import { Worker } from '../../../server/primary/worker.ts'

const { execPath } = process
afterEach(() => {
  process.execPath = execPath
})

test('a worker that can not be started has ended, and is asked in vain', async () => {
  process.execPath = '/nowhere/node'
  const worker = new Worker()
  await expect(worker.ready).rejects.toThrow(/ENOENT.* before it was ready/)
  expect(await worker.ended).toMatch('ENOENT')
  expect(await worker.pass(new Socket())).toBe(false)
  worker.kill()
})

test('a migration that can not be started is an error as any other of its', async () => {
  process.execPath = '/nowhere/node'
  await expect(new Migration().run()).rejects.toBeInstanceOf(SaidError)
})

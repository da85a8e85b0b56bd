/** A restore that is killed at each point, and a disk that fills up: a whole register is left. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Created } from '../../server/backups/create.ts'
import { createBackup } from '../../server/backups/create.ts'
import { optionsFor } from '../server/backups/a-backup.ts'
import type { Machine } from '../server/backups/a-machine.ts'
import { look, namesIn, newMachine } from '../server/backups/a-machine.ts'
import { as, db, makePerson, makeSchool } from '../setup/people.ts'
import { homeroomFile, run, temporaryFolder } from '../setup/server.ts'

const folder = temporaryFolder()
const backups = join(folder.path, 'backups')
let made: Created
let machine: Machine

beforeAll(async () => {
  const registrar = await makePerson(await makeSchool('Northgate'), 'registrar')
  for (const givenName of ['Ada', 'Ben']) await as(registrar).students.create({ givenName, familyName: 'Abara' })
  made = await createBackup(optionsFor(backups))
})
beforeEach(() => {
  machine = newMachine(folder.path)
})
afterAll(async () => {
  await db.close()
  folder.done()
})

const points = [
  ['linkSync', 'after', 'Later'],
  ['renameSync', 'before', 'Later'],
  ['renameSync', 'after', 'Ada'],
] as const

test.each(points)('a restore that is killed at %s, %s it, leaves a whole register', async (call, when, expected) => {
  machine.leaveRegister(made.place)
  const hook = `--import ${join(import.meta.dirname, '../setup/killed-at.mjs')}`
  const { ended } = run(['backup', 'restore', '--folder', backups, '--yes'], {
    DATABASE_URL: `file:${machine.file}`,
    NODE_OPTIONS: hook,
    KILLED_AT: `${when} ${call}`,
  })
  expect(await ended).toBe('SIGKILL')
  expect(namesIn(machine.file)).toContain(expected)
  expect(look(machine.file, 'pragma integrity_check')).toEqual(['ok'])
  expect(existsSync(`${machine.file}-wal`)).toBe(false)
})

test('a disk that fills up during a backup or a restore leaves what was there', async () => {
  machine.leaveRegister(made.place)
  const own = join(machine.path, 'backups')
  const limited = (verb: string, ...args: string[]) => {
    const command = [
      '-c',
      'ulimit -f 400; exec "$@"',
      'bash',
      process.execPath,
      ...homeroomFile,
      'backup',
      verb,
      ...args,
    ]
    return run([], { DATABASE_URL: `file:${machine.file}` }, ['bash', ...command])
  }
  const backup = limited('create', '--folder', own)
  expect(await backup.ended, backup.output()).toBe(1)
  expect(readdirSync(own)).toEqual(['erased'])
  expect(machine.all().filter((name) => /work|making/.test(name))).toEqual([])
  const restored = limited('restore', '--folder', backups, '--yes')
  expect(await restored.ended, restored.output()).toBe(1)
  expect(namesIn(machine.file)).toEqual(['Later', 'Later'])
  expect(machine.all().filter((name) => /restor/.test(name))).toEqual([])
})

import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Sqlite } from '../../../db/sqlite-driver.ts'
import type { Created } from '../../../server/backups/create.ts'
import { createBackup } from '../../../server/backups/create.ts'
import { rememberErased } from '../../../server/backups/erased.ts'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import { makeAccount } from '../../setup/accounts.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { homeroom, homeroomFile, run, temporaryFolder } from '../../setup/server.ts'
import { optionsFor } from './a-backup.ts'

const folder = temporaryFolder()
const backups = join(folder.path, 'backups')
let made: Created
let school: School
let registrar: Person
let gone: { id: string; version: number }

beforeAll(async () => {
  school = await makeSchool('Northgate')
  registrar = await makePerson(school, 'registrar')
  const viewer = await makeAccount(school, 'viewer')
  await db.transaction([], async (tx) => {
    const { sessions } = await import('../../../db/schema/index.ts')
    const { newId } = await import('../../../db/kit.ts')
    const at = new Date()
    await tx
      .insert(sessions)
      .values({ id: newId(), userId: viewer.userId, tokenHash: 'a'.repeat(64), createdAt: at, lastSeenAt: at })
  })
  await as(registrar).students.create({ givenName: 'Ada', familyName: 'Abara' })
  gone = await as(registrar).students.create({ givenName: 'Gone', familyName: 'Forgotten' })
  made = await createBackup(optionsFor(backups))
})
afterAll(async () => {
  await db.close()
  folder.done()
})

/** A machine of its own: another folder, with the register of `from` in it. */
let machine: string
let file: string
let count = 0
beforeEach(() => {
  machine = join(folder.path, `machine-${++count}`)
  mkdirSync(machine)
  file = join(machine, 'homeroom.db')
})
const restore = (...args: string[]) =>
  homeroom(['backup', 'restore', '--folder', backups, ...args], { env: { DATABASE_URL: `file:${file}` } })
/** At a copy: looking at the file itself would leave a log beside it. */
const look = (path: string, text: string) => {
  const own = temporaryFolder()
  for (const end of ['', '-wal'])
    if (existsSync(path + end)) copyFileSync(path + end, join(own.path, `looked-at${end}`))
  const client = new Sqlite(join(own.path, 'looked-at'))
  try {
    return client.prepare(text).pluck().all()
  } finally {
    client.close()
    own.done()
  }
}
const names = (path = file) => look(path, 'select given_name from students order by given_name')
const copies = () => readdirSync(machine).sort()

/** The register of another day, left by a server that was killed: what it saved last is in the log alone. */
function killed(): void {
  copyFileSync(join(made.place, 'homeroom.db'), `${file}.whole`)
  const client = new Sqlite(`${file}.whole`)
  client.pragma('journal_mode = WAL')
  client.pragma('wal_autocheckpoint = 0')
  client.exec("update students set given_name = 'Later'")
  for (const end of ['', '-wal']) copyFileSync(`${file}.whole${end}`, `${file}${end}`)
  client.close()
}

test('the register is restored where there is none, with nobody signed in, and the journal is intact', async () => {
  const said = await restore('--yes')
  expect(said).toMatchObject({ code: 0, said: expect.stringContaining('the register is as it was then') })
  expect(names()).toEqual(['Ada', 'Gone'])
  expect(look(file, "select count(*) from sessions where token_hash not like 'ended:%'")).toEqual([0])
  expect(copies()).toEqual(['homeroom.db'])
  const journal = await homeroom(['journal', 'verify'], { env: { DATABASE_URL: `file:${file}` } })
  expect(journal).toMatchObject({ code: 0, said: expect.stringContaining('northgate: intact') })
})

test('without --yes nothing changes; with it the old register is kept whole, also what lay in its log alone', async () => {
  killed()
  const dry = await restore()
  expect(dry).toMatchObject({ code: 0, said: expect.stringContaining('Nothing was changed') })
  expect(names()).toEqual(['Later', 'Later'])
  const said = await restore('--yes')
  expect(said.code).toBe(0)
  expect(names()).toEqual(['Ada', 'Gone'])
  const [, kept = ''] = /kept as (\S+)/.exec(said.said) ?? []
  expect(names(kept)).toEqual(['Later', 'Later'])
  expect(copies().filter((name) => /-(wal|shm)$/.test(name))).toEqual([])
})

test.each([
  ['a log without its file', '-wal'],
  ['a file that is no database', ''],
])('%s is kept apart from the new register', async (_what, end) => {
  writeFileSync(file + end, 'left by another register '.repeat(1000))
  expect(await restore('--yes')).toMatchObject({ code: 0 })
  expect(copies()).toEqual([
    'homeroom.db',
    expect.stringMatching(new RegExp(`^homeroom.db.replaced-\\d{8}T\\d{9}Z${end}$`)),
  ])
  expect(names()).toContain('Ada')
})

test('a register that somebody has open is not replaced', async () => {
  copyFileSync(join(made.place, 'homeroom.db'), file)
  const client = new Sqlite(file)
  client.pragma('journal_mode = WAL')
  client.prepare('select count(*) from students').get()
  const said = await restore('--yes')
  expect(said).toMatchObject({ code: 1, output: expect.stringContaining('has') })
  expect(said.output).toContain('open: nothing was changed')
  client.close()
  expect(copies()).toEqual(['homeroom.db'])
})

test('who was erased after the backup is erased again, also out of the journal', async () => {
  const administrator = await makePerson(school, 'administrator')
  const { version } = await as(administrator).students.archive({ id: gone.id, version: gone.version })
  await as(administrator).students.erase({ id: gone.id, version, confirm: 'Gone Forgotten' })
  expect(await rememberErased(db, backups)).toBe(1)
  expect(await rememberErased(db, backups)).toBe(0)
  const said = await restore('--yes')
  expect(said.said).toContain('1 person who was erased after the backup was erased again')
  expect(look(file, `select coalesce(family_name, '') from students where id = '${gone.id}'`)).not.toEqual([
    'Forgotten',
  ])
  expect(look(file, "select count(*) from journal_values where content like '%Forgotten%'")).toEqual([0])
  const journal = await homeroom(['journal', 'verify'], { env: { DATABASE_URL: `file:${file}` } })
  expect(journal).toMatchObject({ code: 0, said: expect.stringContaining('northgate: intact') })
})

const points = [
  ['linkSync', 'after', 'Later'],
  ['renameSync', 'before', 'Later'],
  ['renameSync', 'after', 'Ada'],
] as const

test.each(points)('a restore that is killed at %s, %s it, leaves a whole register', async (call, when, expected) => {
  killed()
  const hook = `--import ${join(import.meta.dirname, '../../setup/killed-at.mjs')}`
  const { ended } = run(['backup', 'restore', '--folder', backups, '--yes'], {
    DATABASE_URL: `file:${file}`,
    NODE_OPTIONS: hook,
    KILLED_AT: `${when} ${call}`,
  })
  expect(await ended).toBe('SIGKILL')
  expect(names()).toContain(expected)
  expect(look(file, 'pragma integrity_check')).toEqual(['ok'])
  expect(existsSync(`${file}-wal`)).toBe(false)
})

test('a disk that fills up during a backup or a restore leaves what was there', async () => {
  killed()
  const own = join(machine, 'backups')
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
    return run([], { DATABASE_URL: `file:${file}` }, ['bash', ...command])
  }
  const backup = limited('create', '--folder', own)
  expect(await backup.ended, backup.output()).toBe(1)
  expect(readdirSync(own)).toEqual(['erased'])
  expect(copies().filter((name) => /work|making/.test(name))).toEqual([])
  const restored = limited('restore', '--folder', backups, '--yes')
  expect(await restored.ended, restored.output()).toBe(1)
  expect(names()).toEqual(['Later', 'Later'])
  expect(copies().filter((name) => /restor/.test(name))).toEqual([])
})

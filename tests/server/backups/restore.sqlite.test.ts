import { copyFileSync, lstatSync, symlinkSync, writeFileSync } from 'node:fs'
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
import { homeroom, temporaryFolder } from '../../setup/server.ts'
import { optionsFor } from './a-backup.ts'
import type { Machine } from './a-machine.ts'
import { look, namesIn, newMachine } from './a-machine.ts'

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

let machine: Machine
let file: string
beforeEach(() => {
  machine = newMachine(folder.path)
  file = machine.file
})
const restore = (...args: string[]) =>
  homeroom(['backup', 'restore', '--folder', backups, ...args], { env: { DATABASE_URL: `file:${file}` } })

test('the register is restored where there is none, with nobody signed in, and the journal is intact', async () => {
  const said = await restore('--yes')
  expect(said).toMatchObject({ code: 0, said: expect.stringContaining('the register is as it was then') })
  expect(namesIn(file)).toEqual(['Ada', 'Gone'])
  expect(look(file, "select count(*) from sessions where token_hash not like 'ended:%'")).toEqual([0])
  expect(machine.all()).toEqual(['homeroom.db'])
  const journal = await homeroom(['journal', 'verify'], { env: { DATABASE_URL: `file:${file}` } })
  expect(journal).toMatchObject({ code: 0, said: expect.stringContaining('northgate: intact') })
})

test('without --yes nothing changes; with it the old register is kept whole, also what lay in its log alone', async () => {
  machine.leaveRegister(made.place)
  const dry = await restore()
  expect(dry).toMatchObject({ code: 0, said: expect.stringContaining('Nothing was changed') })
  expect(namesIn(file)).toEqual(['Later', 'Later'])
  const said = await restore('--yes')
  expect(said.code).toBe(0)
  expect(namesIn(file)).toEqual(['Ada', 'Gone'])
  const [, kept = ''] = /kept as (\S+)/.exec(said.said) ?? []
  expect(namesIn(kept)).toEqual(['Later', 'Later'])
  expect(machine.all().filter((name) => /-(wal|shm)$/.test(name))).toEqual([])
})

test.each([
  ['a log without its file', '-wal'],
  ['a file that is no database', ''],
])('%s is kept apart from the new register', async (_what, end) => {
  writeFileSync(file + end, 'left by another register '.repeat(1000))
  expect(await restore('--yes')).toMatchObject({ code: 0 })
  expect(machine.all()).toEqual([
    'homeroom.db',
    expect.stringMatching(new RegExp(`^homeroom.db.replaced-\\d{8}T\\d{9}Z${end}$`)),
  ])
  expect(namesIn(file)).toContain('Ada')
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
  expect(machine.all()).toEqual(['homeroom.db'])
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

test('behind a link the register is replaced where it lies, and nothing is made in the place of a link to nothing', async () => {
  const disk = newMachine(folder.path)
  symlinkSync(disk.file, file)
  const away = await restore('--yes')
  expect(away).toMatchObject({ code: 1, output: expect.stringContaining('Is its disk mounted?') })
  disk.leaveRegister(made.place)
  expect(await restore('--yes')).toMatchObject({ code: 0 })
  expect(lstatSync(file).isSymbolicLink()).toBe(true)
  expect(machine.all()).toEqual(['homeroom.db'])
  expect(namesIn(disk.file)).toContain('Ada')
  expect(disk.all()).toContainEqual(expect.stringMatching(/^homeroom\.db\.replaced-/))
})

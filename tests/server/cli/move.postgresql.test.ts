/** As an operator types it: a register in a file is tried out, moved, and served from PostgreSQL. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { on } from '../../db/move/query.ts'
import { emptyDatabase } from '../../db/move/target-database.ts'
import { homeroom, run, startServer, temporaryFolder } from '../../setup/server.ts'

const folder = temporaryFolder()
const onFile = { DATABASE_URL: `file:${join(folder.path, 'homeroom.db')}`, DATABASE_DIRECT_URL: '' }
const target = await emptyDatabase()
const moving = { ...onFile, MOVE_TARGET_URL: target.url }
const onPostgres = { DATABASE_URL: target.url, DATABASE_DIRECT_URL: '', MOVE_TARGET_URL: '' }
const email = 'ada@school.example'
const password = 'nine tall red chimneys'

beforeAll(async () => {
  const about = ['--name', 'Ada Abara', '--email', email, '--school', 'Northgate', '--time-zone', 'Europe/London']
  const made = await homeroom(['init', ...about], { env: onFile, input: `${password}\n` })
  expect(made.code).toBe(0)
})
afterAll(async () => {
  await target.drop()
  folder.done()
})

const status = async () => (await homeroom(['move', 'status'], { env: moving })).said

test('a rehearsal that a signal ends leaves nothing of anyone in PostgreSQL', async () => {
  const tables = () => on(target.url, `select relname from pg_class where relnamespace = 'public'::regnamespace`)
  const { child, ended, output } = run(['move', 'rehearse'], moving)
  await expect.poll(async () => (await tables()).length).toBeGreaterThan(0)
  child.kill('SIGTERM')
  expect(await ended).toBe(1)
  expect(output()).toContain('The rehearsal was stopped. The database is empty again')
  expect(await tables()).toEqual([])
  expect(await status()).toMatch(/^No move of this register has begun/)
})

test('a register moves beside its server, waits until that can hand over or has ended, and is served from there', async () => {
  const server = await startServer(onFile)
  const going = homeroom(['move'], { env: moving })
  await expect
    .poll(status)
    .toMatch(/is on its way to .*people can work.*A server has no workers on PostgreSQL yet: process \d+ on /)
  const page = await fetch(`${server.url}/health`)
  expect(page.status).toBeLessThan(500)
  expect(await server.stop()).toBe(0)

  const moved = await going
  expect(moved).toMatchObject({ code: 0, said: expect.stringMatching(/has moved to .*each compared with the file/) })
  expect(moved.output).not.toContain(target.url)
  const old = await homeroom(['start'], { env: { ...onFile, PORT: '0' } })
  expect(old).toMatchObject({ code: 1, output: expect.stringContaining('set DATABASE_URL to that database') })
  expect(await status()).toMatch(/^The register has moved to /)

  const there = await startServer(onPostgres)
  const checked = await homeroom(['check', '--url', there.url, '--email', email], {
    env: onPostgres,
    input: `${password}\n`,
  })
  // The account is an administrator's, which a check refuses once it has signed in.
  expect(checked.output).toMatch(/^ok +sign in /m)
  expect(checked.output).toMatch(/^FAILED +session .*administrator of northgate/m)
  expect(await there.stop()).toBe(0)
})

test('a move is given up beside its mover, which ends, and its server, which goes on', async () => {
  const folderOfAnother = temporaryFolder()
  const other = await emptyDatabase()
  const env = {
    ...moving,
    DATABASE_URL: `file:${join(folderOfAnother.path, 'homeroom.db')}`,
    MOVE_TARGET_URL: other.url,
  }
  const about = ['--name', 'Ada Abara', '--email', email, '--school', 'Southgate', '--time-zone', 'Europe/London']
  await homeroom(['init', ...about], { env, input: `${password}\n` })
  const say = async (verb: string) => homeroom(['move', verb], { env })
  expect((await say('status')).said).toBe('No move of this register has begun\n')
  const server = await startServer({ ...env, MOVE_TARGET_URL: '' })
  const going = homeroom(['move'], { env })
  await expect.poll(async () => (await say('status')).said).toContain('A server has no workers')
  const stopped = await say('stop')
  expect(stopped).toMatchObject({
    code: 0,
    said: expect.stringContaining('stays with its file, and the database is empty again'),
  })
  expect(await going).toMatchObject({ code: 1, output: expect.stringContaining('The move was stopped') })
  expect((await say('accept')).output).toContain('this register has not moved')
  expect(await server.stop()).toBe(0)
  await other.drop()
  folderOfAnother.done()
})

test('a wrong use says what to set', async () => {
  const env = { ...onFile, MOVE_TARGET_URL: '' }
  expect(await homeroom(['move'], { env })).toMatchObject({
    code: 2,
    output: expect.stringContaining('Set MOVE_TARGET_URL'),
  })
  const already = await homeroom(['move'], { env: { ...onPostgres, MOVE_TARGET_URL: target.url } })
  expect(already).toMatchObject({ code: 1, output: expect.stringContaining('on PostgreSQL already') })
})

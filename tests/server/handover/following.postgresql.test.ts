/** Whatever is started with the old address finds where the register is. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { on } from '../../db/move/query.ts'
import { emptyDatabase } from '../../db/move/target-database.ts'
import { visit } from '../../setup/over-http.ts'
import { homeroom } from '../../setup/server.ts'
import type { MovingSite } from './site.ts'
import { email, movingSite, password, school } from './site.ts'

let site: MovingSite
beforeEach(async () => {
  site = await movingSite()
})
afterEach(() => site.done())

const roomsIn = (url: string) => on<{ name: string }>(url, 'select name from rooms')
const addUser = (address: string, env: Record<string, string>) =>
  homeroom(['user', 'add', address, '--role', 'viewer', '--name', 'Bo Berg'], { env, input: `${password}\n` })
const usersIn = async (url: string) =>
  (await on<{ email: string }>(url, 'select email from users')).map((row) => row.email)

test('once it has moved, servers and commands serve PostgreSQL, and one line says what to set', async () => {
  await site.mover.begin()
  await site.mover.done()
  const server = await site.start()
  await server.untilSaid('"move.old_address"')
  const ada = await visit(server.url, { email, password }, school)
  expect((await ada.ask('rooms.create', { name: 'there' })).status).toBe(200)
  expect(await roomsIn(site.url)).toEqual([{ name: 'there' }])
  expect(await server.stop()).toBe(0)
  expect(server.output().split('"move.old_address"')).toHaveLength(2)
  expect(await addUser('bo@school.example', site.env)).toMatchObject({ code: 0 })
  expect(await usersIn(site.url)).toContain('bo@school.example')
})

test('without the address, or with another one, it is refused with what to do', async () => {
  await site.mover.begin()
  await site.mover.done()
  const without = await addUser('bo@school.example', { ...site.env, MOVE_TARGET_URL: '' })
  expect(without).toMatchObject({ code: 1, output: expect.stringContaining('set DATABASE_URL to that database') })
  const other = await emptyDatabase()
  const env = { ...site.env, MOVE_TARGET_URL: other.url }
  for (const elsewhere of [await addUser('bo@school.example', env), await homeroom(['start'], { env })])
    expect(elsewhere).toMatchObject({ code: 1, output: expect.stringContaining('MOVE_TARGET_URL names') })
  expect(await on(other.url, 'select relname from pg_stat_user_tables')).toEqual([])
  expect(await usersIn(site.url)).toEqual([email])
  await other.drop()
})

test('a server that names another database than the mover stands ready nowhere, and serves the file', async () => {
  const other = await movingSite()
  await other.mover.begin()
  await other.mover.done()
  const server = await site.start({ MOVE_TARGET_URL: other.url })
  await site.mover.begin()
  await server.untilSaid('MOVE_TARGET_URL names')
  await server.untilSaid('"move.not_ready"')
  await site.mover.saysThat('A server has no workers on PostgreSQL yet')
  expect(site.mover.ready()).toBe(0)
  const ada = await visit(server.url, { email, password }, school)
  expect((await ada.ask('rooms.create', { name: 'here' })).status).toBe(200)
  expect(await roomsIn(other.url)).toEqual([])
  await other.done()
})

test('what a mover that died has left open is decided first: PostgreSQL where that was active', async () => {
  await site.mover.begin('active')
  await site.mover.at('active')
  expect(site.mover.state()).toBe('deciding')
  await site.mover.kill()
  expect(await addUser('bo@school.example', site.env)).toMatchObject({ code: 0 })
  expect(site.mover.state()).toBe('moved')
  expect(await usersIn(site.url)).toContain('bo@school.example')
})

test('else the file, which takes changes again', async () => {
  await site.mover.begin('deciding')
  await site.mover.at('deciding')
  expect(site.mover.state()).toBe('deciding')
  await site.mover.kill()
  expect(await addUser('bo@school.example', site.env)).toMatchObject({ code: 0 })
  expect(site.mover.state()).toBe('copying')
  expect(await usersIn(site.url)).toEqual([email])
})

import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { createFirstAdministrator } from '../../../server/auth/first-administrator.ts'
import { readConfig } from '../../../server/config.ts'
import { db } from '../../setup/people.ts'
import { call, homeroom, startServer, temporaryFolder } from '../../setup/server.ts'

afterAll(() => db.close())

const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('{'))

test.each([
  [{ PORT: 'eighty' }, 'PORT must be a whole number from 0 to 65535'],
  [{ PORT: '70000' }, 'PORT must be a whole number from 0 to 65535'],
  [{ HOST: 'a b' }, 'HOST must be a host name or an address, such as 127.0.0.1 or 0.0.0.0'],
  [{ PUBLIC_URL: 'register.school.example' }, 'PUBLIC_URL must be the address people type, without a path'],
  [
    { SECURITY_CONTACT: 'it@school.example' },
    'SECURITY_CONTACT must be whom to tell of a security hole, such as mailto:',
  ],
  [{ HSTS_SUBDOMAINS: '1' }, 'HSTS_SUBDOMAINS must be yes or no'],
  [{ PUBLIC_URL: 'https://school.example/register' }, 'PUBLIC_URL must be the address people type, without a path'],
  [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY must be a whole number from 0 to 10'],
  [{ DRAIN_DEADLINE_MS: '25s' }, 'DRAIN_DEADLINE_MS must be a whole number from 0 to 3600000'],
  [{ NODE_ENV: 'production', DRAIN_DEADLINE_MS: '5000' }, 'DRAIN_DEADLINE_MS must be more than DRAIN_DELAY_MS'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error, warn, info, debug, silent'],
])('a setting that makes no sense is named, with what to write: %o', (environment, message) => {
  expect(() => readConfig({}, environment as Record<string, string>)).toThrow(message)
})

test('an empty setting counts as none, and in production the load balancer gets time to notice', () => {
  expect(readConfig({}, { PORT: '', PUBLIC_URL: '' })).toMatchObject({ port: 3000, drainDelayMs: 0 })
  expect(readConfig({}, { NODE_ENV: 'production' }).drainDelayMs).toBe(5000)
  expect(readConfig({}, { NODE_ENV: 'production', DRAIN_DELAY_MS: '0' }).drainDelayMs).toBe(0)
})

test.each([
  [{ PORT: 'eighty' }, 'PORT must be a whole number from 0 to 65535'],
  [{ DATABASE_PREPARE: 'always' }, 'DATABASE_PREPARE must be auto, yes or no, not always'],
])('a wrong setting stops the start with one line: %o', async (env, line) => {
  const { code, output } = await homeroom(['start'], { env })
  expect(code).toBe(1)
  expect(lines(output)).toEqual([line])
})

test.each([
  ['mysql://localhost/x', /^DATABASE_URL must start with file: or postgres:/],
  ['postgres://nobody@127.0.0.1:1/none', /PostgreSQL does not answer/],
  ['postgres://school:secret#100%@127.0.0.1:1/none', /^DATABASE_URL has a % that begins no code/],
  ['postgres://127.0.0.1:1/none?channel_binding=require', /^DATABASE_URL asks for channel_binding=require/],
  ['file:/dev/null/homeroom.db', /./],
])('a database that can not be used stops the start with one line: %s', async (url, message) => {
  const { code, output } = await homeroom(['start'], { env: { DATABASE_URL: url, PORT: '0' } })
  expect(code).toBe(1)
  expect(lines(output)).toHaveLength(1)
  expect(lines(output)[0]).toMatch(message)
  expect(output).not.toMatch(/^\s+at |secret/m)
})

test.each(['DATABASE_URL_FILE', 'DATABASE_DIRECT_URL_FILE'])(
  'a file that %s names, and that is not there or empty, stops the start with one line that names the variable',
  async (variable) => {
    const folder = temporaryFolder()
    const [missing, empty] = [join(folder.path, 'missing'), join(folder.path, 'empty')]
    writeFileSync(empty, '\n')
    for (const [file, why] of [
      [missing, "which can't be read: ENOENT"],
      [empty, 'which is empty'],
    ] as const) {
      const { code, output } = await homeroom(['start'], { env: { [variable]: file, PORT: '0' } })
      expect(code).toBe(1)
      expect(lines(output)).toEqual([expect.stringContaining(`${variable} names the file ${file}, ${why}`)])
    }
    folder.done()
  },
)

test('a port that is taken stops the start with one line', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as { port: number }
  const { code, output } = await homeroom(['start', '--port', String(port)])
  expect(code).toBe(1)
  expect(lines(output)).toEqual([`PORT must be another one: something is listening on ${port} already`])
  taken.close()
})

test('while nobody has set the register up, its log holds a link to do so, which works; afterwards it holds none', async () => {
  const server = await startServer()
  const link = /^Setup: (http:\S+)\/setup#t=([\w-]{43})$/m.exec(server.output())
  expect(server.output().match(/Setup:/g)).toHaveLength(1)
  expect(link?.[1]).toBe(server.url)
  expect((await call(server.url, 'setup.get', { input: { token: link?.[2] } })).status).toBe(200)
  await server.stop()
  const key = { id: newId(), procedure: 'setup.create', inputHash: '0'.repeat(64), way: 'cli' } as const
  const owner = { name: 'The owner', email: 'owner@school.example', password: 'four quiet green lamps' }
  await createFirstAdministrator(db, key, owner, new Date(), async () => undefined)
  const again = await startServer()
  expect(again.output()).not.toContain('Setup:')
  await again.stop()
})

test('an application whose migrations were edited does not start, and says which one', async () => {
  const [first] = await db.rows<{ name: string }>(sql`select name from migrations order by step`)
  const folder = temporaryFolder()
  const { migrate } = await import('../../../db/migrate.ts')
  cpSync('drizzle', folder.path, { recursive: true })
  for (const dialect of ['sqlite', 'postgresql']) {
    const file = `${folder.path}/${dialect}/${first?.name}.sql`
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n-- edited`)
  }
  await expect(migrate(folder.path)).rejects.toThrow(`Migration ${first?.name} was edited after it was applied`)
  folder.done()
})

/** The migrations of the version of tomorrow: ours and one more, with what takes it back. */
function stepOfTomorrow(name: string, content: string, down = '') {
  const folder = temporaryFolder()
  cpSync('drizzle', folder.path, { recursive: true })
  for (const dialect of ['sqlite', 'postgresql']) {
    const file = `${folder.path}/${dialect}/meta/_journal.json`
    const journal = JSON.parse(readFileSync(file, 'utf8'))
    journal.entries.push({ ...journal.entries.at(-1), idx: 9999, when: 4_102_444_800_000, tag: name })
    writeFileSync(file, JSON.stringify(journal))
    writeFileSync(`${folder.path}/${dialect}/${name}.sql`, content)
    writeFileSync(`${folder.path}/${dialect}/${name}.down.sql`, down)
  }
  return folder
}

test('on a step of tomorrow that is declared compatible, a server of today reloads, restarts and serves', async () => {
  const { migrate, migrateDown } = await import('../../../db/migrate.ts')
  const folder = stepOfTomorrow(
    '9998_houses',
    '-- compatible\ncreate table houses (id integer primary key)\n--> statement-breakpoint\nalter table students add column house text',
    'alter table students drop column house\n--> statement-breakpoint\ndrop table houses',
  )
  const server = await startServer()
  await migrate(folder.path)
  server.child.kill('SIGHUP')
  await server.untilSaid('server.reloaded')
  expect((await call(server.url, 'session.get')).status).toBe(200)
  expect(await server.stop()).toBe(0)
  const again = await startServer()
  expect((await fetch(`${again.url}/health/ready`)).status).toBe(200)
  expect(await again.stop()).toBe(0)
  await expect(migrateDown('drizzle', 1)).rejects.toThrow('take it back with the version that applied it')
  expect((await migrateDown(folder.path, 1)).takenBack).toEqual(['9998_houses'])
  folder.done()
})

test('a server whose database a newer one has migrated meanwhile serves on; one that starts on it does not, and says so in one line', async () => {
  const server = await startServer()
  const { migrate } = await import('../../../db/migrate.ts')
  const folder = stepOfTomorrow('9999_of_tomorrow', 'create table of_tomorrow (id integer primary key)')
  await migrate(folder.path)
  folder.done()
  expect((await call(server.url, 'session.get')).status).toBe(200)
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200)
  const { code, output } = await homeroom(['start'], { env: { PORT: '0' } })
  expect(code).toBe(1)
  expect(lines(output)).toEqual([
    'Migration 9999_of_tomorrow was applied to this database, but its file is missing: this database is newer than this version of Homeroom. Start the version that knows it',
  ])
  expect((await call(server.url, 'session.get')).status).toBe(200)
  expect(await server.stop()).toBe(0)
})

/** What is wrong with postgres.js, in the order of db/postgres/README.md: each test fails without what mends it. */
import { channel } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { createServer } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import type { Client } from '../../../db/postgres/connection.ts'
import { Connection } from '../../../db/postgres/connection.ts'
import { openPostgres } from '../../../db/postgres/database.ts'
import { Pool } from '../../../db/postgres/pool.ts'
import { startFaultProxy } from '../../reliability/fault-proxy.ts'
import { outsider, until } from '../outsider.ts'

const url = process.env.DATABASE_DIRECT_URL ?? ''
const proxy = await startFaultProxy(Number(new URL(url).port))
const at = (port: number) => url.replace(/:\d+\//, `:${port}/`)
const through = at(proxy.port)
const own = outsider()
afterAll(async () => {
  await own.close()
  await proxy.close()
})

/** The sockets that have been opened since the test began. */
const sockets: Socket[] = []
const opened = (message: unknown) => void sockets.push((message as { socket: Socket }).socket)
channel('net.client.socket').subscribe(opened)
afterEach(() => sockets.splice(0))
afterAll(() => channel('net.client.socket').unsubscribe(opened))

const pidOf = async (connection: Connection) =>
  (await connection.send<{ pid: number }>('select pg_backend_pid() as pid'))[0]?.pid
const cut = (pid: number | undefined) => own.rows(`select pg_terminate_backend(${pid})`)
/** `statements` is sent, and its backend ended while it sleeps in them. */
async function cutDuring(connection: Connection, ...statements: string[]) {
  const pid = await pidOf(connection)
  const asked = statements.map((statement) => connection.send(statement))
  const settled = Promise.allSettled(asked)
  const sleeping = `select 1 from pg_stat_activity where pid = ${pid} and wait_event = 'PgSleep'`
  await until(async () => (await own.rows(sleeping)).length > 0)
  await cut(pid)
  return (await settled).map(({ status }) => status)
}

test('what is asked between the error of a connection and its end is refused, and not answered with nothing', async () => {
  const connection = new Connection(through)
  await connection.send('select 1')
  const asked: Promise<unknown>[] = []
  sockets[0]?.once('error', () => asked.push(connection.send('select 1 as n').catch((error) => error.code)))
  proxy.reset()
  await until(() => asked.length > 0)
  expect(await Promise.all(asked)).toEqual(['ECONNRESET'])
  expect(sockets.length).toBe(2)
})

test('a transaction whose connection was lost sends nothing more, neither on it nor on another', async () => {
  const connection = new Connection(url)
  const outcomes: string[] = []
  const work = connection.transaction('begin', async (client, begun) => {
    await begun
    await cut(await pidOf(connection))
    await until(() => sockets[0]?.destroyed ?? false)
    for (let n = 0; n < 3; n++)
      await client.send('select 1').then(
        () => outcomes.push('sent'),
        () => outcomes.push('refused'),
      )
  })
  await expect(work).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(outcomes).toEqual(['refused', 'refused', 'refused'])
  expect(sockets.length).toBe(1)
})

test('statements that wait behind others when their connection is lost fail with it', async () => {
  const connection = new Connection(url)
  // postgres.js sends about a hundred without waiting for answers.
  const others = Array.from({ length: 120 }, () => 'select 1')
  const statuses = await cutDuring(connection, 'select pg_sleep(60)', ...others)
  expect(new Set(statuses)).toEqual(new Set(['rejected']))
})

/** Answers everybody with `words` and hangs up; without any, as a proxy does that has no server left. */
async function hangingUp(words = '') {
  let asked = 0
  const server = createServer((socket) => {
    asked++
    socket.on('error', () => socket.destroy()).end(words)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return { port, asked: () => asked, close: () => void server.close() }
}

const hosts = (...ports: (number | string)[]) =>
  url.replace(/@[^/]*\//, `@${ports.map((port) => `127.0.0.1:${port}`).join()}/`)

test('what goes with the beginning of a transaction that is refused reaches no other connection', async () => {
  const refusing = await hangingUp('E\0\0\0\x17SFATAL\0C28P01\0Mno\0\0')
  await own.rows('create table notes (n integer)')
  const elsewhere = new Connection(url)
  for (const address of [at(refusing.port), hosts(refusing.port, new URL(url).port)]) {
    const work = new Connection(address).transaction('begin', async (client, begun) => {
      client.send('insert into notes values (1)').catch(() => {})
      await begun
    })
    await expect(work).rejects.toMatchObject({ code: '28P01' })
    for (let n = 0; n < 20; n++) await elsewhere.send('select 1')
  }
  expect([...(await elsewhere.send('select * from notes'))]).toEqual([])
  await elsewhere.end()
  refusing.close()
})

test('one who hangs up before the first word is asked once, and not without end', async () => {
  const busy = await hangingUp()
  const connection = new Connection(at(busy.port))
  await expect(connection.send('select 1')).rejects.toMatchObject({ code: 'ECONNRESET' })
  const elsewhere = new Connection(url)
  for (let n = 0; n < 20; n++) await elsewhere.send('select 1')
  expect(busy.asked()).toBe(1)
  await elsewhere.end()
  busy.close()
})

test('of several hosts none answers: that is said, and soon', async () => {
  const busy = await hangingUp()
  for (const nobody of [hosts(1, 1), hosts(busy.port, busy.port), hosts(1, busy.port)])
    await expect(openPostgres(nobody, { min: 1, max: 1 })).rejects.toThrow(/does not answer at DATABASE_URL/)
  busy.close()
})

test('of several hosts the first does not answer, or hangs up: the next is asked', async () => {
  const busy = await hangingUp()
  for (const first of [1, busy.port]) {
    const db = await openPostgres(hosts(first, new URL(url).port), { min: 2, max: 2 })
    expect(await db.rows(sql`select 1 as n`)).toEqual([{ n: 1 }])
    await db.close()
  }
  busy.close()
})

test('a connection that was lost in a statement can be closed', async () => {
  const connection = new Connection(url)
  expect(await cutDuring(connection, 'select pg_sleep(60)')).toEqual(['rejected'])
  await connection.end()
})

test('after a query that failed between two rows the next result has no holes', async () => {
  const pool = new Pool(url, 0)
  const failing = pool.use((connection) => connection.send('select 1 / (4 - n) from generate_series(1, 9) n'))
  await expect(failing).rejects.toThrow('division by zero')
  const rows = await pool.use((connection) => connection.send('select n from generate_series(1, 2) n'))
  expect([...rows]).toEqual([{ n: 1 }, { n: 2 }])
  await pool.end()
})

test('a statement with parameters is one round trip', async () => {
  const connection = new Connection(url)
  await connection.send('select 1')
  let answers = 0
  sockets[0]?.on('data', () => answers++)
  const rows = await connection.send('select $1::int as a, $2 as b, $3::boolean as c', [7, "O'Neil", true])
  expect([[...rows], answers]).toEqual([[{ a: 7, b: "O'Neil", c: true }], 1])
  await connection.end()
})

test('a connection that a firewall has forgotten is given up, and those of its age with it', async () => {
  const pool = new Pool(through, 60_000)
  const ask = (more?: { limit: number }) => pool.use((connection) => connection.send('select 1', [], more))
  await Promise.all([ask(), ask(), ask()])
  proxy.forget()
  await expect(ask({ limit: 300 })).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  await ask()
  await pool.end()
})

test('statements at the same time have a connection each', async () => {
  const pool = new Pool(url, 0)
  const pids = await Promise.all([pool.use(pidOf), pool.use(pidOf)])
  expect(new Set(pids).size).toBe(2)
  expect(pids).toContain(await pool.use(pidOf))
  await pool.end()
})

test('a transaction that pauses keeps its connection, whatever the address says of idle ones', async () => {
  const connection = new Connection(`${url}?idle_timeout=0.02&max_lifetime=0.02`)
  const pids = connection.transaction('begin', async () => {
    const before = await pidOf(connection)
    await new Promise((resolve) => setTimeout(resolve, 100))
    return [before, await pidOf(connection)]
  })
  const [before, after] = await pids
  expect(before).toBe(after)
  await connection.end()
})

test('a connection is not used again after an hour', async () => {
  const connection = new Connection(url)
  expect(connection.isFit).toBe(true)
  const now = performance.now()
  vi.spyOn(performance, 'now').mockReturnValue(now + 3_600_001)
  expect(connection.isFit).toBe(false)
  vi.restoreAllMocks()
  await connection.end()
})

test('a server that does not encrypt is refused where the address requires it, and taken where it prefers it', async () => {
  const one = (mode: string) => openPostgres(`${url}?sslmode=${mode}`, { min: 1, max: 1 })
  await expect(one('require')).rejects.toThrow('the server does not encrypt')
  await expect(one('verify-full')).rejects.toThrow('the server does not encrypt')
  const db = await one('prefer')
  expect(await db.rows(sql`select 1 as n`)).toEqual([{ n: 1 }])
  await db.close()
})

test('what PostgreSQL no longer keeps prepared is not sent again behind the end of its transaction', async () => {
  const connection = new Connection(url)
  await own.rows('create table kept (n integer)')
  const insert = (client: Client, n: number) => client.send('insert into kept values ($1)', [n])
  for (let n = 0; n < 12; n++) await insert(connection, n)
  await connection.send('deallocate all')
  let failure: unknown
  const work = connection.transaction('begin', async (client, begun) => {
    await begun
    insert(client, 100).catch((error) => {
      failure = error
    })
    throw new Error('taken back')
  })
  await expect(work).rejects.toThrow('taken back')
  expect(failure).toMatchObject({ code: '26000' })
  expect(await connection.send('select n from kept where n = 100')).toEqual([])
  await connection.end()
})

test('the JSON of a statement that is kept prepared is stored as it was given', async () => {
  const connection = new Connection(url)
  const ask = () => connection.send<{ j: unknown }>('select $1::jsonb as j', ['{"a": 1}'])
  for (let n = 0; n < 12; n++) expect((await ask())[0]?.j).toEqual({ a: 1 })
  await connection.end()
})

import { spawn } from 'node:child_process'
import { readFileSync, renameSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { open } from '../../db/database.ts'
import { UnavailableError } from '../../db/errors.ts'
import { isNetworkFileSystem, refuseOldLibrary } from '../../db/sqlite-file.ts'
import { addRoom, addSchools, roomCount } from './sample-schools.ts'

const db = await open()
beforeAll(() => addSchools(db, [1]))
afterAll(() => db.close())

const hold = `
  const client = require('better-sqlite3')(process.argv[1])
  client.exec('begin immediate')
  console.log('held')
  setTimeout(() => { client.exec('rollback'); client.close() }, Number(process.argv[2]))`

/** Another process that holds the file's write lock for `ms`. Resolves as soon as it does. */
async function heldElsewhere(ms: number): Promise<{ ended: Promise<void>; end(): Promise<void> }> {
  const file = (process.env.DATABASE_URL ?? '').replace(/^file:/, '')
  const child = spawn(process.execPath, ['-e', hold, file, String(ms)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  const end = () => {
    child.kill('SIGKILL')
    return ended
  }
  return { ended, end }
}

/**
 * How long the event loop is held up, in ms, while `work` goes on: the longest stop of every quarter of a second, and of
 * these the lower quartile. A machine busy with other things spoils many of them; waiting inside SQLite would spoil all.
 */
async function usualBlock(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const longest: number[] = []
  delay.enable()
  const timer = setInterval(() => {
    longest.push(delay.max / 1e6 - 5)
    delay.reset()
  }, 250)
  await work()
  clearInterval(timer)
  delay.disable()
  return longest.toSorted((a, b) => a - b)[Math.floor(longest.length / 4)] ?? 0
}

const write = () => db.transaction(1, (tx) => addRoom(tx, 1))
const waitOf = async (work: () => Promise<unknown>) => {
  const started = performance.now()
  const outcome = await work().then(
    () => 'saved',
    (error) => (error instanceof UnavailableError ? 'unavailable' : String(error)),
  )
  return { outcome, waited: performance.now() - started }
}

test('another program that writes for 3 seconds only delays our writes; reading goes on', async () => {
  const control = await usualBlock(() => new Promise((resolve) => setTimeout(resolve, 1_500)))
  const other = await heldElsewhere(3_000)
  const readAt = performance.now()
  expect(await roomCount(db, 1)).toBe(0)
  expect(performance.now() - readAt).toBeLessThan(500)
  const results: Awaited<ReturnType<typeof waitOf>>[] = []
  const blocked = await usualBlock(async () => {
    results.push(...(await Promise.all(Array.from({ length: 5 }, () => waitOf(write)))))
  })
  expect(results.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'saved'))
  expect(Math.min(...results.map(({ waited }) => waited))).toBeGreaterThan(2_000)
  expect(Math.max(...results.map(({ waited }) => waited))).toBeLessThan(4_500)
  expect(blocked).toBeLessThan(Math.max(20, 2 * control))
  await other.ended
})

test('another program that writes for 10 seconds makes every waiting write unavailable after 5, and none is saved later', async () => {
  const before = await roomCount(db, 1)
  const other = await heldElsewhere(10_000)
  const results = await Promise.all(Array.from({ length: 5 }, () => waitOf(write)))
  expect(results.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'unavailable'))
  expect(Math.min(...results.map(({ waited }) => waited))).toBeGreaterThan(4_500)
  expect(Math.max(...results.map(({ waited }) => waited))).toBeLessThan(6_000)
  await other.end()
  expect(await roomCount(db, 1)).toBe(before)
  await write()
  expect(await roomCount(db, 1)).toBe(before + 1)
})

test('the database opens while another program writes', async () => {
  const other = await heldElsewhere(1_000)
  const second = await open()
  expect(await roomCount(second, 1)).toBeGreaterThan(0)
  await second.close()
  await other.ended
})

test('a file that can no longer be opened is called unavailable, and works again once it is back', async () => {
  const file = (process.env.DATABASE_URL ?? '').replace(/^file:/, '')
  const second = await open()
  renameSync(file, `${file}-away`)
  await expect(second.snapshot((tx) => roomCount(tx, 1))).rejects.toBeInstanceOf(UnavailableError)
  renameSync(`${file}-away`, file)
  expect(await second.snapshot((tx) => roomCount(tx, 1))).toBeGreaterThan(0)
  await second.close()
})

test('a SQLite library that can corrupt its file is refused, a later one is not', () => {
  expect(() => refuseOldLibrary('3.51.2')).toThrow('install a better-sqlite3 with SQLite 3.51.3 or later')
  expect(() => refuseOldLibrary('3.9.0')).toThrow('SQLite 3.9.0')
  for (const version of ['3.51.3', '3.52.0', '4.0.0']) refuseOldLibrary(version)
})

test('file systems that several machines share are known by their types', () => {
  const nfs = 0x6969
  const cifs = 0xff534d42
  expect([nfs, cifs, cifs | 0].map(isNetworkFileSystem)).toEqual([true, true, true])
  const ext4 = 0xef53
  const tmpfs = 0x01021994
  expect([ext4, tmpfs].map(isNetworkFileSystem)).toEqual([false, false])
})

test('there is one copy of better-sqlite3: two would not see the locks of each other', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: object }
  const copies = Object.keys(packages).filter((path) => /(^|\/)node_modules\/better-sqlite3$/.test(path))
  expect(copies).toEqual(['node_modules/better-sqlite3'])
})

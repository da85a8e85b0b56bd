import { spawn } from 'node:child_process'
import { renameSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UnavailableError } from '../../../db/errors.ts'
import { open } from '../../../db/open.ts'
import { driver } from '../../../db/sqlite-driver-name.ts'
import { refuseOldLibrary } from '../../../db/sqlite-file.ts'
import { endWithUs } from '../../setup/end-with-us.ts'
import { addRoom, addSchools, roomCount } from '../sample-schools.ts'

const db = await open()
beforeAll(() => addSchools(db, [1]))
afterAll(() => db.close())

const hold = `
  const client = require('${driver}')(process.argv[1])
  client.exec('begin immediate')
  console.log('held')
  process.stdin.once('end', () => { client.exec('rollback'); client.close() }).resume()`

/** Another process that holds the file's write lock until it is released. Resolves as soon as it does. */
async function heldElsewhere(): Promise<() => Promise<void>> {
  const file = (process.env.DATABASE_URL ?? '').replace(/^file:/, '')
  const held = spawn(process.execPath, ['-e', hold, file], { stdio: ['pipe', 'pipe', 'inherit'], detached: true })
  const child = endWithUs(held)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  return () => {
    child.stdin.end()
    return ended
  }
}

const write = () => db.transaction(1, (tx) => addRoom(tx, 1))
/** Five at once, and the one of them that was over first. */
function five() {
  const results = Array.from({ length: 5 }, () =>
    write().then(
      () => 'saved',
      (error) => (error instanceof UnavailableError ? 'unavailable' : String(error)),
    ),
  )
  return { all: Promise.all(results), first: Promise.race(results) }
}

test('another program that writes for 3 seconds only delays our writes; reading goes on', async () => {
  const release = await heldElsewhere()
  expect(await roomCount(db, 1)).toBe(0)
  const before = performance.eventLoopUtilization()
  const { all, first } = five()
  expect(await Promise.race([first, sleep(3_000, 'waiting')])).toBe('waiting')
  // Waiting inside SQLite would leave the event loop no time at all.
  expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.9)
  await release()
  expect(await all).toEqual(Array.from({ length: 5 }, () => 'saved'))
})

test('another program that writes for 10 seconds makes every waiting write unavailable after 5, and none is saved later', async () => {
  const before = await roomCount(db, 1)
  const release = await heldElsewhere()
  const { all, first } = five()
  expect(await Promise.race([first, sleep(4_500, 'waiting')])).toBe('waiting')
  // A loop that is late runs what was due first.
  expect(await Promise.race([all, sleep(1_500, 'waiting')])).toEqual(Array.from({ length: 5 }, () => 'unavailable'))
  await release()
  expect(await roomCount(db, 1)).toBe(before)
  await write()
  expect(await roomCount(db, 1)).toBe(before + 1)
})

test('the database opens while another program writes', async () => {
  const release = await heldElsewhere()
  const second = await open()
  expect(await roomCount(second, 1)).toBeGreaterThan(0)
  await second.close()
  await release()
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

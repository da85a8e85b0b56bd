import { chownSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { refuseFull } from '../../../db/backups/on-disk.ts'
import { failureOf } from '../../../server/backups/failure.ts'
import { findBackup, makeBackup } from '../../../server/backups/folder.ts'
import { writeManifest } from '../../../server/backups/manifest.ts'
import { pruneBackups } from '../../../server/backups/prune.ts'
import { temporaryFolder } from '../../setup/server.ts'

const own = temporaryFolder()
afterAll(() => own.done())
let folder: string
let count = 0
beforeEach(() => {
  folder = join(own.path, String(++count))
})

const now = new Date('2026-11-30T12:00:00.000Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString()

/** A backup without its copy: what it is chosen and removed by stands in its manifest. */
async function made(createdAt: string, installation: string | null = 'one'): Promise<string> {
  const name = createdAt.replace(/[-:.]/g, '')
  mkdirSync(join(folder, name), { recursive: true })
  const file = { name: 'homeroom.db', bytes: 1, sha256: '0'.repeat(64) }
  const census = { engine: '', steps: [], tables: {} }
  const about = { homeroom: 'test', database: 'sqlite' as const, encryption: null, problem: null, heads: [] }
  const manifest = { format: 1 as const, installation, createdAt, verifiedAt: createdAt, census, file, ...about }
  await writeManifest(join(folder, name), { ...manifest, took: { copy: 1, verify: 1 } }, undefined)
  return name
}
const find = (name?: string) => findBackup(folder, name, undefined, { now }).name

test('of registers that share a folder nobody guesses which is meant, and each keeps its own days', async () => {
  const first = await made(hoursAgo(3), 'one')
  const second = await made(hoursAgo(2), 'two')
  expect(() => find()).toThrow(/backups of 2 registers .*say the name/)
  expect(find(first)).toBe(first)
  expect(pruneBackups(folder, undefined, true, now)).toEqual({ removed: [], kept: 2, stuck: [] })
  expect(readdirSync(folder).sort()).toEqual([first, second])
})

test('a backup of a register that had no name yet is one of the same register', async () => {
  await made(hoursAgo(3), null)
  const newest = await made(hoursAgo(2))
  expect(find()).toBe(newest)
})

test('a backup of a day that has not come is taken by its name alone, and pushes out no other', async () => {
  const past = await made(hoursAgo(2))
  const ahead = await made(hoursAgo(-50))
  expect(() => find()).toThrow(/is of a day that has not come.*say the name/)
  expect([find(past), find(ahead)]).toEqual([past, ahead])
  expect(pruneBackups(folder, undefined, true, now)).toMatchObject({ removed: [], kept: 2 })
})

test('one that can not be removed is told, and keeps no other from going', async () => {
  const [newest, stays, goes] = [await made(hoursAgo(1)), await made(hoursAgo(2)), await made(hoursAgo(3))]
  const inTheWay = join(folder, `.making-${stays}-removed`)
  mkdirSync(inTheWay)
  writeFileSync(join(inTheWay, 'left'), '')
  const pruned = pruneBackups(folder, undefined, true, now)
  expect(pruned).toEqual({
    removed: [goes],
    kept: 2,
    stuck: [expect.stringContaining(`${stays} could not be removed`)],
  })
  expect(readdirSync(folder)).toEqual([expect.stringContaining('.making'), stays, newest])
})

test('what root makes there belongs to the account that keeps the folder', async () => {
  mkdirSync(folder)
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(folder, 65_534, 65_534)
  const { name } = await makeBackup(folder, now, async (place) => writeFileSync(join(place, 'homeroom.db'), ''))
  const owners = ['', 'homeroom.db'].map((file) => statSync(join(folder, name, file)).uid)
  expect(owners).toEqual(isRoot ? [65_534, 65_534] : [process.getuid?.(), process.getuid?.()])
})

test('what would fill the disk of others is refused before it is begun', () => {
  refuseFull(own.path, 1)
  expect(() => refuseFull(own.path, 1e15)).toThrow(/^The disk of .* are needed: nothing was changed/)
  try {
    refuseFull(own.path, 1e15)
  } catch (error) {
    expect(failureOf(error)).toBe('disk.full')
  }
})

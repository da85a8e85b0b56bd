import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db, makeSchool } from '../../setup/people.ts'
import { homeroom, run, temporaryFolder } from '../../setup/server.ts'

const folder = temporaryFolder()
const backups = join(folder.path, 'backups')
const key = join(folder.path, 'backup.key')
const file = join(folder.path, 'restored.db')

beforeAll(async () => {
  await makeSchool('Northgate')
  await db.close()
})
afterAll(() => folder.done())

/** Types what `from` makes of the key that is shown. */
async function keyTyped(from: (key: string) => string) {
  const { child, untilSaid, ended, output } = run(['backup', 'key', '--key-file', key])
  const [shown = ''] = /homeroom-backup-key-1:\S+/.exec(await untilSaid(/homeroom-backup-key-1:\S+\n/)) ?? []
  child.stdin.end(`${from(shown)}\n`)
  return { code: await ended, shown, output: output() }
}

test('a key is written only once its end was typed, and only for its owner to read', async () => {
  expect(await keyTyped(() => 'guess!')).toMatchObject({
    code: 1,
    output: expect.stringContaining('No key was written'),
  })
  expect(existsSync(key)).toBe(false)
  const { code, shown } = await keyTyped((text) => text.slice(-6))
  expect(code).toBe(0)
  expect(readFileSync(key, 'utf8')).toBe(`${shown}\n`)
  expect(statSync(key).mode & 0o777).toBe(0o600)
  const again = await homeroom(['backup', 'key', '--key-file', key])
  expect(again).toMatchObject({ code: 1, said: '', output: expect.stringContaining('is there already') })
})

test('an encrypted backup is made, listed and restored with its key, and with no other word', async () => {
  const made = await homeroom(['backup', 'create', '--folder', backups, '--key-file', key])
  expect(made).toMatchObject({ code: 0, said: expect.stringMatching(/encrypted with key [0-9a-f]{16}.*\nVerified: /s) })
  const listed = await homeroom(['backup', 'list', '--json'], { env: { BACKUP_FOLDER: backups, BACKUP_KEY_FILE: key } })
  const [{ name }] = JSON.parse(listed.said)
  const env = { DATABASE_URL: `file:${file}` }
  const without = await homeroom(['backup', 'restore', name, '--yes', '--json', '--folder', backups], { env })
  expect(without.code).toBe(1)
  expect(JSON.parse(without.said)).toMatchObject({ error: 'key.needed' })
  expect(existsSync(file)).toBe(false)
  const restored = await homeroom(['backup', 'restore', name, '--yes', '--folder', backups, '--key-file', key], { env })
  expect(restored.output).toContain('the register is as it was then')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const pruned = await homeroom(['backup', 'prune', '--yes', '--json', '--folder', backups])
  expect(JSON.parse(pruned.said)).toEqual({ removed: [], kept: 1, stuck: [], applied: true })
})

test('a wrong use is told, and nothing is made where there is no register', async () => {
  const unkeyed = ['create', '--folder', backups, '--key-file', '']
  for (const args of [[], ['dance'], ['create', 'a-name'], ['create'], ['list'], unkeyed])
    expect(await homeroom(['backup', ...args]), args.join(' ')).toMatchObject({ code: 2 })
  const nowhere = join(folder.path, 'nowhere.db')
  const none = await homeroom(['backup', 'create', '--folder', backups], { env: { DATABASE_URL: `file:${nowhere}` } })
  expect(none).toMatchObject({ code: 1, output: expect.stringContaining('There is no register at') })
  expect(existsSync(nowhere)).toBe(false)
})

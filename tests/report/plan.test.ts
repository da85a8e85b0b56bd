import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planText } from './plan.ts'

const root = join(import.meta.dirname, '../..')
const ofNow = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined)

/** The commit `before` has the steps up to 0038. */
const fileOf = (commit: string, path: string) => {
  const text = ofNow(path)
  if (commit !== 'before' || !text || !path.endsWith('_journal.json')) return text
  const { entries } = JSON.parse(text) as { entries: { tag: string }[] }
  return JSON.stringify({ entries: entries.filter(({ tag }) => tag < '0039') })
}
const upTo39 = (commit: string, path: string) => {
  const text = fileOf(commit, path)
  if (commit === 'before' || !text || !path.endsWith('_journal.json')) return text
  const { entries } = JSON.parse(text) as { entries: { tag: string }[] }
  return JSON.stringify({ entries: entries.filter(({ tag }) => tag < '0040') })
}
const changedFiles = () => []

test('each step that is added is told with its locks, on both databases', async () => {
  const text = await planText('before', 'after', { fileOf: upTo39, changedFiles })
  expect(text.match(/^On \w+:$/gm)).toEqual(['On SQLite:', 'On PostgreSQL:'])
  const step = '- `0039_flag_sides`: in one transaction; the version before may start on it; can be taken back'
  expect(text.split(step)).toHaveLength(3)
  expect(text).toMatch(/ {2}- `CREATE TABLE "flag_sides".+`: nobody waits; no row/)
  expect(text).toMatch(/ {2}- `CREATE TABLE `?.*: writes of the whole register wait; no row/)
})

test('without a step it says so, and a step that was changed stands first', async () => {
  expect(await planText('after', 'after', { fileOf, changedFiles })).toBe('No step is added.')
  const edited = [
    { became: 'M', path: 'drizzle/sqlite/0012_rooms.sql' },
    { became: 'M', path: 'drizzle/sqlite/meta/_journal.json' },
  ]
  expect(await planText('after', 'after', { fileOf, changedFiles: () => edited })).toBe(
    '**A step that may be applied somewhere was changed**: `drizzle/sqlite/0012_rooms.sql`',
  )
})

test('a journal with names of its own is not followed', async () => {
  const strange = () => JSON.stringify({ entries: [{ tag: '../../../etc/passwd', when: 1 }] })
  await expect(planText('before', 'after', { fileOf: strange, changedFiles })).rejects.toThrow()
})

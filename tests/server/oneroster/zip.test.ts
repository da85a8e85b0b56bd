import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf, importAt, schoolOf, smallSchool, zipOf } from './bundle.ts'

const entriesOf = (org: string, folder = '') =>
  Object.entries(smallSchool(org)).map(([name, content]) => [`${folder}${name}`, content] as const)

test('a zip is read like a folder', async () => {
  expect(await importAt(zipOf(entriesOf('zipped')))).toMatchObject({ isApplied: true, totals: { student: { new: 1 } } })
})

test('the files may lie in one folder of the zip, beside what macOS adds', async () => {
  const extra = [
    ['__MACOSX/bundle/._users.csv', 'x'],
    ['bundle/.DS_Store', 'x'],
  ] as const
  expect(await importAt(zipOf([...entriesOf('nested', 'bundle/'), ...extra]))).toMatchObject({ isApplied: true })
  expect(await schoolOf('nested')).toBeDefined()
})

test.each(['../users.csv', '/etc/users.csv', 'a/../../users.csv', 'C:/users.csv'])(
  'a zip with the name %s is refused',
  async (name) => {
    await expect(importAt(zipOf([...entriesOf('outside'), [name, 'sourcedId\n']]))).rejects.toThrow(/was not opened/)
    expect(await schoolOf('outside')).toBeUndefined()
  },
)

test('a file that unpacks to far more than any roster is refused before it is unpacked', async () => {
  const bomb = Buffer.alloc(40_000_000, 'a')
  await expect(importAt(zipOf([...entriesOf('bomb'), ['results.csv', bomb]]))).rejects.toThrow(
    /unpacks to \d+ times its size/,
  )
})

test('too large a file, too large a bundle and too many files are refused at once', async () => {
  const path = zipOf(entriesOf('large'))
  const limits = { file: 1e9, total: 2e9, entries: 100 }
  await expect(importAt(path, { limits: { ...limits, file: 100 } })).rejects.toThrow(
    /more than the 0.0 GB a file may have/,
  )
  await expect(importAt(path, { limits: { ...limits, total: 500 } })).rejects.toThrow(/split it by school/)
  await expect(importAt(path, { limits: { ...limits, entries: 3 } })).rejects.toThrow(/holds 6 files, more than 3/)
})

test('two files of one kind, and what is no zip, get an answer', async () => {
  const twice = [...entriesOf('pair'), ['other/Users.csv', 'sourcedId\n']] as const
  await expect(importAt(zipOf([...twice]))).rejects.toThrow(/holds users.csv and other\/Users.csv: leave one of them/)
  const path = join(folderOf({ 'users.csv': 'sourcedId\n' }), 'users.csv')
  await expect(importAt(path)).rejects.toThrow(/is no zip that can be read/)
})

test('a link that leads out of the folder is refused', async () => {
  const elsewhere = folderOf(smallSchool('linked'))
  const folder = folderOf({ 'orgs.csv': 'sourcedId\n' })
  symlinkSync(join(elsewhere, 'users.csv'), join(folder, 'users.csv'))
  await expect(importAt(folder)).rejects.toThrow(/users.csv is a link to a file outside/)
})

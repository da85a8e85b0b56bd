import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { folderOf, importAt, schoolOf, smallSchool, zipOf } from '../bundle.ts'

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

const anyFile = Buffer.from(smallSchool('damaged')['users.csv'] ?? '')
const intact = deflateRawSync(anyFile)

test.each([
  ['a letter that differs from its checksum', { crc: 1 }, 'its checksum, the CRC-32, differs'],
  ['a stored letter that differs', { method: 0, packed: anyFile, crc: 1 }, 'its checksum, the CRC-32, differs'],
  ['an end that is missing', { packed: intact.subarray(0, intact.length - 20) }, 'unexpected end of file'],
  ['bytes that are not what they were', { packed: Buffer.alloc(intact.length, 0xff) }, 'invalid'],
])('%s is refused by the name of its file, and nothing is changed', async (_, damage, why) => {
  const path = zipOf(entriesOf('damaged'), { 'users.csv': damage })
  await expect(importAt(path)).rejects.toThrow(
    /^users\.csv in \d+\.zip is damaged \(.*\): download or pack the zip again$/,
  )
  await expect(importAt(path)).rejects.toThrow(why)
  expect(await schoolOf('damaged')).toBeUndefined()
})

test.each([
  [12, 'BZip2'],
  [9, 'Deflate64'],
  [14, 'LZMA'],
  [77, 'method 77'],
])('a file packed by method %i is refused, and the message says how to pack it again', async (method, called) => {
  const path = zipOf(entriesOf('packed'), { 'users.csv': { method } })
  await expect(importAt(path)).rejects.toThrow(`users.csv in`)
  await expect(importAt(path)).rejects.toThrow(
    `is packed by ${called}, which is not read: pack the files again as an ordinary zip`,
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

test.each([
  ['leads out of the folder', '../users.csv', 'invalid relative path'],
  ['leads out by backslashes', '..\\users.csv', 'invalid relative path'],
  ['is absolute', '/etc/users.csv', 'absolute path'],
  ['is a drive’s', 'C:\\users.csv', 'absolute path'],
])('a name that %s refuses the zip', async (_, name, why) => {
  await expect(importAt(zipOf([...entriesOf('names'), [name, 'sourcedId\n']]))).rejects.toThrow(why)
  expect(await schoolOf('names')).toBeUndefined()
})

test('a name twice refuses the zip, and one with characters that nobody sees is no name of ours', async () => {
  const twice = [...entriesOf('twice'), ['users.csv', 'sourcedId\n']] as const
  await expect(importAt(zipOf([...twice]))).rejects.toThrow('holds users.csv and users.csv: leave one of them')
  const unseen = ['a\0b/users.csv', 'a\0b/users (1).csv', 'Icon\r', 'x\u001b[2J/orgs.csv'].map(
    (name) => [name, 'x'] as const,
  )
  const { isApplied, notes } = await importAt(zipOf([...entriesOf('unseen'), ...unseen]))
  expect(isApplied).toBe(true)
  expect(notes.join()).not.toMatch(/\p{Cc}|not read/u)
})

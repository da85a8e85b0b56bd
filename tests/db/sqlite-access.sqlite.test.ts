import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sentence } from '../../db/sqlite-access.ts'
import { homeroom, homeroomFile, run, temporaryFolder } from '../setup/server.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  chmodSync(folder.path, 0o777)
  file = join(folder.path, 'homeroom.db')
})
afterEach(() => {
  chmodSync(folder.path, 0o777)
  folder.done()
})

const isRoot = process.getuid?.() === 0
/** root may do all, so it becomes somebody else. */
const asAnother: [string, ...string[]] = isRoot
  ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, ...homeroomFile]
  : [process.execPath, ...homeroomFile]

async function migrateAsAnother(): Promise<{ code: unknown; lines: string[] }> {
  const { ended, output } = run(['migrate'], { DATABASE_URL: `file:${file}`, HOME: folder.path }, asAnother)
  const code = await ended
  return { code, lines: output().trim().split('\n') }
}

const whose = isRoot ? 'belongs to account 0' : 'has the permissions 0\\d+'
const saysAbout = (path: string, verb: string) =>
  new RegExp(
    `^DATABASE_URL names ${file}: ${path} ${whose}, and \\S+ \\(\\d+\\) may not ${verb} it: run this as the account that owns it, or`,
  )

test.each<[string, () => string, string]>([
  [
    'file',
    () => {
      writeFileSync(file, '', { mode: 0o400 })
      return file
    },
    'read and write',
  ],
  [
    'write-ahead log',
    () => {
      writeFileSync(file, '')
      chmodSync(file, 0o666)
      writeFileSync(`${file}-wal`, '', { mode: 0o400 })
      return `${file}-wal`
    },
    'read and write',
  ],
  [
    'folder that takes no files',
    () => {
      chmodSync(folder.path, 0o555)
      return folder.path
    },
    'write in',
  ],
  [
    'folder that nobody else enters',
    () => {
      chmodSync(folder.path, 0o600)
      return folder.path
    },
    'enter',
  ],
  [
    'folder above, in which none can be made',
    () => {
      chmodSync(folder.path, 0o555)
      file = join(folder.path, 'data', 'homeroom.db')
      return folder.path
    },
    'write in',
  ],
])('a %s of another account is said in one line, with the file and the variable', async (_what, prepare, verb) => {
  const path = prepare()
  const { code, lines } = await migrateAsAnother()
  expect(lines).toEqual([expect.stringMatching(saysAbout(path, verb))])
  expect(code).toBe(1)
})

test.each([
  ['EROFS', 'its disk is read-only'],
  ['ENOSPC', 'its disk is full'],
  ['ENOTDIR', 'something on its way is a file and no folder'],
])('what the system calls %s is said in words', (code, says) => {
  expect(sentence(file, folder.path, 'write in', { code }).message).toBe(`DATABASE_URL names ${file}: ${says}`)
})

test('a disk that takes no more is said in one line, with the file and the variable', async () => {
  const limited: [string, ...string[]] = [
    'bash',
    '-c',
    'ulimit -c 0; ulimit -f 64; exec "$@"',
    'bash',
    process.execPath,
  ]
  const { ended, output } = run([...homeroomFile, 'migrate'], { DATABASE_URL: `file:${file}` }, limited)
  expect(await ended).toBe(1)
  expect(output().trim()).toBe(`DATABASE_URL names ${file}: the database's disk is full or takes no more`)
})

test.each<[string, () => void, RegExp]>([
  ['a file on the way to it', () => writeFileSync(join(folder.path, 'data'), ''), /is a file and no folder$/],
  [
    'a link to nothing, as where a disk is not mounted',
    () => {
      mkdirSync(join(folder.path, 'data'))
      symlinkSync('/nowhere/homeroom.db', join(folder.path, 'data', 'homeroom.db'))
    },
    /is a link to a file that is not there\. Is its disk mounted\?$/,
  ],
  [
    'a file of something else',
    () => {
      mkdirSync(join(folder.path, 'data'))
      writeFileSync(join(folder.path, 'data', 'homeroom.db'), 'A letter to all parents. '.repeat(100))
    },
    /SQLite can't use it: file is not a database$/,
  ],
])('%s is said in one line, with the file and the variable', async (_what, prepare, says) => {
  file = join(folder.path, 'data', 'homeroom.db')
  prepare()
  for (const command of ['migrate', 'start']) {
    const { code, output } = await homeroom([command], { env: { DATABASE_URL: `file:${file}`, PORT: '0' } })
    expect(code).toBe(1)
    const lines = output.split('\n').filter((line) => line && !line.startsWith('{'))
    expect(lines).toEqual([expect.stringMatching(says)])
    expect(lines[0]).toContain(`DATABASE_URL names ${file}: `)
  }
})

/** Damaged and hostile files: each is refused by a sentence, and the register stays as it was. */
import '../../setup/as-owner.ts'

import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { schools, users } from '../../../db/schema/index.ts'
import { importSchool } from '../../../server/school-files/import.ts'
import { going, tableOf } from '../../../server/school-files/tables.ts'
import { changeAccount } from '../../setup/accounts.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { exported, forged, imported, newFile, packed, steps, unpacked } from './a-school.ts'

afterAll(() => db.close())
const north = await makeSchool('Northgate')
const owner = await makePerson(await makeSchool('Elsewhere'), 'administrator')
let whole = ''
beforeAll(async () => {
  await changeAccount(owner.userId, { isOwner: true })
  await as(await makePerson(north, 'registrar')).rooms.create({ name: 'Gym' })
  await makeRecords(north, 'North')
  whole = await exported(north.slug)
})

const counts = async () =>
  Promise.all(
    [schools, users, ...going.map((key) => tableOf(key) as unknown as typeof users)].map((table) => db.$count(table)),
  )

type Spoil = (path: string) => Promise<string> | string
const bytes =
  (spoil: (path: string) => void): Spoil =>
  (path) => {
    const copy = newFile()
    copyFileSync(path, copy)
    spoil(copy)
    return copy
  }
const manifest =
  (change: (told: Record<string, object>) => object): Spoil =>
  async (path) => {
    const files = await unpacked(path)
    const told = JSON.parse(String(files.get('manifest.json')))
    return packed(files.set('manifest.json', Buffer.from(JSON.stringify({ ...told, ...change(told) }))))
  }
const lines =
  (name: string, change: Parameters<typeof forged>[2]): Spoil =>
  (path) =>
    forged(path, `${name}.jsonl`, change)
const first = (change: (row: Record<string, unknown>) => unknown) => (text: string) => {
  const [line = '', ...rest] = text.split('\n')
  return [JSON.stringify(change(JSON.parse(line))), ...rest].join('\n')
}

const spoiled: [what: string, spoil: Spoil, says: RegExp][] = [
  ['is not there', () => newFile(), /is no zip that can be read/],
  ['is no zip', bytes((path) => writeFileSync(path, 'PK and nothing else')), /is no zip that can be read/],
  ['is cut off', bytes((path) => truncateSync(path, 2000)), /is no zip that can be read|was not opened/],
  [
    'has a changed byte',
    bytes((path) => {
      const content = readFileSync(path)
      const at = content.indexOf('students.jsonl') + 60
      content[at] = (content[at] ?? 0) ^ 1
      writeFileSync(path, content)
    }),
    /is damaged|is no JSON|differs/,
  ],
  [
    'has a changed row with its checksum made anew',
    async (path) => {
      const files = await unpacked(path)
      return packed(files.set('rooms.jsonl', Buffer.from(String(files.get('rooms.jsonl')).replace('Gym', 'Pub'))))
    },
    /rooms.jsonl is not what was exported: its hash/,
  ],
  [
    'lacks a file',
    async (path) => packed([...(await unpacked(path))].filter(([name]) => name !== 'rooms.jsonl')),
    /rooms.jsonl is missing/,
  ],
  [
    'has a file of which the manifest does not tell',
    async (path) => packed([...(await unpacked(path)), ['more.jsonl', Buffer.from('')]]),
    /holds more.jsonl, of which its manifest does not tell/,
  ],
  [
    'has a file twice',
    async (path) => packed([...(await unpacked(path)), ['rooms.jsonl', Buffer.from('')]]),
    /holds a file twice/,
  ],
  [
    'has no manifest',
    async (path) => packed([...(await unpacked(path))].filter(([name]) => name !== 'manifest.json')),
    /holds no manifest.json/,
  ],
  ['is of a newer form', manifest(() => ({ format: 2 })), /is of form 2, and this version knows form 1/],
  ['comes from a newer version', manifest(() => ({ step: '9999_later' })), /comes from a newer Homeroom/],
  [
    'has a manifest that can’t be read',
    manifest(() => ({ school: null })),
    /The manifest in .* can't be read \(school\)/,
  ],
  [
    'tells of a file that only a newer version knows',
    manifest(({ files }) => ({
      files: { ...files, 'houses.jsonl': { rows: 0, bytes: 0, sha256: '0'.repeat(64) } },
    })),
    /tells of houses.jsonl, which this version does not know/,
  ],
  [
    'has bytes that are not UTF-8',
    lines('rooms', (text) => Buffer.from(text.replace('Gym', 'G\u00ffm'), 'latin1')),
    /rooms.jsonl holds bytes that are not UTF-8/,
  ],
  [
    'has a column that no table has',
    lines(
      'rooms',
      first((row) => ({ ...row, color: 'red' })),
    ),
    /there is no column "color"/,
  ],
  [
    'names a school in a row',
    lines(
      'rooms',
      first((row) => ({ ...row, schoolId: 1 })),
    ),
    /there is no column "schoolId"/,
  ],
  [
    'has a text for a number',
    lines(
      'rooms',
      first((row) => ({ ...row, seats: '30' })),
    ),
    /seats is not a number/,
  ],
  ['has half a letter', lines('rooms', (text) => text.replace('Gym', '\\ud800')), /name: .* is not storable text/],
  [
    'has a date that is none',
    lines(
      'students',
      first((row) => ({ ...row, birthDate: '2023-02-29' })),
    ),
    /is not a date/,
  ],
  [
    'lacks what a row must have',
    lines(
      'rooms',
      first(({ name: _name, ...row }) => row),
    ),
    /name is missing/,
  ],
  ['has a line that is no JSON', lines('rooms', (text) => text.replace('{', '[')), /rooms.jsonl, line 1, is no JSON/],
  [
    'has nested lists without end',
    lines(
      'rooms',
      first((row) => row) &&
        ((text) => text.replace('"extra":{}', `"extra":${'['.repeat(200_000)}${']'.repeat(200_000)}`)),
    ),
    /rooms.jsonl, line/,
  ],
  [
    'refers to a record that is not in it',
    lines(
      'enrollments',
      first((row) => ({ ...row, studentId: newId() })),
    ),
    /enrollments_student_fk|FOREIGN KEY|do not fit together/,
  ],
  ['has a row twice', lines('rooms', (text) => text + text), /do not fit together/],
  [
    'has what no row may have',
    lines(
      'rooms',
      first((row) => ({ ...row, seats: -1 })),
    ),
    /do not fit together .*rooms_seats_positive/,
  ],
  [
    'has a journal that was written anew',
    lines(
      'journal',
      first((row) => ({ ...row, version: 7 })),
    ),
    /The journal in the file is not what was exported: entry 1/,
  ],
  ['has a journal without its end', lines('journal', (text) => text.split('\n').slice(0, -2).join('\n')), /./],
  [
    'unpacks to a thousand times its size',
    lines('rooms', () => `${JSON.stringify({ name: 'x'.repeat(20_000_000) })}\n`),
    /unpacks to \d+ times its size: no export does/,
  ],
]

test.each(spoiled)('a file that %s is refused, and nothing is changed', async (_what, spoil, says) => {
  const before = await counts()
  const path = await spoil(whole)
  await expect(imported(path, 'spoiled')).rejects.toMatchObject({
    name: 'SchoolFilesError',
    message: expect.stringMatching(says),
  })
  expect(await counts()).toEqual(before)
})

test('a school is refused where its name in the address is taken, can be no name, or nobody owns the register', async () => {
  const before = await counts()
  await expect(imported(whole)).rejects.toThrow('There is a school northgate already')
  await expect(imported(whole, 'api')).rejects.toThrow('address can begin with "api"')
  await expect(imported(whole, 'North Gate')).rejects.toThrow('address can begin with "North Gate"')
  await changeAccount(owner.userId, { isOwner: false })
  await expect(imported(whole, 'free')).rejects.toThrow('Nobody owns this register yet')
  await changeAccount(owner.userId, { isOwner: true })
  expect(await counts()).toEqual(before)
})

test('a school that comes from the same source under the same id is refused, also under another name', async () => {
  const known = { source: 'SIS', sourcedId: 's1' }
  const told = await manifest(({ school }) => ({ school: { ...school, ...known } }))(whole)
  await imported(told, 'first')
  await expect(imported(told, 'second')).rejects.toThrow('the same source under the same id')
})

test('a file of an older version, whose rows lack a column, gets its default', async () => {
  const older = await forged(
    whole,
    'rooms.jsonl',
    first(({ extra: _extra, ...row }) => row),
  )
  const { school } = await importSchool(db, older, { slug: 'older', steps, now })
  const text = String((await unpacked(await exported(school.slug))).get('rooms.jsonl'))
  expect(text).toBe(String((await unpacked(whole)).get('rooms.jsonl')))
})

import '../../setup/as-owner.ts'
import { appendFileSync, copyFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { censusOf } from '../../../db/backups/sqlite.ts'
import { journal } from '../../../db/schema/index.ts'
import { Sqlite } from '../../../db/sqlite-driver.ts'
import type { Damage } from '../../../server/backups/backup-error.ts'
import type { BackupOptions, Created } from '../../../server/backups/create.ts'
import { createBackup } from '../../../server/backups/create.ts'
import { listBackups } from '../../../server/backups/folder.ts'
import { newKeyText, readKey, writeKey } from '../../../server/backups/key.ts'
import { restoreBackup } from '../../../server/backups/restore.ts'
import { verifyBackup } from '../../../server/backups/verify.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { temporaryFolder } from '../../setup/server.ts'
import { copyOf, optionsFor, rawManifest, resealed, rewritten, writeRaw } from './a-backup.ts'

const folder = temporaryFolder()
let plain: Created
let sealed: Created
let key: BackupOptions['key']
let otherKey: BackupOptions['key']

async function makeKey(name: string) {
  await writeKey(join(folder.path, name), newKeyText())
  return readKey(join(folder.path, name))
}

beforeAll(async () => {
  const registrar = await makePerson(await makeSchool('Northgate'), 'registrar')
  for (const givenName of ['Ada', 'Ben', 'Cleo'])
    await as(registrar).students.create({ givenName, familyName: 'Abara' })
  key = await makeKey('key')
  otherKey = await makeKey('other-key')
  plain = await createBackup(optionsFor(join(folder.path, 'plain')))
  sealed = await createBackup(optionsFor(join(folder.path, 'sealed'), { key }))
})
afterAll(async () => {
  await db.close()
  folder.done()
})

test('a backup is verified after it was opened again, encrypted or not, and says where each journal ends', async () => {
  for (const { place, manifest } of [plain, sealed])
    expect(rawManifest(place)).toMatchObject({
      verifiedAt: manifest.verifiedAt,
      problem: null,
      heads: [{ school: 'northgate', head: expect.stringMatching(/^\d+:[0-9a-f]{64}$/) }],
      census: { tables: { students: { rows: 3 } } },
    })
  expect(plain.manifest.verifiedAt).not.toBeNull()
  expect(readFileSync(join(plain.place, 'homeroom.db')).includes('Abara')).toBe(true)
  expect(readFileSync(join(sealed.place, 'homeroom.db.encrypted')).includes('Abara')).toBe(false)
  await expect(verifyBackup(optionsFor(join(folder.path, 'plain')))).resolves.toMatchObject({ name: plain.name })
  await expect(verifyBackup(optionsFor(join(folder.path, 'sealed'), { key }))).resolves.toMatchObject({
    name: sealed.name,
  })
})

const flip = (file: string, at: number) => {
  const bytes = readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
}
const sql = (text: string) => (file: string) => {
  const client = new Sqlite(file)
  client.exec(text)
  client.close()
}
const stored = (place: string) => join(place, 'homeroom.db')
const secret = (place: string) => join(place, 'homeroom.db.encrypted')

type Harm = (place: string) => unknown
const onPlain: [string, Damage, Harm][] = [
  ['its file is gone', 'file.missing', (place) => rmSync(stored(place))],
  ['its end was cut off', 'file.cut', (place) => truncateSync(stored(place), 40_000)],
  ['something was added', 'file.longer', (place) => appendFileSync(stored(place), 'x')],
  ['a bit was flipped', 'file.changed', (place) => flip(stored(place), 20_000)],
  ['its manifest is gone', 'manifest.missing', (place) => rmSync(join(place, 'manifest.json'))],
  ['its manifest was cut', 'manifest.unreadable', (place) => truncateSync(join(place, 'manifest.json'), 300)],
  [
    'its manifest was edited',
    'manifest.changed',
    (place) => writeRaw(place, { ...rawManifest(place), homeroom: '9.9.9' }),
  ],
  [
    'its manifest is of a later form',
    'manifest.unknown',
    (place) => writeRaw(place, { ...rawManifest(place), format: 2 }),
  ],
  [
    'a table lost its rows, and the manifest tells of the changed file',
    'contents.differ',
    (place) => rewritten(place, sql('delete from presences; delete from memberships')),
  ],
  ['a table is missing', 'contents.differ', (place) => rewritten(place, sql('drop table presences'))],
  [
    'a page is not what SQLite wrote, and the manifest tells of the changed file',
    'database.broken',
    (place) => rewritten(place, (file) => writeFileSync(file, readFileSync(file).fill(0xff, 8192, 12_288))),
  ],
  [
    'rows refer to none, and the manifest tells of them',
    'database.broken',
    (place) => withCensus(place, 'pragma foreign_keys = off; delete from users'),
  ],
  [
    'an entry of the journal was changed, and the manifest tells of it',
    'journal.broken',
    (place) => withCensus(place, 'update journal set version = version + 1 where number = 3'),
  ],
  [
    'the journal lost its end, and the manifest tells of the shorter one',
    'journal.broken',
    (place) =>
      withCensus(
        place,
        'delete from journal_values where number = 4; delete from journal_owners where number = 4; delete from journal where number = 4',
      ),
  ],
  [
    'a newer version made it',
    'schema.newer',
    (place) => resealed(place, ({ census }) => void census.steps.push('9999_later')),
  ],
  [
    'it is of the other database',
    'database.other',
    (place) => resealed(place, (manifest) => void Object.assign(manifest, { database: 'postgresql' })),
  ],
]

async function withCensus(place: string, text: string) {
  await rewritten(place, sql(text), (manifest) => {
    const client = new Sqlite(stored(place), { readonly: true })
    manifest.census = censusOf(client)
    client.close()
  })
}

test.each(onPlain)('a backup is refused by name when %s: %s', async (_what, damage, harm) => {
  const own = temporaryFolder()
  await harm(copyOf(plain.place, own.path))
  await expect(verifyBackup(optionsFor(own.path), { name: plain.name })).rejects.toMatchObject({ damage })
  own.done()
})

const onSealed: [string, Damage, Harm, () => BackupOptions['key']][] = [
  ['nobody names its key', 'key.needed', () => {}, () => undefined],
  ['it is another key', 'key.other', () => {}, () => otherKey],
  ['a bit was flipped', 'file.changed', (place) => flip(secret(place), 70_000), () => key],
  ['two of its parts changed places', 'file.changed', (place) => swapFrames(secret(place)), () => key],
  ['it was cut between two parts', 'file.changed', (place) => cutFrames(place), () => key],
  [
    'its manifest was edited and sealed without the key',
    'manifest.changed',
    (place) => resealWithout(place),
    () => key,
  ],
]

const frame = 65_536 + 16
const head = 23 + 16
function swapFrames(file: string) {
  const bytes = readFileSync(file)
  const [one, two] = [bytes.subarray(head, head + frame), bytes.subarray(head + frame, head + 2 * frame)]
  writeFileSync(file, Buffer.concat([bytes.subarray(0, head), two, one, bytes.subarray(head + 2 * frame)]))
}
/** With a manifest that fits, as somebody who has the key could write one: the frames themselves must tell. */
async function cutFrames(place: string) {
  truncateSync(secret(place), head + 2 * frame)
  await resealed(place, ({ file }) => void Object.assign(file, { bytes: head + 2 * frame }), key)
}
async function resealWithout(place: string) {
  const { seal: _, ...rest } = rawManifest(place)
  writeRaw(place, { ...rest, heads: [], seal: '0'.repeat(64) })
}

test.each(onSealed)('an encrypted backup is refused by name when %s: %s', async (_what, damage, harm, given) => {
  const own = temporaryFolder()
  await harm(copyOf(sealed.place, own.path))
  await expect(verifyBackup(optionsFor(own.path, { key: given() }), { name: sealed.name })).rejects.toMatchObject({
    damage,
  })
  own.done()
})

test('with a key no backup is taken that anybody could have made without it', async () => {
  const options = optionsFor(join(folder.path, 'plain'), { key })
  await expect(verifyBackup(options)).rejects.toMatchObject({ damage: 'key.unused' })
  await expect(restoreBackup({ ...options, unverified: true }, { name: plain.name })).rejects.toMatchObject({
    damage: 'key.unused',
  })
})

test('what was broken off is no backup, and a damaged one is told in the list', async () => {
  const own = temporaryFolder()
  const place = copyOf(plain.place, own.path)
  copyFileSync(stored(place), join(own.path, 'stray.db'))
  rmSync(join(place, 'manifest.json'))
  expect(listBackups(own.path)).toMatchObject([{ name: plain.name, damage: { damage: 'manifest.missing' } }])
  renameSync(place, join(own.path, '.making-20261130T000000000Z'))
  expect(listBackups(own.path)).toEqual([])
  await expect(verifyBackup(optionsFor(own.path))).rejects.toMatchObject({ damage: 'backup.missing' })
  own.done()
})

test('a backup of a register whose journal is broken is kept, and is never called verified', async () => {
  await db.transaction(
    1,
    async (tx) => void (await tx.update(journal).set({ version: 7 }).where(eq(journal.number, 3))),
  )
  const own = temporaryFolder()
  const made = await createBackup(optionsFor(own.path))
  expect(made.manifest).toMatchObject({ verifiedAt: null, problem: expect.stringMatching(/^northgate, entry 3: /) })
  await expect(verifyBackup(optionsFor(own.path), { name: made.name })).rejects.toMatchObject({
    damage: 'backup.unverified',
  })
  await expect(verifyBackup(optionsFor(own.path))).rejects.toMatchObject({ damage: 'backup.missing' })
  const restored = { ...optionsFor(own.path), unverified: false }
  await expect(restoreBackup(restored, { name: made.name })).rejects.toMatchObject({ damage: 'backup.unverified' })
  own.done()
})

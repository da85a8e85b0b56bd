import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openKeeper, openTail } from '../../../../db/backups/open.ts'
import { noSchool } from '../../../../db/database.ts'
import { sqliteFile } from '../../../../db/dialect.ts'
import { backups, journal } from '../../../../db/schema/index.ts'
import { Sqlite } from '../../../../db/sqlite-driver.ts'
import type { Created } from '../../../../server/backups/create.ts'
import { find } from '../../../../server/backups/found.ts'
import { newKeyText, readKey } from '../../../../server/backups/key.ts'
import { pruneBackups } from '../../../../server/backups/prune.ts'
import { tellBackup } from '../../../../server/backups/runs.ts'
import { listChains } from '../../../../server/backups/stream/chain.ts'
import { Looks } from '../../../../server/backups/stream/looks.ts'
import type { Moment } from '../../../../server/backups/stream/moment.ts'
import { findMoment, proveMoment, takeMoment } from '../../../../server/backups/stream/moment.ts'
import { Stream } from '../../../../server/backups/stream/stream.ts'
import { steps } from '../../../../server/cli/backup-steps.ts'
import type { Person } from '../../../../server/trpc.ts'
import { as, db, makePerson, makeSchool } from '../../../setup/people.ts'
import { temporaryFolder } from '../../../setup/server.ts'
import { optionsFor } from '../a-backup.ts'

const folder = temporaryFolder()
const keyFile = join(folder.path, 'key')
writeFileSync(keyFile, newKeyText())
const key = readKey(keyFile)
const installation = '0123456789ab'
let registrar: Person
let count = 0

beforeAll(async () => {
  registrar = await makePerson(await makeSchool('Streamed'), 'registrar')
})
afterAll(async () => {
  await db.close()
  folder.done()
})

async function save(): Promise<string> {
  const familyName = `Student ${++count}`
  await as(registrar).students.create({ givenName: 'Ada', familyName })
  return familyName
}

const own = (name: string) => join(folder.path, name)
const optionsOf = (name: string) => ({ db, folder: own(name), key, version: 'test', installation })
const streamTo = async (name: string) => new Stream(await openTail(), optionsOf(name))

async function lastMoment(name: string, until = new Date(8e15)): Promise<Moment> {
  const moment = await findMoment(own(name), until, key)
  if (!moment) throw new Error('there is no moment')
  return moment
}

/** The names in the database of a moment, which is looked through as a restore does. */
async function namesAt(moment: Moment, unverified = false): Promise<string[]> {
  const keeper = await openKeeper()
  const work = keeper.workFolder()
  try {
    const file = join(work, keeper.fileName)
    await takeMoment(moment, key, file)
    const client = new Sqlite(file, { readonly: true })
    const names = client.prepare('select family_name from students').pluck().all() as string[]
    client.close()
    await proveMoment(await keeper.sideOf(file), moment, steps(), unverified)
    return names
  } finally {
    rmSync(work, { recursive: true })
  }
}

/** A chain is made beside the old one, which grows on until a look finds the new one whole: its name is there before. */
const followed = (stream: Stream, name: string, at: Date) =>
  expect
    .poll(async () => {
      await stream.look()
      return [stream.begunAt, listChains(own(name))[0]?.begunAt]
    })
    .toEqual([at, at])

/** As the sqlite3 program would, in a process that knows nothing of the stream. */
function checkpoint(): void {
  const client = new Sqlite(sqliteFile, { timeout: 0 })
  client.pragma('wal_checkpoint(truncate)')
  client.close()
}

/** So many pages that the log is to begin anew. */
function fillLog(): void {
  const client = new Sqlite(sqliteFile)
  client.exec('create table ballast (content); insert into ballast values (zeroblob(5000000)); drop table ballast')
  client.close()
}

/** Whether somebody's reader keeps the log from beginning anew. */
function isHeld(): boolean {
  const client = new Sqlite(sqliteFile, { timeout: 0 })
  try {
    const [found] = client.pragma('wal_checkpoint(truncate)') as { busy: number }[]
    return found?.busy === 1
  } finally {
    client.close()
  }
}

const later = (hours: number) => new Date(Date.now() + hours * 3_600_000)

test('whatever was saved before a look is in its moment, though others empty the log and it begins anew', async () => {
  const stream = await streamTo('saved')
  const looks: { at: Date; had: string[] }[] = []
  const saved: string[] = []
  for (let n = 0; n < 6; n++) {
    saved.push(await save())
    if (n % 2) checkpoint()
    if (n > 2) fillLog()
    looks.push({ at: await stream.look(), had: [...saved] })
  }
  await stream.close()
  expect(listChains(own('saved'))).toHaveLength(1)
  const logs = new Set<string>()
  for (const { at, had } of looks) {
    const moment = await lastMoment('saved', at)
    expect(moment.at).toEqual(at)
    logs.add(moment.piece.place.salt)
    const names = await namesAt(moment)
    expect(had.filter((name) => !names.includes(name))).toEqual([])
  }
  expect(logs.size).toBeGreaterThan(1)
})

test('another process goes on with the chain where the log still holds what came since, and begins one otherwise', async () => {
  await save()
  const first = await streamTo('handed')
  await first.look()
  await first.close()
  const between = await save()
  const second = await streamTo('handed')
  await second.look()
  await second.close()
  expect(listChains(own('handed'))).toHaveLength(1)
  expect(await namesAt(await lastMoment('handed'))).toContain(between)
  checkpoint()
  const unseen = await save()
  const third = await streamTo('handed')
  await third.look()
  await third.close()
  expect(listChains(own('handed'))).toHaveLength(2)
  expect(await namesAt(await lastMoment('handed'))).toContain(unseen)
  const [, earlier] = listChains(own('handed'))
  const found = await find({ ...optionsFor(own('handed')), key }, { name: `stream/${earlier?.name}` })
  expect(found.name).toBe(`stream/${earlier?.name}`)
  await expect(find({ ...optionsFor(own('handed')), key }, { name: 'stream/none' })).rejects.toMatchObject({
    damage: 'backup.missing',
  })
})

test('what can not be stored is stored later, in its order, and the log begins anew all the same', async () => {
  const stream = await streamTo('away')
  await stream.look()
  const chain = listChains(own('away'))[0]?.place ?? ''
  fillLog()
  renameSync(chain, `${chain}.away`)
  await expect(stream.look()).rejects.toMatchObject({ code: 'ENOENT' })
  const meanwhile = await save()
  renameSync(`${chain}.away`, chain)
  await stream.look()
  await save()
  await stream.look()
  await stream.close()
  expect(listChains(own('away'))).toHaveLength(1)
  expect(await namesAt(await lastMoment('away'))).toContain(meanwhile)
})

test('where another server has written into a chain, what is saved goes into a new one', async () => {
  const stream = await streamTo('two')
  await stream.look()
  const [chain] = listChains(own('two'))
  writeFileSync(join(chain?.place ?? '', '000002-20200101T000000000Z'), 'of another server')
  const saved = await save()
  await stream.look()
  expect(listChains(own('two'))).toHaveLength(2)
  await stream.close()
  expect(await namesAt(await lastMoment('two'))).toContain(saved)
  writeFileSync(join(listChains(own('two'))[0]?.place ?? '', '000003'), 'of another server')
  const next = await streamTo('two')
  await next.look()
  await next.close()
  expect(listChains(own('two'))).toHaveLength(3)
})

test('a base that is made anew over and over comes at growing distances', async () => {
  let clock = later(0)
  const begun = async () => {
    checkpoint()
    await save()
    const stream = new Stream(await openTail(), { ...optionsOf('restless'), now: () => clock })
    return stream
      .look()
      .then(
        () => 'begun',
        (error) => error.damage,
      )
      .finally(() => stream.close())
  }
  for (let n = 0; n < 6; n++) {
    expect(await begun()).toBe('begun')
    clock = new Date(clock.getTime() + 1000)
  }
  expect(await begun()).toBe('stream.paused')
  clock = new Date(clock.getTime() + 60_000)
  expect(await begun()).toBe('begun')
  clock = new Date(clock.getTime() + 61_000)
  expect(await begun()).toBe('stream.paused')
})

// What was left long ago is swept away, and files keep the machine's own clock where that of the tests is another.
test.skipIf(process.env.FAKETIME)(
  'an old chain that can not be removed is told, and costs no further copy',
  async () => {
    let clock = later(0)
    const stuck: string[] = []
    const options = { ...optionsOf('stuck'), now: () => clock, tellStuck: (why: string) => void stuck.push(why) }
    const stream = new Stream(await openTail(), options)
    await stream.look()
    const [oldest] = listChains(own('stuck'))
    // A folder that is not empty can not be replaced.
    mkdirSync(join(own('stuck'), 'stream', `.making-${oldest?.name}-removed`, 'in the way'), { recursive: true })
    for (const days of [2, 5]) {
      clock = later(24 * days)
      await save()
      await stream.look()
      await followed(stream, 'stuck', clock)
    }
    // A new chain has its name before the old ones are looked at.
    await expect.poll(() => stuck).toEqual([expect.stringContaining(oldest?.name ?? '')])
    await stream.look()
    expect(listChains(own('stuck'))).toHaveLength(3)
    await stream.close()
  },
)

test('where the disk of the backups is away, the log is let go once it is long, and stored whole when it is back', async () => {
  checkpoint()
  const told: object[] = []
  const tell = (one: object) => void told.push(one)
  const stream = new Stream(await openTail(), {
    ...optionsOf('unmounted'),
    heldAtMost: 2_000_000,
    tellAtWork: () => tell({ isAtWork: true }),
  })
  const looks = new Looks(stream, { db, folder: own('unmounted'), tell })
  await looks.look()
  expect(told.at(-1)).toEqual({})
  expect(told).toContainEqual({ isAtWork: true })
  const at = new Date()
  const place = join(own('unmounted'), '20261130T020000000Z')
  const manifest = { verifiedAt: at.toISOString(), file: { bytes: 1 }, took: { copy: 1, verify: 1 } }
  await tellBackup(db, { name: '20261130T020000000Z', place, manifest } as Created, at, at)
  await looks.look()
  expect(told.at(-1)).toEqual({ failure: 'folder.empty' })
  expect(isHeld()).toBe(true)
  fillLog()
  await looks.look()
  expect(told.at(-1)).toEqual({ failure: 'folder.empty' })
  expect(isHeld()).toBe(false)
  const saved = await save()
  await db.transaction(noSchool, async (tx) => void (await tx.delete(backups)))
  await looks.look()
  expect(told.at(-1)).toEqual({})
  await stream.close()
  expect(await namesAt(await lastMoment('unmounted'))).toContain(saved)
})

test('where a log can not be made to begin anew, nobody holds it for ever', async () => {
  const tail = await openTail()
  const stream = new Stream(tail, optionsOf('unturned'))
  await stream.look()
  fillLog()
  expect(isHeld()).toBe(true)
  const [turn, hold] = [tail.turn.bind(tail), tail.hold.bind(tail)]
  let holds = 0
  tail.hold = () => {
    if (++holds > 1) throw new Error('no file is left')
    return hold()
  }
  tail.turn = (...given) => {
    holds = 0
    return turn(...given)
  }
  await expect(stream.look()).rejects.toThrow('no file is left')
  // A reader of the file alone lets one log go, and keeps the next out of the file.
  checkpoint()
  await save()
  expect(isHeld()).toBe(false)
  Object.assign(tail, { turn, hold })
  await stream.look()
  await stream.close()
})

test('an error of the database while the log is written into it keeps the chain', async () => {
  const tail = await openTail()
  const stream = new Stream(tail, optionsOf('unwritten'))
  await stream.look()
  fillLog()
  const checkpoint = tail.checkpoint.bind(tail)
  tail.checkpoint = () => {
    throw new Error('the disk is full')
  }
  await expect(stream.look()).rejects.toThrow('the disk is full')
  tail.checkpoint = checkpoint
  const saved = await save()
  await stream.look()
  await stream.close()
  expect(listChains(own('unwritten'))).toHaveLength(1)
  expect(await namesAt(await lastMoment('unwritten'))).toContain(saved)
})

test('a chain that has outgrown its base or is a day old is followed by another, and goes after two days more', async () => {
  let clock = new Date()
  const stream = new Stream(await openTail(), { ...optionsOf('days'), now: () => clock })
  await stream.look()
  const days = async (count: number) => {
    clock = later(24 * count)
    await save()
    await stream.look()
    await followed(stream, 'days', clock)
  }
  await days(1.1)
  await days(2.2)
  expect(listChains(own('days'))).toHaveLength(3)
  const [, , oldest] = listChains(own('days'))
  await days(3.3)
  await expect.poll(() => listChains(own('days')).map(({ name }) => name)).not.toContain(oldest?.name)
  expect(listChains(own('days'))).toHaveLength(3)
  await stream.close()
  await namesAt(await lastMoment('days'))
  const past = later(24 * 8)
  const names = listChains(own('days')).map(({ name }) => name)
  expect(pruneBackups(own('days'), key, false, past).removed).toEqual(names.slice(1).map((name) => `stream/${name}`))
  expect(listChains(own('days'))).toHaveLength(3)
  expect(pruneBackups(own('days'), key, true, past).removed).toHaveLength(2)
  expect(listChains(own('days')).map(({ name }) => name)).toEqual(names.slice(0, 1))
})

test('a piece that was changed, left out, exchanged or made with another key is refused by name', async () => {
  const stream = await streamTo('damaged')
  for (let n = 0; n < 4; n++) {
    await save()
    await stream.look()
  }
  await stream.close()
  const moment = await lastMoment('damaged')
  const [base, first, second, third] = moment.chain.pieces.map(({ file }) => file) as [string, string, string, string]
  const refusal = async (damage: () => void) => {
    const kept = new Map([base, first, second, third].map((file) => [file, readFileSync(file)]))
    damage()
    const refused = await namesAt(moment).then(
      () => 'nothing',
      (error) => error.damage ?? error.message,
    )
    for (const [file, content] of kept) writeFileSync(file, content)
    return refused
  }
  const flipped = (file: string, at: number) => () => {
    const bytes = readFileSync(file)
    const place = at < 0 ? bytes.length + at : at
    bytes[place] = (bytes[place] ?? 0) ^ 1
    writeFileSync(file, bytes)
  }
  expect(await refusal(() => {})).toBe('nothing')
  expect(await refusal(flipped(base, 2000))).toBe('file.changed')
  expect(await refusal(flipped(second, 100))).toBe('file.changed')
  expect(await refusal(flipped(second, -60))).toBe('file.changed')
  expect(await refusal(() => writeFileSync(second, readFileSync(second).subarray(0, -9)))).toBe('file.changed')
  expect(await refusal(() => rmSync(first))).toBe('file.missing')
  expect(await refusal(() => writeFileSync(second, readFileSync(first)))).toBe('stream.broken')
  const other = readFileSync(base)
  const foreign = await streamTo('foreign')
  await foreign.look()
  await foreign.close()
  const [theirs] = (await lastMoment('foreign')).chain.pieces
  expect(other.equals(readFileSync(theirs?.file ?? ''))).toBe(false)
  expect(await refusal(() => writeFileSync(base, readFileSync(theirs?.file ?? '')))).toBe('stream.broken')
  writeFileSync(keyFile, newKeyText())
  await expect(takeMoment(moment, readKey(keyFile), join(folder.path, 'x'))).rejects.toMatchObject({
    damage: 'key.other',
  })
  await expect(takeMoment(moment, undefined, join(folder.path, 'y'))).rejects.toMatchObject({ damage: 'key.needed' })
})

test('a register whose journal is broken can be restored from its stream by whoever says so', async () => {
  const saved = await save()
  const [entry] = await db.select().from(journal).limit(1)
  const { number = 0, schoolId = 0, version = 0 } = entry ?? {}
  const isOwn = and(eq(journal.schoolId, schoolId), eq(journal.number, number))
  const say = (change: { version: number }) =>
    db.transaction(schoolId, async (tx) => void (await tx.update(journal).set(change).where(isOwn)))
  await say({ version: version + 1 })
  const stream = await streamTo('broken')
  await stream.look()
  await stream.close()
  await say({ version })
  const moment = await lastMoment('broken')
  await expect(namesAt(moment)).rejects.toMatchObject({ damage: 'backup.unverified' })
  expect(await namesAt(moment, true)).toContain(saved)
})

/** While a register is on its way, what would change its tables, or take its place, waits; everything else goes on. */
import './own-file.ts'
import { copyFileSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { censusOf, sqliteKeeper } from '../../../db/backups/sqlite.ts'
import { migrate, migrateDown } from '../../../db/migrate.ts'
import { migrationFiles } from '../../../db/migration-files.ts'
import { beginCapture, endCapture, requireCaptured } from '../../../db/move/capture.ts'
import { requireShape } from '../../../db/move/census.ts'
import { isMoving, leftSentence, requireStaying } from '../../../db/move/movable.ts'
import { changeState, fenceText, isFenced, makeOwnTables, moveOf } from '../../../db/move/moved.ts'
import { inSource } from '../../../db/move/source.ts'
import { open } from '../../../db/open.ts'
import { connect } from '../../../db/sqlite-file.ts'
import { homeroom } from '../../setup/server.ts'
import { addRow, addSchool, tables } from '../any-row.ts'
import { file, removeFolder } from './own-file.ts'

const filled = `${file}.filled`
const move = { id: 'a', target: 'db.school.example/homeroom' }

beforeAll(async () => {
  await migrate()
  const db = await open()
  await db.transaction(0, addSchool)
  await db.close()
  copyFileSync(file, filled)
})
beforeEach(() => {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true })
  copyFileSync(filled, file)
})
afterAll(removeFolder)

const begin = () => inSource(file, (client) => beginCapture(client, move), 'write')
const putFenceUp = () =>
  inSource(
    file,
    (client) => changeState(client, { from: 'copying', to: 'moving', fence: null, newFence: 'b' }),
    'write',
  )
const withDb = async <T>(work: (db: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> => {
  const db = await open()
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}
function caught(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
const write = () => withDb((db) => db.transaction(7, (tx) => addRow(tx, tables.at(-1) as never)))

test('a file that is being copied opens, takes changes and notes each, and a server starts on it as ever', async () => {
  begin()
  expect(isMoving()).toBe(true)
  expect(leftSentence()).toBeUndefined()
  expect(await migrate()).toEqual({ applied: [] })
  await write()
  const noted = inSource(file, (client) => client.prepare('select count(*) from move_log').pluck().get())
  expect(noted).toBeGreaterThan(0)
})

test('steps, back and forth, older rows, a restore and another move are told to wait', async () => {
  const before = inSource(file, censusOf)
  begin()
  await expect(migrateDown('drizzle', 1)).rejects.toThrow(
    /Taking the step .* back must wait: this register is on its way/,
  )
  expect(() => requireStaying('Filling older rows')).toThrow('Filling older rows must wait')
  await expect(sqliteKeeper().refuseInUse()).rejects.toThrow('A restore must wait')
  expect(begin).toThrow('Another move must wait')
  const filling = await homeroom(['migrate', '--backfill'], { env: { DATABASE_URL: `file:${file}` } })
  expect(filling).toMatchObject({ code: 1, output: expect.stringContaining('Filling older rows must wait') })
  inSource(file, endCapture, 'write')
  expect(inSource(file, censusOf).tables).toEqual(before.tables)
})

test('the steps of a newer version wait, and say what to do', async () => {
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  const steps = migrationFiles('drizzle').map(({ name }) => name)
  await migrate('drizzle', { to: steps.at(-2) })
  // As an older version would: it knows fewer tables.
  inSource(file, (client) => makeOwnTables(client, move, 'k1'), 'write')
  await expect(migrate()).rejects.toThrow(new RegExp(`The step ${steps.at(-1)} must wait: .* npx homeroom move stop`))
  const env = { DATABASE_URL: `file:${file}`, MOVE_TARGET_URL: 'postgres://db.school.example/homeroom' }
  const going = await homeroom(['move'], { env })
  expect(going).toMatchObject({ code: 1, output: expect.stringContaining('begun with an older version') })
})

test('a backup of a file that is being copied is one of a register that stays', async () => {
  begin()
  await write()
  const copy = `${file}.copy`
  rmSync(copy, { force: true })
  await sqliteKeeper().copyTo(copy)
  inSource(copy, (client) => {
    expect(moveOf(client)).toBeUndefined()
    expect(
      client
        .prepare(
          `select name from sqlite_schema where type = 'trigger' or name = 'move' or name like 'move\\_%' escape '\\'`,
        )
        .all(),
    ).toEqual([])
  })
})

test('behind the fence a write of any program fails, is known as that, and keeps nothing', async () => {
  begin()
  const before = inSource(file, censusOf).tables
  putFenceUp()
  const change = () => inSource(file, (client) => client.exec('update schools set version = 2'), 'write')
  const error = caught(change)
  expect(isFenced(error)).toBe(true)
  expect(isFenced(new Error('another', { cause: error }))).toBe(true)
  expect(isFenced(new Error('another'))).toBe(false)
  for (const table of Object.keys(before).filter((name) => !/^(sqlite_schema$|move$|move_)/.test(name)))
    for (const statement of [
      `insert into "${table}" default values`,
      `insert or replace into "${table}" default values`,
    ])
      expect(() => inSource(file, (client) => client.exec(statement), 'write')).toThrow(fenceText)
  expect(change).toThrow(fenceText)
  expect(() => inSource(file, (client) => client.exec('delete from schools'), 'write')).toThrow(fenceText)
  const { move: _, ...others } = inSource(file, censusOf).tables
  const { move: __, ...same } = before
  expect(others).toEqual(same)
})

test('a trigger that is gone, or another one, or another column is noticed', () => {
  begin()
  const [name] = inSource(file, (client) =>
    client.prepare(`select name from sqlite_schema where name like 'move_note_students_%' order by name`).pluck().all(),
  ) as [string]
  inSource(file, requireCaptured)
  const sql = inSource(file, (client) =>
    client.prepare('select sql from sqlite_schema where name = ?').pluck().get(name),
  )
  inSource(file, (client) => client.exec(`drop trigger ${name}`), 'write')
  expect(() => inSource(file, requireCaptured)).toThrow(`trigger ${name}`)
  inSource(
    file,
    (client) =>
      client.exec(
        String(sql)
          .replace('old.', 'old.')
          .replace(/ after /, '  after '),
      ),
    'write',
  )
  expect(() => inSource(file, requireCaptured)).toThrow(`trigger ${name}`)
  inSource(file, (client) => client.exec('alter table rooms add column color text'), 'write')
  expect(() => inSource(file, requireShape)).toThrow('rooms.color')
})

/** A key that changes, a cascade by hand, an upsert, and what is rolled back. */
test('the log has each key that a change touches, old and new, and none of what was rolled back', async () => {
  begin()
  const logged = () =>
    inSource(file, (client) =>
      client.prepare('select name, k1, k2 from move_log order by seq').raw().all(),
    ) as unknown[][]
  const sql = (text: string) => inSource(file, (client) => client.exec(text), 'write')
  sql(`insert into rooms (school_id, id, name) values (7, 'a', 'A')`)
  sql(
    `insert into rooms (school_id, id, name) values (7, 'a', 'A') on conflict (school_id, id) do update set seats = 3`,
  )
  sql(`update rooms set id = 'b' where id = 'a'`)
  expect(() => sql(`insert into rooms (school_id, id, name) values (7, 'c', 'C'); select raise_nothing()`)).toThrow()
  sql(`delete from rooms`)
  const room = (id: string) => ['rooms', 7, id]
  expect(logged()).toEqual([room('a'), room('a'), room('b'), room('a'), room('b')])
})

test('a row that REPLACE takes away by another unique value is noted, on connections like ours', () => {
  begin()
  const client = connect(file)
  client.exec(`insert into rooms (school_id, id, name) values (7, 'a', 'A')`)
  client.exec(`insert or replace into rooms (school_id, id, name) values (7, 'b', 'A')`)
  const keys = client.prepare('select k2 from move_log order by seq').pluck().all()
  client.close()
  expect(keys).toEqual(['a', 'a', 'b'])
})

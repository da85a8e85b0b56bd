/** A whole register on its way: begun anywhere, ended anywhere, refused where it can't be. */
import './own-file.ts'
import { copyFileSync, rmSync } from 'node:fs'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { censusOf, sqliteKeeper } from '../../../db/backups/sqlite.ts'
import { migrate } from '../../../db/migrate.ts'
import { postgresRunner } from '../../../db/migrate-postgres.ts'
import { migrationFiles } from '../../../db/migration-files.ts'
import { move } from '../../../db/move/move.ts'
import type { MoveProgress } from '../../../db/move/moved.ts'
import { moveOf } from '../../../db/move/moved.ts'
import type { MovePoint } from '../../../db/move/mover.ts'
import { recover } from '../../../db/move/recover.ts'
import { rehearse } from '../../../db/move/rehearse.ts'
import { status } from '../../../db/move/status.ts'
import { stop } from '../../../db/move/stop.ts'
import { movedTables } from '../../../db/move/tables.ts'
import { open } from '../../../db/open.ts'
import { Sqlite } from '../../../db/sqlite-driver.ts'
import { homeroom } from '../../setup/server.ts'
import { cases } from '../../thorough.ts'
import { addRow, addSchool, foreignKeysOf, tables } from '../any-row.ts'
import { file, removeFolder } from './own-file.ts'
import { on } from './query.ts'
import { emptyDatabase } from './target-database.ts'

const filled = `${file}.filled`
let target: Awaited<ReturnType<typeof emptyDatabase>>

beforeAll(async () => {
  await migrate()
  const db = await open()
  await db.transaction(0, async (tx) => {
    await addSchool(tx)
    for (const table of tables)
      await addRow(
        tx,
        table,
        {},
        foreignKeysOf(table).map(({ name }) => name),
      )
  })
  await db.close()
  copyFileSync(file, filled)
})
beforeEach(async () => {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true })
  copyFileSync(filled, file)
  target = await emptyDatabase()
})
afterEach(() => target.drop())
afterAll(removeFolder)

const options = (tell: (progress: MoveProgress) => void = () => {}) => ({
  file,
  url: target.url,
  folder: 'drizzle',
  tell,
})
const inFile = <T>(work: (client: InstanceType<typeof Sqlite>) => T): T => {
  const client = new Sqlite(file)
  try {
    return work(client)
  } finally {
    client.close()
  }
}
const rowsInFile = () =>
  inFile((client) =>
    movedTables.map(({ name }) => [name, client.prepare(`select count(*) from ${name}`).pluck().get()]),
  )
const rowsInTarget = async () => {
  const counts = movedTables.map(({ name }) => `select '${name}' as name, count(*)::int as n from ${name}`)
  const found = await on<{ name: string; n: number }>(target.url, counts.join(' union all '))
  return movedTables.map(({ name }) => [name, found.find((row) => row.name === name)?.n])
}
/** Of the register, and of drizzle-kit's ledger. */
const tablesOfTarget = () =>
  on(
    target.url,
    `select relname from pg_class where relkind = 'r' and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`,
  )

/** Everything that PostgreSQL enforces or looks things up by. */
const rulesOf = (url: string) =>
  on(
    url,
    `select conrelid::regclass::text as place, conname::text as name, pg_get_constraintdef(oid) || convalidated as says
     from pg_constraint where connamespace = 'public'::regnamespace
     union all select tablename, indexname, indexdef from pg_indexes where schemaname = 'public' order by 1, 2, 3`,
  )

test('a register arrives whole, with every index and reference of a new one, and its file takes no changes any more', async () => {
  const before = rowsInFile()
  expect(before.filter(([, rows]) => !rows)).toEqual([])
  const phases = new Set<string>()
  const moved = await move(options(({ phase }) => void phases.add(phase)))
  expect([...phases]).toEqual([
    'looking',
    'making',
    'copying',
    'indexes',
    'comparing',
    'following',
    'changing over',
    'settling',
    'clearing',
  ])
  expect(moved.rows).toBe(before.reduce((sum, [, rows]) => sum + Number(rows), 0))
  expect(moved.target).not.toContain('postgres:')
  expect(await rowsInTarget()).toEqual(before)

  const fresh = await emptyDatabase()
  await postgresRunner(fresh.url).migrate(migrationFiles('drizzle', 'postgresql'))
  expect(await rulesOf(target.url)).toEqual(await rulesOf(fresh.url))
  expect(await postgresRunner(target.url).migrate(migrationFiles('drizzle', 'postgresql'))).toEqual({ applied: [] })
  await fresh.drop()

  await expect(open()).rejects.toThrow(/has moved to PostgreSQL .*set DATABASE_URL/)
  await expect(migrate()).rejects.toThrow(/has moved to PostgreSQL/)
  for (const statement of [
    'insert into schools (id, name, slug, time_zone, locale) values (9, 1, 1, 1, 1)',
    'update students set version = 2',
    'delete from rooms',
  ])
    expect(() => inFile((client) => client.exec(statement))).toThrow('moved there')
  expect(rowsInFile()).toEqual(before)
  expect(await status({ file, url: target.url })).toMatchObject({ state: 'moved' })
})

test('ended at any moment, it goes on, and nothing arrives twice', async () => {
  const before = rowsInFile()
  const phases: string[] = []
  await move(options(({ phase }) => void phases.push(phase)))
  const firstOf = (phase: string) => phases.indexOf(phase)
  const usual = ['copying', 'indexes', 'changing over'].map(firstOf)
  const ends = [...usual, ...phases.keys()].slice(0, cases(usual.length, phases.length))
  for (const end of ends) {
    copyFileSync(filled, file)
    await target.drop()
    target = await emptyDatabase()
    let left = end
    const ended = move(
      options(() => {
        if (left-- === 0) throw new Error('the mover ends')
      }),
    )
    await expect(ended).rejects.toThrow('the mover ends')
    if (end === firstOf('indexes')) {
      const onHalf = await homeroom(['journal', 'verify'], { env: { DATABASE_URL: target.url } })
      expect(onHalf).toMatchObject({ code: 1, output: expect.stringContaining('is not there yet') })
    }
    await move(options())
    expect([end, await rowsInTarget()]).toEqual([end, before])
    expect((await tablesOfTarget()).filter(({ relname }) => /^move(_|$)/.test(relname))).toEqual([])
    await expect(open()).rejects.toThrow('has moved')
  }
})

const censusOfFile = () => inFile(censusOf).tables
/** Ends the mover where its process could die. */
const endedAt = (point: MovePoint) =>
  move({
    ...options(),
    at: (reached) => {
      if (reached === point) throw new Error('the mover ends')
    },
  })

test('stopped before the last step, the file is as it was, to the last trigger, and the database is empty again', async () => {
  const before = censusOfFile()
  const points: MovePoint[] = [
    'part',
    'last round',
    'captured',
    'made',
    'copied',
    'indexes',
    'compared',
    'fenced',
    'deciding',
    'activating',
  ]
  for (const point of points.slice(0, cases(3, points.length))) {
    await expect(endedAt(point)).rejects.toThrow('the mover ends')
    await (await open()).close()
    expect(await status({ file, url: target.url })).toMatchObject({ state: 'copying' })
    await stop({ file, url: target.url })
    expect(await tablesOfTarget()).toEqual([])
    expect([point, censusOfFile()]).toEqual([point, before])
  }
  await expect(stop({ file, url: target.url })).rejects.toThrow('No move')
})

test('what differs in PostgreSQL keeps the register from changing over', async () => {
  const begun = move(
    options(({ phase }) => {
      if (phase === 'indexes') throw new Error('the mover ends')
    }),
  )
  await expect(begun).rejects.toThrow('the mover ends')
  await on(target.url, `update students set given_name = 'Somebody else'`)
  await expect(move(options())).rejects.toThrow(
    /does not hold what the file holds(.|\n)*students school_id, id .*given_name differs/,
  )
  expect(await status({ file, url: target.url })).toMatchObject({ state: 'copying', step: 'whole' })
  await stop({ file, url: target.url })
  await (await open()).close()
})

const planted: [string, string, RegExp][] = [
  ['a text with NUL', `update students set given_name = 'a' || char(0)`, /students.given_name of .*not storable text/],
  ['a text in a column of numbers', `update rooms set seats = 'many'`, /rooms.seats of .*not an integer/],
  ['bytes', `update students set given_name = x'c328'`, /students.given_name of .*bytes, not a text/],
  [
    'a text that is no UTF-8',
    `update students set given_name = cast(x'c328' as text)`,
    /students.given_name of .*no UTF-8/,
  ],
  ['no day', `update students set birth_date = '2026-02-30'`, /students.birth_date of .*not a date/],
  ['half a pair in JSON', `update rooms set extra = '{"a":"\\ud800"}'`, /rooms.extra of /],
  [
    'a reference to nothing',
    `update enrollments set student_id = '00000000-0000-7000-8000-000000000000'`,
    /enrollments, row \d+: it refers to no row of students/,
  ],
  ['a table of a newer version', 'alter table rooms add column color text', /rooms.color: this version does not know/],
]
test.each(planted)('%s is named before anything is changed', async (_, statement, sentence) => {
  inFile((client) => {
    client.pragma('foreign_keys = OFF')
    client.pragma('ignore_check_constraints = ON')
    client.exec(statement)
  })
  await expect(move(options())).rejects.toThrow(sentence)
  expect(await tablesOfTarget()).toEqual([])
  expect(await status({ file, url: target.url })).toBeUndefined()
  await (await open()).close()
})

test('a database that is not empty, or has another register on its way, is refused', async () => {
  await on(target.url, 'create table theirs (id int)')
  await expect(move(options())).rejects.toThrow('is not empty: it has 1 tables or views, such as public.theirs')
  await on(target.url, 'drop table theirs; create schema drizzle; create table drizzle.theirs (id int)')
  await expect(move(options())).rejects.toThrow('is not empty: it has 1 tables or views, such as drizzle.theirs')
  await on(target.url, 'drop table drizzle.theirs; create table move (id text); insert into move values (1)')
  await expect(move(options())).rejects.toThrow('Another register is on its way')
  const other = postgres(target.url, { max: 1 })
  await other`select pg_advisory_lock(hashtext('homeroom move'))`
  await expect(move(options())).rejects.toThrow('goes on in another process')
  await other.end()
  expect(inject('postgresUrl')).not.toBe(target.url)
  await (await open()).close()
})

test('a long write, such as an import, is waited for', async () => {
  const writer = new Sqlite(file)
  const waited: string[] = []
  await move({
    ...options(({ waits }) => {
      if (waits) waited.push(waits)
      if (waits && writer.inTransaction) writer.exec('commit')
    }),
    at: (point) => {
      if (point !== 'compared') return
      writer.exec('begin immediate')
      writer.exec(`update schools set name = 'Renamed meanwhile'`)
    },
    limits: { lock: 20 },
  })
  writer.close()
  expect(waited).toEqual([expect.stringContaining('another write holds the file')])
  expect(await on(target.url, 'select distinct name from schools')).toEqual([{ name: 'Renamed meanwhile' }])
})

const heldAt: MovePoint[] = ['last round', 'active', 'activating']
test.each(heldAt.slice(0, cases(2, heldAt.length)))(
  'whoever holds the file at the point "%s" is waited for, and the mover goes on',
  async (point) => {
    const writer = new Sqlite(file)
    let waited = false
    await move({
      ...options(({ waits }) => {
        if (!waits || !writer.inTransaction) return
        waited = true
        writer.exec('rollback')
      }),
      at(reached) {
        if (reached !== point || waited) return
        writer.exec('begin immediate')
        if (point === 'activating') throw Object.assign(new Error('too late'), { code: '57014' })
      },
      limits: { lock: 20 },
    })
    writer.close()
    expect(waited).toBe(true)
    await expect(open()).rejects.toThrow('has moved')
  },
)

test('whoever holds the file as a mover begins, or as it goes on behind a fence that was left, is waited for', async () => {
  const writer = new Sqlite(file)
  const waited: string[] = []
  const release = ({ waits }: MoveProgress) => {
    if (!waits || !writer.inTransaction) return
    waited.push(waits)
    writer.exec('rollback')
  }
  writer.exec('begin immediate')
  const begun = move({
    ...options(release),
    at: (point) => {
      if (point === 'captured') throw new Error('the mover ends')
    },
    limits: { lock: 20 },
  })
  await expect(begun).rejects.toThrow('the mover ends')
  writer.exec(`update move set state = 'moving', fence = 'of a mover that died'; begin immediate`)
  await move({ ...options(release), limits: { lock: 20 } })
  writer.close()
  expect(waited).toEqual(Array(2).fill(expect.stringContaining('Another write holds the file')))
  await expect(open()).rejects.toThrow('has moved')
})

/** What a mover first says that it waits for, and what it ends with. */
function waiting(url = target.url) {
  let ended: Promise<unknown> = Promise.resolve()
  const said = new Promise<string>((resolve) => {
    ended = move({ ...options(({ waits }) => void (waits && resolve(waits))), url }).catch(
      (error: Error) => error.message,
    )
  })
  return { said, ended: () => ended }
}

test('a mover whose lock another session has for a moment waits for it, once the move has begun', async () => {
  await expect(endedAt('copied')).rejects.toThrow('the mover ends')
  const other = postgres(target.url, { max: 1 })
  await other`select pg_advisory_lock(hashtext('homeroom move'))`
  const { said, ended } = waiting()
  expect(await said).toContain('goes on in another process')
  await other.end()
  expect(await ended()).toMatchObject({ target: expect.any(String) })
  await expect(open()).rejects.toThrow('has moved')
})

test('a mover that waits for PostgreSQL goes on although an older stop has not ended, and ends where a new one comes', async () => {
  await expect(endedAt('copied')).rejects.toThrow('the mover ends')
  const away = target.url.replace(/:\d+\//, ':1/')
  inFile((client) => client.exec('update move set is_stopping = 1'))
  const first = waiting(away)
  expect(await first.said).toContain('PostgreSQL does not answer')
  inFile((client) => client.exec('update move set is_stopping = 0'))
  const second = waiting(away)
  await second.said
  inFile((client) => client.exec('update move set is_stopping = 1'))
  expect(await second.ended()).toContain('The move was stopped')
  expect(await stop({ file, url: away })).toBe(false)
  expect(await first.ended()).toContain('The move was stopped')
  expect(inFile(moveOf)).toBeUndefined()
})

test('a connection that is lost before the move has begun is opened again', async () => {
  let isLost = false
  await move(
    options(({ phase }) => {
      if (phase !== 'looking' || isLost) return
      isLost = true
      throw Object.assign(new Error('the server has hung up'), { code: 'ECONNRESET' })
    }),
  )
  await expect(open()).rejects.toThrow('has moved')
})

test('what takes too long behind the fence is taken back, and nothing is lost', async () => {
  let late = true
  const waited: string[] = []
  await move({
    ...options(({ waits }) => void (waits && waited.push(waits))),
    at: (point) => {
      if (point !== 'last round' || !late) return
      late = false
      const since = performance.now()
      while (performance.now() - since < 30);
    },
    limits: { lastRound: 25 },
  })
  expect(waited).toContainEqual(expect.stringContaining('The last round took too long'))
  await expect(open()).rejects.toThrow('has moved')
})

const lost: [MovePoint, string][] = [
  ['deciding', 'copying'],
  ['activating', 'deciding'],
  ['last round', 'copying'],
]
test.each(lost.slice(0, cases(1, lost.length)))(
  'PostgreSQL that is lost at the point "%s" leaves the file %s',
  async (point, left) => {
    let isLost = false
    const states: unknown[] = []
    await move({
      ...options(({ waits }) => void (waits?.startsWith('PostgreSQL') && states.push(inFile(moveOf)?.state))),
      at(reached) {
        if (reached !== point || isLost) return
        isLost = true
        throw Object.assign(new Error('the server has hung up'), { code: 'ECONNRESET' })
      },
    })
    expect(states).toEqual([left])
    await expect(open()).rejects.toThrow('has moved')
  },
)

test('who decides what a dead mover left lets a write of its own process end first', async () => {
  await expect(endedAt('copied')).rejects.toThrow('the mover ends')
  const writer = new Sqlite(file)
  writer.exec(`update move set state = 'moving', fence = 'of a mover that died'; begin immediate`)
  setTimeout(() => writer.exec('rollback'), 50)
  expect(await recover({ file, url: target.url })).toBe('copying')
  writer.close()
  expect(inFile(moveOf)).toMatchObject({ state: 'copying', fence: null })
})

test('a move does not change its target', async () => {
  await expect(endedAt('made')).rejects.toThrow('the mover ends')
  const other = await emptyDatabase()
  await expect(move({ ...options(), url: other.url })).rejects.toThrow('is on its way to')
  await other.drop()
})

test('a register that somebody else made in the database is neither emptied nor filled, whatever the file says', async () => {
  await expect(endedAt('captured')).rejects.toThrow('the mover ends')
  await postgresRunner(target.url).migrate(migrationFiles('drizzle', 'postgresql'))
  await on(
    target.url,
    `insert into schools (id, name, slug, time_zone, locale) values (1, 'Theirs', 'theirs', 'UTC', 'en')`,
  )
  await expect(move(options())).rejects.toThrow('is not empty')
  await expect(stop({ file, url: target.url })).rejects.toThrow('holds a register that this move did not make')
  expect(await on(target.url, 'select name from schools')).toEqual([{ name: 'Theirs' }])
  await (await open()).close()
})

test('another schema of the same database is another place', async () => {
  await on(target.url, 'create schema south')
  const south = `${target.url}?search_path=south`
  const begun = move({
    ...options(({ phase }) => {
      if (phase === 'copying') throw new Error('the mover ends')
    }),
    url: south,
  })
  await expect(begun).rejects.toThrow('the mover ends')
  await expect(move(options())).rejects.toThrow(/schema south, and MOVE_TARGET_URL names/)
  const moved = await move({ ...options(), url: south })
  expect(moved.target).toMatch(/, schema south$/)
})

test('without an answer from PostgreSQL a move is stopped as long as it can not have changed over', async () => {
  const before = censusOfFile()
  await expect(endedAt('copied')).rejects.toThrow('the mover ends')
  const away = target.url.replace(/:\d+\//, ':1/')
  expect(await status({ file, url: away })).toMatchObject({ state: 'copying', away: expect.any(String) })
  expect(await stop({ file, url: away })).toBe(false)
  expect(censusOfFile()).toEqual(before)
  await target.drop()
  target = await emptyDatabase()
  await expect(endedAt('active')).rejects.toThrow('the mover ends')
  await expect(stop({ file, url: away })).rejects.toThrow()
  await expect(open()).rejects.toThrow('run npx homeroom move once more')
  expect(await status({ file, url: target.url })).toMatchObject({ state: 'deciding', step: 'active' })
  await expect(stop({ file, url: target.url })).rejects.toThrow('nothing to stop')
  await move(options())
})

test('a rehearsal goes all the way beside a register that is served, and leaves nothing', async () => {
  const db = await open()
  const copyTo = (to: string) => sqliteKeeper().copyTo(to)
  const ended = rehearse({
    ...options(({ phase }) => {
      if (phase === 'comparing') throw new Error('the mover ends')
    }),
    copyTo,
  })
  await expect(ended).rejects.toThrow('the mover ends')
  expect(await tablesOfTarget()).toEqual([])
  const tried = await rehearse({ ...options(), copyTo })
  expect(tried.rows).toBeGreaterThan(movedTables.length)
  expect(await tablesOfTarget()).toEqual([])
  await db.transaction(7, (tx) => addRow(tx, tables[0] as never))
  await db.close()
})

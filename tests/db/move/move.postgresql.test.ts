/** A whole register on its way: begun anywhere, ended anywhere, tried out. */
import './own-file.ts'
import { expect, test } from 'vitest'
import { sqliteKeeper } from '../../../db/backups/sqlite.ts'
import { migrate } from '../../../db/migrate.ts'
import { postgresRunner } from '../../../db/migrate-postgres.ts'
import { migrationFiles } from '../../../db/migration-files.ts'
import { move } from '../../../db/move/move.ts'
import type { MovePoint } from '../../../db/move/mover.ts'
import { rehearse } from '../../../db/move/rehearse.ts'
import { status } from '../../../db/move/status.ts'
import { stop } from '../../../db/move/stop.ts'
import { movedTables } from '../../../db/move/tables.ts'
import { open } from '../../../db/open.ts'
import { movePhases } from '../../../db/values.ts'
import { homeroom } from '../../setup/server.ts'
import { cases } from '../../thorough.ts'
import { addRow, tables } from '../any-row.ts'
import {
  anotherTarget,
  censusOfFile,
  endedAt,
  fileAsFilled,
  inFile,
  options,
  tablesOfTarget,
  target,
} from './on-its-way.ts'
import { file } from './own-file.ts'
import { on } from './query.ts'
import { emptyDatabase } from './target-database.ts'

const rowsInFile = () =>
  inFile((client) =>
    movedTables.map(({ name }) => [name, client.prepare(`select count(*) from ${name}`).pluck().get()]),
  )
const rowsInTarget = async () => {
  const counts = movedTables.map(({ name }) => `select '${name}' as name, count(*)::int as n from ${name}`)
  const found = await on<{ name: string; n: number }>(target.url, counts.join(' union all '))
  return movedTables.map(({ name }) => [name, found.find((row) => row.name === name)?.n])
}

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
  expect([...phases]).toEqual(movePhases)
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
    fileAsFilled()
    await anotherTarget()
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

test('without an answer from PostgreSQL a move is stopped as long as it can not have changed over', async () => {
  const before = censusOfFile()
  await expect(endedAt('copied')).rejects.toThrow('the mover ends')
  const away = target.url.replace(/:\d+\//, ':1/')
  expect(await status({ file, url: away })).toMatchObject({ state: 'copying', away: expect.any(String) })
  expect(await stop({ file, url: away })).toBe(false)
  expect(censusOfFile()).toEqual(before)
  await anotherTarget()
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

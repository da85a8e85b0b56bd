/** A migration is killed at every point that it names, twice, and the next one goes on from there. */
import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Point } from '../../db/migration-run.ts'
import { Sqlite } from '../../db/sqlite-driver.ts'
import type { EmptyDatabase } from '../db/empty-database.ts'
import { emptyDatabase } from '../db/empty-database.ts'
import { dieAt } from '../db/migrate/die.ts'
import type { Outsider } from '../db/outsider.ts'
import { onPostgres, outsider } from '../db/outsider.ts'
import type { OwnSteps } from '../db/own-steps.ts'
import { ownSteps, steps } from '../db/own-steps.ts'

let database: EmptyDatabase
let mine: OwnSteps
let asked: Outsider
beforeEach(async () => {
  database = await emptyDatabase()
  mine = ownSteps()
  await database.runner.migrate(mine.files())
  asked = outsider(database.url)
  await asked.rows(`insert into schools (id, name, slug, time_zone, locale) values (1, 'One', 'one', 'UTC', 'en')`)
})
afterEach(async () => {
  await asked.close()
  mine.remove()
  await database.remove()
})

/** One adds, one changes rows, and on PostgreSQL one makes an index beside others. */
function addSteps(): string[] {
  const index = onPostgres
    ? '-- no-transaction\ncreate index concurrently schools_name_ix on schools (name)'
    : 'create index schools_name_ix on schools (name)'
  return [
    mine.add('adding', steps('create table once (n integer)', 'insert into once values (1)')),
    mine.add('changing', steps('update schools set version = version + 1', 'insert into once values (2)')),
    mine.add('indexing', index),
  ]
}

const points: Point[] = onPostgres
  ? ['locked', 'statement', 'ran', 'committing', 'committed', 'noted']
  : ['locked', 'statement', 'ran', 'committing', 'committed', 'copying', 'copied']
const nths = [1, 2, 3, 5]

const copies = () =>
  onPostgres
    ? []
    : readdirSync(dirname(database.file))
        .filter((name) => name.startsWith(`${basename(database.file)}.before-`))
        .map((name) => join(dirname(database.file), name))

function isWhole(copy: string): boolean {
  const client = new Sqlite(copy, { readonly: true })
  const [schools, sound] = [
    client.prepare('select count(*) from schools').pluck().get(),
    client.pragma('integrity_check', { simple: true }),
  ]
  client.close()
  return schools === 1 && sound === 'ok'
}

test.each(points.flatMap((point) => nths.map((nth) => [point, nth] as const)))(
  'killed at %s number %i, twice, each step is applied once',
  async (point, nth) => {
    const names = addSteps()
    const before = (await database.runner.applied()).length
    const ends = [
      await dieAt(database.url, mine.folder, point, nth),
      await dieAt(database.url, mine.folder, point, nth),
    ]
    console.log(`${point} ${nth}: ${ends.join(', ')}`)
    for (const copy of copies()) expect(isWhole(copy)).toBe(true)
    await database.runner.migrate(mine.files())
    expect((await database.runner.applied()).slice(before).map(({ name }) => name)).toEqual(names)
    expect(await asked.rows('select n from once order by n')).toEqual([{ n: 1 }, { n: 2 }])
    expect(await asked.rows('select version from schools')).toEqual([{ version: 2 }])
    for (const copy of copies()) expect(isWhole(copy)).toBe(true)
    if (onPostgres)
      expect(
        await asked.rows(`select indisvalid as v from pg_index where indexrelid = 'schools_name_ix'::regclass`),
      ).toEqual([{ v: true }])
    else expect(readdirSync(dirname(database.file)).filter((name) => name.includes('.unverified-'))).toEqual([])
  },
  600_000,
)

/** The steps since the release before, on a school that this release's own code has filled. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { placeAfter } from '../../../db/kept-values.ts'
import type { Migration } from '../../../db/migration-files.ts'
import { migrationFiles } from '../../../db/migration-files.ts'
import type { Snapshot } from '../../../db/snapshot.ts'
import type { EmptyDatabase } from '../empty-database.ts'
import { emptyDatabase } from '../empty-database.ts'
import type { Outsider } from '../outsider.ts'
import { onPostgres, outsider } from '../outsider.ts'
import { ownSteps } from '../own-steps.ts'
import type { Released } from './released.ts'
import { released } from './released.ts'

/** The release, or why its history can't be had: a shallow clone has none. */
function releasedOrWhy(): Released | string {
  try {
    return released()
  } catch (error) {
    return (error as Error).message
  }
}

function snapshotOf(folder: string, step: number): Snapshot {
  const own = join(folder, 'drizzle', onPostgres ? 'postgresql' : 'sqlite')
  return JSON.parse(readFileSync(join(own, `meta/${String(step).padStart(4, '0')}_snapshot.json`), 'utf8'))
}

/** `table.column` to all its values with the key of their row, in one order. */
type Contents = Map<string, string[]>
async function contentsOf(asked: Outsider, { tables }: Snapshot, placed = (what: string) => what): Promise<Contents> {
  const found: Contents = new Map()
  for (const { name, columns } of Object.values(tables))
    for (const column of Object.keys(columns)) {
      const [table, as] = placed(`${name}.${column}`).split('.')
      const rows = as ? await asked.rows(`select "${as}" as value from "${table}"`) : []
      found.set(`${name}.${column}`, rows.map((row) => JSON.stringify(row)).toSorted())
    }
  return found
}

const assigned = /^UPDATE [`"]?(\w+)[`"]? SET (.*?)(?: WHERE |;?$)/is
/** What a step may change: what its file says, and what it sets. */
function mayChange({ statements, mayLoseValues = [], mayLoseRows }: Migration, what: string): boolean {
  const set = statements.flatMap((statement) => {
    const [, table = '', assignments = ''] = assigned.exec(statement) ?? []
    return [...assignments.matchAll(/[`"]?(\w+)[`"]? = /g)].map(([, column]) => `${table}.${column}`)
  })
  return [...set, ...mayLoseValues].includes(what) || mayLoseRows.includes(what.split('.')[0] ?? '')
}

interface Filled {
  database: EmptyDatabase
  asked: Outsider
  /** How many steps the release knows. */
  known: number
  snapshot: Snapshot
  before: Contents
}
async function fillBy(release: Released): Promise<Filled> {
  const database = await emptyDatabase()
  expect(release.fill(database.url), 'a table took no row').toBe('')
  const known = migrationFiles(join(release.folder, 'drizzle')).length
  const [asked, snapshot] = [outsider(database.url), snapshotOf(release.folder, known - 1)]
  return { database, asked, known, snapshot, before: await contentsOf(asked, snapshot) }
}

/** Which columns have other values than before, although no step says so. */
async function changedBy(files: readonly Migration[], filled: Filled): Promise<string[]> {
  const { database, asked, known, snapshot, before } = filled
  await database.runner.migrate(files)
  const since = files.slice(known)
  const statements = since.flatMap((step) => step.statements)
  const after = await contentsOf(asked, snapshot, (what) => placeAfter(what, statements))
  const isKept = ([what, values]: [string, string[]]) =>
    JSON.stringify(values) === JSON.stringify(after.get(what)) || since.some((step) => mayChange(step, what))
  return [...before].filter((each) => !isKept(each)).map(([what]) => what)
}

/** Its form is one that no file of ours has, so that it is not taken for what a step means to do. */
const spoiling = onPostgres ? 'UPDATE ONLY rooms SET seats = 1' : 'UPDATE OR FAIL rooms SET seats = 1'

test('a school that the release before has filled keeps every value through the steps since', async (context) => {
  const release = releasedOrWhy()
  if (typeof release === 'string') {
    console.error(`The steps were not tried on a school of the release before: ${release}`)
    return context.skip(release)
  }
  const own = ownSteps()
  const filled = await fillBy(release)
  try {
    expect([...filled.before].filter(([, values]) => !values.length)).toEqual([])
    expect(await changedBy(own.files(), filled), `since ${release.commit}`).toEqual([])
    own.add('spoiling', spoiling)
    expect(await changedBy(own.files(), filled)).toEqual(['rooms.seats'])
  } finally {
    await filled.asked.close()
    await filled.database.remove()
    own.remove()
    release.remove()
  }
})

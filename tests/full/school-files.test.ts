/** A school of 25,000 students with a million entries leaves and comes in within the memory of a tenth of it, and killed imports leave nothing. */
import '../setup/as-owner.ts'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../db/kit.ts'
import { schools } from '../../db/schema/index.ts'
import type { School } from '../../server/context.ts'
import { Bulk } from '../../server/journal/bulk.ts'
import type { Change } from '../../server/journal/entry.ts'
import { verifyJournals } from '../../server/journal/verify.ts'
import '../../server/kinds.ts'
import { addRows } from '../../server/records/write.ts'
import { studentKind } from '../../server/students/kind.ts'
import { onPostgres, outsider } from '../db/outsider.ts'
import { changeAccount } from '../setup/accounts.ts'
import { db, makePerson, makeSchool, now } from '../setup/people.ts'
import { run, temporaryFolder } from '../setup/server.ts'

const folder = temporaryFolder()
afterAll(async () => {
  await db.close()
  folder.done()
})

const students = 25_000
const entriesEach = 40
const atOnce = 500
/** It only ends what hangs. */
const hour = 3_600_000

async function fill(school: School, count: number): Promise<void> {
  const operation = { id: newId(), actorId: null, way: 'cli', procedure: 'test', deed: 'import', about: null } as const
  await db.transaction(school.id, async (tx) => {
    const bulk = await Bulk.begin(tx, school.id, { ...operation, inputHash: '0'.repeat(64), at: now })
    for (let from = 0; from < count; from += atOnce) {
      const items = Array.from({ length: atOnce }, (_, n) => ({
        givenName: 'Élodie',
        familyName: `Müller ${from + n}`,
      }))
      let changes: Change[] = await addRows(tx, studentKind, school.id, items)
      await bulk.tell(changes)
      for (let n = 1; n < entriesEach; n++) {
        changes = changes.map(({ after }) => ({
          entity: 'student',
          before: after,
          after: { ...after, gradeLevel: String(n) },
        }))
        await bulk.tell(changes)
      }
    }
  })
}

const tellingMemory = `data:text/javascript,process.on('exit',()=>console.error('peak '+process.resourceUsage().maxRSS))`
/** The most memory it had, in KiB. */
async function peakOf(args: string[]): Promise<number> {
  const { ended, output } = run(args, { NODE_OPTIONS: `--import "${tellingMemory}"` })
  expect(await ended, output()).toBe(0)
  return Math.max(...[...output().matchAll(/peak (\d+)/g)].map(([, kib]) => Number(kib)))
}

const file = (name: string) => join(folder.path, `${name}.zip`)
beforeAll(async () => {
  const owner = await makePerson(await makeSchool('Elsewhere'), 'administrator')
  await changeAccount(owner.userId, { isOwner: true })
  await fill(await makeSchool('Small'), students / 10)
  await fill(await makeSchool('Large'), students)
}, hour)

test(
  'ten times the school takes no more memory, out and in, and its chain is whole',
  async () => {
    const out = [
      await peakOf(['school', 'export', 'small', file('small')]),
      await peakOf(['school', 'export', 'large', file('large')]),
    ]
    const back = [
      await peakOf(['school', 'import', file('small'), '--as', 'small-again']),
      await peakOf(['school', 'import', file('large'), '--as', 'large-again']),
    ]
    console.log(
      `KiB at most: export ${out.join(' and ')}, import ${back.join(' and ')}; ${statSync(file('large')).size} bytes`,
    )
    for (const [small = 0, large = 0] of [out, back]) expect(large / small).toBeLessThan(1.4)
    const [report] = await verifyJournals(db, 'large-again')
    expect(report).toMatchObject({ broken: null })
    expect(report?.entries).toBeGreaterThan(students * entriesEach)
  },
  hour,
)

/** The import has written something that nobody sees yet. */
async function isWriting(): Promise<boolean> {
  if (!onPostgres)
    return (
      (statSync(`${process.env.DATABASE_URL?.replace('file:', '')}-wal`, { throwIfNoEntry: false })?.size ?? 0) >
      8_000_000
    )
  const own = outsider()
  const [row] = await own.rows<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and query like 'insert into "journal_values"%'`,
  )
  await own.close()
  return (row?.n ?? 0) > 0
}

test(
  'an import that is killed leaves nothing to be seen, and can be run again',
  async () => {
    const named = () => db.select({ id: schools.id }).from(schools).where(eq(schools.slug, 'killed'))
    const args = ['school', 'import', file('large'), '--as', 'killed']
    const { child, ended } = run(args)
    while (!(await isWriting())) await sleep(20)
    expect(await named()).toEqual([])
    child.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    expect(await named()).toEqual([])
    expect(await peakOf(args)).toBeGreaterThan(0)
    expect(await named()).toHaveLength(1)
  },
  hour,
)

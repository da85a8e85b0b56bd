import { eq } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { schools } from '../../db/schema/index.ts'
import type { RegisterReport } from '../journal/register.ts'
import { verifyRegister } from '../journal/register.ts'
import type { KeptHeads, SchoolReport } from '../journal/verify.ts'
import { verifyJournals } from '../journal/verify.ts'
import { allKinds } from '../kinds.ts'
import type { AlteredReport } from '../records/altered.ts'
import { alteredRecords } from '../records/altered.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { lookingAt } from './database.ts'
import { forget } from './forget-secrets.ts'
import { say } from './terminal.ts'

const named = (broken: { number: number; entity?: string | null; what: string }) =>
  `entry ${broken.number}${broken.entity ? ` (${broken.entity})` : ''}: ${broken.what}`

function keptHeads(expected: readonly string[]): KeptHeads {
  return new Map(
    expected.map((head) => {
      const [, number, hash = ''] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(head) ?? []
      if (!number)
        throw new UsageError(`--expect takes a head as it was printed, number:hash, and not ${JSON.stringify(head)}`)
      return [Number(number), hash]
    }),
  )
}

type Report = SchoolReport & { altered: AlteredReport }
async function verify(db: Database, slug: string | undefined, kept: KeptHeads): Promise<Report[]> {
  const reports: Report[] = []
  for (const report of await verifyJournals(db, slug, kept)) {
    const [school] = await db.select({ id: schools.id }).from(schools).where(eq(schools.slug, report.slug))
    if (!school) continue
    const altered = await db.snapshot((tx) => alteredRecords(tx, school.id, allKinds))
    reports.push({ ...report, altered })
  }
  return reports
}

function sayAltered(slug: string, { count, first }: AlteredReport): void {
  if (!count) return
  say(`${slug}: ${count} ${count === 1 ? 'record is' : 'records are'} not what the journal tells`)
  for (const { entity, id, what } of first) say(`${slug}: ${entity} ${id}: ${what}`)
  if (count > first.length) say(`${slug}: and ${count - first.length} more`)
}

type Chain = Pick<RegisterReport, 'entries' | 'head'> & { broken: Parameters<typeof named>[0] | null }
const sayChain = (name: string, { entries, head, broken }: Chain): void =>
  say(
    broken
      ? `${name}: broken at ${named(broken)}`
      : `${name}: intact, ${entries} ${entries === 1 ? 'entry' : 'entries'}, head ${head}`,
  )

export const command = defineCommand({
  summary:
    'Checks that nobody but Homeroom changed the journal or a record; takes out passwords that imports have stored',
  usage: `journal verify [--school <name in its address> [--expect <number:hash>]] [--json]
       homeroom journal forget-secrets [--column <name>] [--of <id>] [--school <name in its address>] [--apply] [--json]`,
  options: {
    school: { type: 'string', help: 'only this school, by the first part of its address, such as northgate' },
    expect: {
      type: 'string',
      multiple: true,
      help: 'a head of that school’s journal that was kept elsewhere, such as one from the log; may be given again',
    },
    column: {
      type: 'string',
      multiple: true,
      help: 'a column of the files that held passwords, such as grades after a shifted row; may be given again',
    },
    of: { type: 'string', multiple: true, help: 'only of the record with this sourcedId or id; may be given again' },
    apply: { type: 'boolean', help: 'forget them; without it, forget-secrets only says what it would forget' },
    json: { type: 'boolean', help: 'answer as JSON' },
  },
  positionals: 1,
  async run({ school, expect, json, apply, column = [], of = [] }, [what]) {
    if (what === 'forget-secrets') {
      if (expect) throw new UsageError('--expect belongs to "journal verify"')
      return forget({ school, asked: { columns: column, of }, apply: apply ?? false, json: json ?? false })
    }
    if (what !== 'verify') throw new UsageError('Say "journal verify" or "journal forget-secrets"')
    if (apply || column.length || of.length)
      throw new UsageError('--column, --of and --apply belong to "journal forget-secrets"')
    if (expect && !school) throw new UsageError('Say with --school whose head --expect is')
    const kept = keptHeads(expect ?? [])
    const reports = await lookingAt((db) => verify(db, school, kept))
    if (school && !reports.length) throw new CommandError(`There is no school ${JSON.stringify(school)}`)
    const above = school ? undefined : await lookingAt((db) => db.snapshot(verifyRegister))
    if (json) say(JSON.stringify(above?.entries ? [...reports, { slug: null, ...above }] : reports))
    else {
      for (const { slug, entries, head, broken, sealed, setBack, altered } of reports) {
        sayChain(slug, { entries, head, broken })
        for (const { head, formerId, at } of sealed ?? [])
          say(`${slug}: up to head ${head} as it came on ${at.slice(0, 10)}, chained as school ${formerId}`)
        sayAltered(slug, altered)
        if (setBack)
          say(
            `${slug}: entry ${setBack.number} is stamped ${setBack.at}, after one of ${setBack.after}: a clock was set back. Order is by number`,
          )
      }
      if (above?.entries || above?.broken) sayChain('above all schools', above)
    }
    return above?.broken || reports.some(({ broken, altered }) => broken || altered.count) ? 1 : 0
  },
})

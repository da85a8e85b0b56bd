import { UnavailableError } from '../../db/errors.ts'
import { locale, timeZone } from '../auth/input.ts'
import { readConfig } from '../config.ts'
import { dateOrders } from '../oneroster/dates.ts'
import type { ImportResult } from '../oneroster/import.ts'
import { importBundle } from '../oneroster/import.ts'
import type { MissingKind, MissingRecord } from '../oneroster/missing.ts'
import type { Findings } from '../oneroster/report.ts'
import { BundleError, findingText } from '../oneroster/report.ts'
import { sourceName, sourceSays } from '../schools/input.ts'
import type { Values } from './command.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { withDatabase } from './database.ts'
import { complain, onOneLine, progressLine, say, write } from './terminal.ts'

const options = {
  'dry-run': { type: 'boolean', help: 'say what would change, and change nothing' },
  'skip-invalid': { type: 'boolean', help: 'leave rejected rows out, instead of stopping because of them' },
  'accept-shrink': { type: 'boolean', help: 'bring in a complete bundle that has far fewer rows than the last one' },
  least: {
    type: 'string',
    help: 'in percent: fewer rows of a school and file than last time stop the import; 80 by default',
  },
  'end-missing': {
    type: 'boolean',
    help: 'end enrollments that complete files of their source no longer have; say --dry-run first',
  },
  'time-zone': { type: 'string', help: 'of new schools, such as Europe/London; this machine’s by default' },
  locale: { type: 'string', help: 'of new schools, such as en-GB; en by default' },
  dates: { type: 'string', help: 'mdy or dmy: which comes first in 6/5/2010, where no row of its column tells' },
  source: { type: 'string', help: 'the system whose ids the bundle carries; the manifest’s system code by default' },
  json: { type: 'boolean', help: 'print one JSON object' },
} as const
type Given = Values<typeof options>

function settings(given: Given) {
  const zone = timeZone.safeParse(given['time-zone'] ?? Intl.DateTimeFormat().resolvedOptions().timeZone)
  if (!zone.success) throw new UsageError('--time-zone takes an IANA name, such as Europe/London')
  const language = locale.safeParse(given.locale ?? 'en')
  if (!language.success) throw new UsageError('--locale takes a language tag, such as en-GB')
  if (given.least !== undefined && !/^(\d{1,2}|100)$/.test(given.least))
    throw new UsageError('--least takes a percentage from 0 to 100, such as 80')
  const dates = dateOrders.find((order) => order === given.dates?.toLowerCase())
  if (given.dates !== undefined && !dates)
    throw new UsageError('--dates takes mdy where the month comes first, dmy where the day does')
  const source = given.source === undefined ? undefined : sourceName.safeParse(given.source)
  if (source?.success === false) throw new UsageError(sourceSays)
  return {
    timeZone: zone.data,
    locale: language.data,
    source: source?.data,
    acceptShrink: given['accept-shrink'] ?? false,
    endMissing: given['end-missing'] ?? false,
    dates,
    ...(given.least !== undefined && { least: Number(given.least) }),
  }
}

function printFindings(title: string, { total, shown }: Findings, print: (text: string) => void): void {
  if (!total) return
  print(`${title}: ${total}`)
  for (const finding of shown) print(`  ${onOneLine(findingText(finding))}`)
  const told = shown.reduce((sum, { more = 0 }) => sum + 1 + more, 0)
  if (total > told) print(`  … and ${total - told} more`)
}

const kinds = {
  school: 'schools',
  academicSession: 'sessions',
  course: 'courses',
  room: 'rooms',
  student: 'students',
  instructor: 'instructors',
  guardian: 'guardians',
  studentGuardian: 'links',
  class: 'classes',
  classTerm: 'class terms',
  classInstructor: 'assignments',
  enrollment: 'enrollments',
} as const satisfies Record<keyof ImportResult['totals'], string>

function totalsTable({ totals }: ImportResult): string {
  const columns = ['new', 'changed', 'same', 'archived'] as const
  const line = (cells: readonly (string | number)[]) =>
    cells.map((cell, index) => (index ? String(cell).padStart(9) : String(cell).padEnd(12))).join(' ')
  const rows = (Object.keys(kinds) as (keyof typeof kinds)[])
    .filter((kind) => columns.some((column) => totals[kind][column]))
    .map((kind) => line([kinds[kind], ...columns.map((column) => totals[kind][column])]))
  return [line(['', ...columns]), ...rows].join('\n')
}

const counted = (count: number, kind: MissingKind) => `${count} ${count === 1 ? kinds[kind].slice(0, -1) : kinds[kind]}`

function printMissing({ missing, ended, isApplied }: ImportResult, given: Given): void {
  if (!missing.length) return
  say(`In the register and not in this bundle: ${missing.map(({ count, kind }) => counted(count, kind)).join(', ')}`)
  for (const { kind, count, first } of missing) {
    const more = count > first.length ? ` and ${count - first.length} more` : ''
    say(onOneLine(`  ${kinds[kind]}: ${first.join(', ')}${more}`))
  }
  if (given['end-missing']) say(`Enrollments and assignments that ${isApplied ? 'ended' : 'would end'}: ${ended}`)
  else if (missing.some(({ kind }) => isMembership(kind)))
    say('They stay as they are. --end-missing --dry-run says which enrollments would end.')
}

const isMembership = (kind: MissingKind) => kind === 'enrollment' || kind === 'classInstructor'

const shrunkText = ({ school, file, rows, before, isOfRegister }: ImportResult['shrunk'][number]) =>
  isOfRegister
    ? `Of ${before} open enrollments and assignments of ${school}, ${rows} would be left`
    : `${file}.csv keeps ${rows} rows of ${school}; the last complete bundle had ${before}`

function printResult(result: ImportResult, given: Given): void {
  const { notes, rejected, warnings } = result
  printFindings('Warnings', warnings, complain)
  for (const note of notes) complain(onOneLine(note))
  for (const one of result.shrunk) complain(onOneLine(shrunkText(one)))
  printFindings(given['skip-invalid'] ? 'Rows left out' : 'Rejected rows', rejected, complain)
  say(totalsTable(result))
  printMissing(result, given)
  say(onOneLine(`Source: ${result.source}`))
  const origin = readConfig().publicUrl ?? ''
  for (const { name, slug } of result.schools)
    say(onOneLine(slug ? `${name}: ${origin}/${slug}/students` : `${name}: new`))
  if (result.isApplied) return
  if (given['dry-run']) say('A dry run: nothing was changed.')
  else sayWhyStopped(result, given)
}

function sayWhyStopped({ rejected, shrunk }: ImportResult, given: Given): void {
  if (rejected.total && !given['skip-invalid'])
    complain('Nothing was changed. Mend the rejected rows, or leave them out with --skip-invalid.')
  if (shrunk.length && !given['accept-shrink'])
    complain('Nothing was changed. Export the bundle again, or say --accept-shrink if so few rows are right.')
}

/** The object begins with them, one by one, and goes on with the counts. */
async function sayMissing(records: Iterable<MissingRecord>): Promise<void> {
  let separator = '{"missingRecords":['
  for (const record of records) {
    await write(`${separator}${JSON.stringify(record)}`)
    separator = ','
  }
  await write(separator === ',' ? '],' : `${separator}],`)
}

async function run(given: Given, path: string): Promise<number> {
  const progress = progressLine()
  const asked = {
    ...settings(given),
    dryRun: given['dry-run'] ?? false,
    skipInvalid: given['skip-invalid'] ?? false,
    progress: progress.show,
    ...(given.json && { listMissing: sayMissing }),
  }
  const result = await withDatabase((db) => importBundle(db, path, asked))
    .catch((error) => {
      if (error instanceof BundleError) {
        for (const note of error.notes) complain(onOneLine(note))
        throw new CommandError(onOneLine(`${error.message}. Nothing was changed`))
      }
      if (error instanceof UnavailableError)
        throw new CommandError(
          error.trouble === 'unsure'
            ? `${error.message}: run the import again; what is there already stays as it is`
            : `${error.message}. Nothing was changed: run the import again`,
        )
      throw error
    })
    .finally(progress.clear)
  if (given.json) say(JSON.stringify(result).replace('{', ''))
  else printResult(result, given)
  const isStopped = (result.rejected.total && !asked.skipInvalid) || (result.shrunk.length && !asked.acceptShrink)
  return isStopped ? 1 : 0
}

export const command = defineCommand({
  summary: 'bring in a OneRoster bundle: schools, people, classes',
  usage: 'import <folder or zip> [--dry-run] [--skip-invalid] [--source <system>]',
  options,
  positionals: 1,
  async run(given, [path]) {
    if (!path) throw new UsageError('Name the folder or zip with the OneRoster files')
    return run(given, path)
  },
})

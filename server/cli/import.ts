import { basename } from 'node:path'
import type { Database } from '../../db/database.ts'
import { UnavailableError } from '../../db/errors.ts'
import { tellOutcome } from '../imports/outcomes.ts'
import type { ImportOptions, ImportResult } from '../oneroster/import.ts'
import { importBundle } from '../oneroster/import.ts'
import { dateOrders } from '../oneroster/read/dates.ts'
import { BundleError } from '../oneroster/report.ts'
import { locale, sourceName, sourceSays, timeZone } from '../schools/input.ts'
import type { Values } from './command.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { lookingAt, withDatabase } from './database.ts'
import { printResult, sayMissing } from './import-result.ts'
import { watchFolder } from './import-watch.ts'
import { complain, onOneLine, progressLine, say } from './terminal.ts'

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
  json: { type: 'boolean', help: 'print one JSON object; with --watch one a line for each bundle' },
  watch: { type: 'boolean', help: 'bring in each bundle that arrives in the folder, until a signal ends it' },
  settle: {
    type: 'string',
    help: 'with --watch: in seconds, how long nothing of a bundle may have changed; 60 by default',
  },
} as const
export type Given = Values<typeof options>

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
    dryRun: given['dry-run'] ?? false,
    skipInvalid: given['skip-invalid'] ?? false,
    source: source?.data,
    acceptShrink: given['accept-shrink'] ?? false,
    endMissing: given['end-missing'] ?? false,
    dates,
    ...(given.least !== undefined && { least: Number(given.least) }),
  }
}

/** People who see no terminal hear that a failure of the night is mended. */
async function bringIn(db: Database, path: string, asked: ImportOptions): Promise<ImportResult> {
  const result = await importBundle(db, path, asked)
  const { source, rejected, warnings } = result
  if (result.isApplied)
    await tellOutcome(db, { source, name: basename(path), at: new Date(), found: { rejected, warnings } })
  return result
}

async function run(given: Given, path: string): Promise<number> {
  const progress = progressLine()
  const asked = {
    ...settings(given),
    progress: progress.show,
    ...(given.json && { listMissing: sayMissing }),
  }
  const result = await (asked.dryRun ? lookingAt : withDatabase)((db) => bringIn(db, path, asked))
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
  usage: 'import <folder or zip> [--dry-run] [--skip-invalid] [--source <system>], or import --watch <folder>',
  options,
  positionals: 1,
  async run(given, [path]) {
    if (!path) throw new UsageError('Name the folder or zip with the OneRoster files')
    if (!given.watch && given.settle !== undefined) throw new UsageError('--settle belongs to --watch')
    return given.watch ? watchFolder(given, path, settings(given)) : run(given, path)
  },
})

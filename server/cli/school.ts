import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Database } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { schools } from '../../db/schema/index.ts'
import { canonical, sha256 } from '../canonical.ts'
import { domainError } from '../errors.ts'
import { words } from '../input.ts'
import { locale, sourceName, sourceSays, timeZone } from '../schools/input.ts'
import type { SchoolSettings } from '../schools/update.ts'
import { setSchool } from '../schools/update.ts'
import type { Values } from './command.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { withRegister } from './database.ts'
import { exportSchoolTo, importSchoolFrom } from './school-files.ts'
import { say } from './terminal.ts'

/** `init` and `school set` refuse the same values with the same sentences. */
export const schoolChecks = {
  school: [words(200), 'The name of the school must have 1 to 200 characters'],
  'time-zone': [timeZone, 'The time zone must be an IANA name, such as Europe/London'],
  locale: [locale, 'The locale must be a language tag, such as en-GB'],
  source: [sourceName, sourceSays],
} as const satisfies Record<string, readonly [z.ZodType, string]>

function checked(field: keyof typeof schoolChecks, value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const [schema, says] = schoolChecks[field]
  const { success, data } = schema.safeParse(value)
  if (!success) throw new CommandError(says)
  return data
}

async function setNamed(db: Database, slug: string, settings: SchoolSettings) {
  const [school] = await db.select().from(schools).where(eq(schools.slug, slug))
  if (!school) throw new CommandError(`There is no school ${JSON.stringify(slug)}`)
  const inputHash = sha256(canonical({ slug, ...settings }))
  const operation = { id: newId(), procedure: 'schools.update', inputHash, way: 'cli' } as const
  const actor = { userId: null, role: 'administrator', instructorId: null } as const
  const row = await setSchool({ db, school, actor, now: new Date(), operation }, settings).catch((error) => {
    throw domainError(error) ?? error
  })
  return { school: slug, name: row?.name, timeZone: row?.timeZone, locale: row?.locale, source: row?.source ?? null }
}

const options = {
  name: { type: 'string', help: 'set: what the school is called; its address stays' },
  'time-zone': { type: 'string', help: 'set: where its days begin and end, such as Europe/London' },
  locale: { type: 'string', help: 'set: how dates and numbers are written, such as en-GB' },
  source: {
    type: 'string',
    help: 'set: the system whose ids its records carry, where imports look for it from now on',
  },
  as: { type: 'string', help: 'import: the first part of its address here, where the one it had is taken' },
  json: { type: 'boolean', help: 'answer as JSON' },
} as const
type Given = Values<typeof options>

function refuseOthers(given: Given, own: readonly (keyof Given)[], verb: string): void {
  const other = (Object.keys(given) as (keyof Given)[]).find((name) => name !== 'json' && !own.includes(name))
  if (other) throw new UsageError(`--${other} does not belong to "school ${verb}"`)
}

async function set(given: Given, [slug]: string[]): Promise<number> {
  const { name, 'time-zone': zone, locale: tag, source, json } = given
  if (!slug) throw new UsageError('Say "school set" and the first part of its address, such as northgate')
  refuseOthers(given, ['name', 'time-zone', 'locale', 'source'], 'set')
  const settings = {
    name: checked('school', name),
    timeZone: checked('time-zone', zone),
    locale: checked('locale', tag),
    source: checked('source', source),
  }
  if (Object.values(settings).every((value) => value === undefined))
    throw new UsageError('Say what to change: --name, --time-zone, --locale or --source')
  const is = await withRegister((db) => setNamed(db, slug, settings))
  const from = is.source === null ? '' : `, source ${is.source}`
  say(json ? JSON.stringify(is) : `${is.school}: ${is.name}, time zone ${is.timeZone}, locale ${is.locale}${from}`)
  return 0
}

async function exportTo(given: Given, [named, file]: string[]): Promise<number> {
  if (!named || !file) throw new UsageError('Say "school export", the first part of its address or its id, and a file')
  refuseOthers(given, [], 'export')
  return exportSchoolTo(named, file, given.json ?? false)
}

async function importFrom(given: Given, [file, ...others]: string[]): Promise<number> {
  if (!file || others.length) throw new UsageError('Say "school import" and the file of a school')
  refuseOthers(given, ['as'], 'import')
  return importSchoolFrom(file, given.as, given.json ?? false)
}

const verbs: Record<string, (given: Given, rest: string[]) => Promise<number>> = {
  set,
  export: exportTo,
  import: importFrom,
}

export const command = defineCommand({
  summary:
    'Changes the settings of a school, writes it into a file with all its records and history, or brings such a file in',
  usage: `school set <name in its address> [--name <name>] [--time-zone <zone>] [--locale <tag>] [--source <system>] [--json]
       homeroom school export <name in its address, or id> <file.zip> [--json]
       homeroom school import <file.zip> [--as <name in its address>] [--json]`,
  options,
  positionals: 3,
  async run(given, [what = '', ...rest]) {
    const verb = Object.hasOwn(verbs, what) ? verbs[what] : undefined
    if (!verb) throw new UsageError('Say "school set", "school export" or "school import"')
    return verb(given, rest)
  },
})

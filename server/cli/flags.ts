import { inArray } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { schools, users } from '../../db/schema/index.ts'
import { roles } from '../../db/values.ts'
import { canonical, sha256 } from '../canonical.ts'
import type { SetFlagInput } from '../flags/input.ts'
import { setFlagInput } from '../flags/input.ts'
import type { ListedFlag } from '../flags/list.ts'
import { listFlags, settledAfter } from '../flags/list.ts'
import { flagKeys, isFlagKey, overdue, overdueSentence } from '../flags/registry.ts'
import { changeFlag } from '../flags/set.ts'
import { askedFor, becomes, isSource, usesOf } from '../flags/uses.ts'
import type { Values } from './command.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { lookingAt, withRegister } from './database.ts'
import { say } from './terminal.ts'

const options = {
  off: { type: 'boolean', help: 'set: off for everybody at once; the rules are kept' },
  on: { type: 'boolean', help: 'set: on for everybody' },
  default: { type: 'boolean', help: 'set: what the code says, as before anybody changed it' },
  percent: { type: 'string', help: 'set: on for this part of the people, or schools, 0 to 100' },
  people: { type: 'string', multiple: true, help: 'set: and for these e-mail addresses; "" for none' },
  roles: { type: 'string', multiple: true, help: `set: and for ${roles.join(', ')}; "" for none` },
  schools: {
    type: 'string',
    multiple: true,
    help: 'set: and for these schools, by the first part of their address; "" for none',
  },
  owners: { type: 'string', help: 'set: and for the owners of the register: yes or no' },
  from: { type: 'string', help: 'set: not before this moment, such as 2026-12-10T08:00:00Z; "" at once' },
  as: { type: 'string', help: 'remove: which side stays, on or off; on by default' },
  date: { type: 'string', help: 'stale: judged on this day, such as 2027-11-30; today by default' },
  json: { type: 'boolean', help: 'answer as JSON' },
} as const
type Given = Values<typeof options>

const listOf = (given: readonly string[] | undefined) =>
  given
    ?.flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter(Boolean)

async function peopleOf(db: Database, addresses: readonly string[]): Promise<string[]> {
  const wanted = addresses.map((address) => address.toLowerCase())
  const rows = wanted.length
    ? await db.select({ id: users.id, email: users.email }).from(users).where(inArray(users.email, wanted))
    : []
  const missing = wanted.find((address) => !rows.some(({ email }) => email === address))
  if (missing) throw new CommandError(`Nobody signs in as ${missing}: check the address`)
  return rows.map(({ id }) => id)
}

async function schoolsOf(db: Database, slugs: readonly string[]): Promise<number[]> {
  const rows = slugs.length
    ? await db
        .select({ id: schools.id, slug: schools.slug })
        .from(schools)
        .where(inArray(schools.slug, [...slugs]))
    : []
  const missing = slugs.find((slug) => !rows.some((row) => row.slug === slug))
  if (missing) throw new CommandError(`There is no school ${JSON.stringify(missing)}`)
  return rows.map(({ id }) => id)
}

type Change = Omit<SetFlagInput, 'key' | 'version'>
function modeOf({ off, on, default: isDefault, ...rest }: Given): Change {
  const said = [off, on, isDefault].filter(Boolean).length
  const rules = (['percent', 'people', 'roles', 'schools', 'owners', 'from'] as const).filter(
    (name) => rest[name] !== undefined,
  )
  if (said + Number(rules.length > 0) !== 1)
    throw new UsageError(
      'Say one of --off, --on and --default, or rules: --percent, --people, --roles, --schools, --owners, --from',
    )
  if (off) return { mode: 'off' }
  if (on) return { mode: 'rules', percent: 100, fromAt: null }
  return isDefault ? { mode: 'default' } : { mode: 'rules' }
}

function yesOrNo(text: string): boolean {
  if (text !== 'yes' && text !== 'no') throw new UsageError('--owners takes yes or no')
  return text === 'yes'
}

async function changeOf(db: Database, given: Given): Promise<Change> {
  const { percent, from, owners } = given
  const [people, named, ofSchools] = [listOf(given.people), listOf(given.roles), listOf(given.schools)]
  return {
    ...modeOf(given),
    ...(percent !== undefined && { percent: percent.trim() === '' ? Number.NaN : Number(percent) }),
    ...(people && { people: await peopleOf(db, people) }),
    ...(named && { roles: named as Change['roles'] }),
    ...(ofSchools && { schools: await schoolsOf(db, ofSchools) }),
    ...(owners !== undefined && { includesOwners: yesOrNo(owners) }),
    ...(from !== undefined && { fromAt: from || null }),
  }
}

const takes: Record<string, string> = {
  percent: '--percent takes a whole number from 0 to 100',
  roles: `--roles takes ${roles.join(', ')}`,
  fromAt: '--from takes a moment with its zone, such as 2026-12-10T08:00:00Z',
  people: '--people takes at most 50 addresses',
  schools: '--schools takes at most 200 schools',
}

function whom({ per, percent, people, roles: named, schools: of, includesOwners, fromAt }: ListedFlag): string {
  const parts = [
    ...(percent === 100
      ? ['everybody']
      : percent > 0
        ? [`${percent} % of ${per === 'school' ? 'the schools' : 'the people'}`]
        : []),
    ...(includesOwners ? ['owners of the register'] : []),
    ...named.map((role) => `every ${role}`),
    ...of.map(({ slug }) => `the school ${slug}`),
    ...people.map(({ email }) => email),
  ]
  return `on for ${parts.join(', ') || 'nobody'}${fromAt ? `, from ${fromAt}` : ''}`
}

function served(flag: ListedFlag): string {
  if (flag.mode === 'off') return 'off for everybody'
  if (flag.mode === 'default') return `${flag.isOnByDefault ? 'on' : 'off'} for everybody, by default`
  return whom(flag)
}

const sentenceOf = (flag: ListedFlag): string =>
  [
    `${flag.key} (${flag.kind}${flag.expires ? `, expires ${flag.expires}` : ''}): ${served(flag)}`,
    ...(flag.changedAt ? [`  changed ${flag.changedAt} by ${flag.changedBy ?? 'the command line or the guard'}`] : []),
    `  ${flag.does}`,
  ].join('\n')

const readAll = () => lookingAt((db) => db.snapshot((tx) => listFlags(tx, new Date())))

async function list({ json }: Given): Promise<number> {
  const found = await readAll()
  say(json ? JSON.stringify(found) : found.map(sentenceOf).join('\n'))
  return 0
}

function requireKey(key: string | undefined): asserts key is string {
  if (!key) throw new UsageError(`Say which flag: ${flagKeys.join(', ')}`)
  if (!isFlagKey(key))
    throw new CommandError(`There is no flag ${JSON.stringify(key)}. There are ${flagKeys.join(', ')}`)
}

async function set(given: Given, key: string | undefined): Promise<number> {
  requireKey(key)
  modeOf(given)
  const now = await withRegister(async (db) => {
    const change = await changeOf(db, given)
    const { success, error } = setFlagInput.safeParse({ key, version: 0, ...change })
    if (!success) throw new UsageError(takes[String(error.issues[0]?.path[0])] ?? 'The flag takes none of this')
    const inputHash = sha256(canonical({ key, ...change }))
    const operation = {
      id: newId(),
      procedure: 'flags.set',
      inputHash,
      way: 'cli' as const,
      actorId: null,
      at: new Date(),
    }
    await changeFlag(db, operation, { key, ...change })
    return (await listFlags(db, new Date())).find((flag) => flag.key === key)
  })
  if (now) say(given.json ? JSON.stringify(now) : sentenceOf(now))
  return 0
}

async function stale({ json, date }: Given): Promise<number> {
  const on = date ?? new Date().toISOString().slice(0, 10)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(on)) throw new UsageError('--date takes a day, such as 2027-11-30')
  const late = overdue(on).map(overdueSentence)
  const settled = (await readAll()).filter(({ isToBeRemoved }) => isToBeRemoved).map(({ key }) => key)
  const asked = isSource(process.cwd()) ? askedFor(process.cwd()) : undefined
  const unasked = asked ? flagKeys.filter((key) => !asked.has(key)) : []
  const sentences = [
    ...late,
    ...settled.map(
      (key) =>
        `${key} is to be removed: everybody has had it for ${settledAfter} days. homeroom flags remove ${key} tells what to take out`,
    ),
    ...unasked.map((key) => `${key} is registered, and nothing asks for it`),
  ]
  if (json) say(JSON.stringify({ on, overdue: late, toBeRemoved: settled, unreferenced: unasked }))
  else say(sentences.join('\n') || `No flag is stale on ${on}`)
  return sentences.length ? 1 : 0
}

function remove({ as = 'on', json }: Given, key: string | undefined): number {
  requireKey(key)
  if (as !== 'on' && as !== 'off') throw new UsageError('--as takes on or off: the side that stays')
  const root = process.cwd()
  if (!isSource(root)) throw new CommandError('The source is not here. Run this in a checkout of Homeroom')
  const places = usesOf(root, key).map((use) => ({ ...use, becomes: becomes(use, key, as === 'on') }))
  if (json) say(JSON.stringify(places))
  else for (const { file, line, text, becomes: then } of places) say(`${file}:${line}  ${text}\n  ${then}`)
  return 0
}

const own: Record<string, readonly (keyof Given)[]> = {
  list: [],
  set: ['off', 'on', 'default', 'percent', 'people', 'roles', 'schools', 'owners', 'from'],
  stale: ['date'],
  remove: ['as'],
}
const verbs: Record<string, (given: Given, key: string | undefined) => Promise<number> | number> = {
  list,
  set,
  stale,
  remove,
}

export const command = defineCommand({
  summary: 'Lists the flags, changes what one serves, tells which are to go, and where the source names one',
  usage: `flags list [--json]
       homeroom flags set <flag> --off | --on | --default | [--percent <n>] [--people <addresses>] [--roles <roles>]
         [--schools <names>] [--owners yes|no] [--from <moment>] [--json]
       homeroom flags stale [--date <day>] [--json]
       homeroom flags remove <flag> [--as on|off] [--json]`,
  options,
  positionals: 2,
  async run(given, [what = '', key]) {
    const verb = Object.hasOwn(verbs, what) ? verbs[what] : undefined
    if (!verb) throw new UsageError('Say "flags list", "flags set", "flags stale" or "flags remove"')
    const other = (Object.keys(given) as (keyof Given)[]).find((name) => name !== 'json' && !own[what]?.includes(name))
    if (other) throw new UsageError(`--${other} does not belong to "flags ${what}"`)
    if (key && (what === 'list' || what === 'stale')) throw new UsageError(`"flags ${what}" takes no flag`)
    return verb(given, key)
  },
})

/**
 * What each procedure asks the database and how much it sends, in a school with hundreds of records, against the table in this
 * folder. The table is changed by hand alone, for a reason that the commit says: the message shows the new line.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { memberships, operations } from '../../../db/schema/index.ts'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import { onPostgres } from '../../db/outsider.ts'
import { addImport } from '../../setup/imports.ts'
import { addMarked, makeMarkedSchools } from '../../setup/marked-school.ts'
import { caller, db, requestOf } from '../../setup/people.ts'
import { inputOf, leastInput, procedures } from '../../setup/sample-input.ts'
import { shortOf, statementsOf, watchStatements } from '../../setup/statements.ts'
import type { Made, Say } from '../../setup/valid-writes.ts'
import { validWrites } from '../../setup/valid-writes.ts'

const table = `budgets.${onPostgres ? 'postgresql' : 'sqlite'}.txt`
/** Ids and names are not the same in each run. */
const band = 0.1

interface Spent {
  statements: string[]
  trips: number
  bytes: number
}
const spent = new Map<string, Spent>()

type Procedures = Record<string, Record<string, (input: unknown) => Promise<unknown>>>
/** In a process that has kept nothing yet. */
function ask(path: string, input: unknown, person: Person | null, school: School, key = newId()) {
  const [feature = '', verb = ''] = path.split('.')
  const request = requestOf(person, school, { key, db: Object.create(db) })
  return (caller(request) as unknown as Procedures)[feature]?.[verb]?.(input)
}

async function note(path: string, work: () => Promise<unknown> | undefined): Promise<unknown> {
  const { statements, trips, answer } = await statementsOf(async () => work())
  const bytes = answer.status === 'fulfilled' ? JSON.stringify(answer.value ?? null).length : 0
  spent.set(path, { statements, trips, bytes })
  if (answer.status === 'rejected') throw answer.reason
  return answer.value
}

const queries = procedures.filter(([, { _def }]) => _def.type === 'query')
const writes = Object.keys(validWrites).filter((path) => procedures.some(([name]) => name === path))

const oneOf = async (table: typeof memberships | typeof operations, school: School) =>
  (
    await db
      .select({ id: table.id })
      .from(table as typeof operations)
      .where(eq(table.schoolId, school.id))
      .orderBy(asc(table.id))
      .limit(1)
  )[0]?.id

async function askAll(school: School, person: Person, made: readonly Made[]): Promise<void> {
  const [first] = made
  const known: Record<string, unknown> = {
    ...first,
    entityId: first?.studentId,
    intoId: made[1]?.studentId,
    importId: await addImport(school.id, person.userId),
    memberId: await oneOf(memberships, school),
    operationId: await oneOf(operations, school),
  }
  for (const [path, procedure] of queries) {
    const own = `${path.split('.')[0]?.replace(/(class)es$|s$/, '$1')}Id`
    const schema = inputOf(procedure)
    const input = schema && leastInput(schema, (field) => known[field === 'id' ? own : field] ?? first?.studentId)
    await note(path, () => ask(path, input, person, school)).catch(() => undefined)
  }
  for (const [index, path] of writes.entries()) {
    const say =
      (who: Person | null): Say =>
      async <T>(asked: string, input?: unknown, key?: string) => {
        const call = () => ask(asked, input, who, school, key)
        return (await (asked === path ? note(path, call) : call())) as T
      }
    const one = made[index] as Made
    const isOwn = procedures.find(([name]) => name === path)?.[1]._def.meta?.permission === 'signedIn'
    const who = isOwn ? one.member.person : person
    await validWrites[path]?.({
      made: one,
      userId: who.userId,
      asks: say(who),
      office: say(person),
      visitor: say(null),
    })
  }
}

beforeAll(async () => {
  const { home, viewers } = await makeMarkedSchools()
  const office = viewers.find(({ school, name }) => school === home.name && name === 'administrator')
  if (!office) throw new Error('the marked school has no administrator')
  const made = await addMarked(
    home,
    writes.map(() => office),
  )
  const stop = watchStatements()
  await askAll(home, office.person, made).finally(stop)
})
afterAll(() => db.close())

/** Each statement once, with how often it is sent. */
function counted(statements: readonly string[]): string {
  const times = new Map<string, number>()
  for (const statement of statements) times.set(shortOf(statement), (times.get(shortOf(statement)) ?? 0) + 1)
  return [...times]
    .toSorted()
    .map(([short, count]) => (count > 1 ? `${count} ${short}` : short))
    .join(', ')
}
const lineOf = (path: string, { statements, trips, bytes }: Spent) =>
  `${path} | ${statements.length} | ${trips} | ${bytes} | ${counted(statements)}`

interface Budget {
  trips: number
  bytes: number
  statements: string
  line: string
}
function budgetOf(line: string): [path: string, budget: Budget] {
  const [path = '', , trips, bytes, statements = ''] = line.split(' | ')
  return [path, { trips: Number(trips), bytes: Number(bytes), statements, line }]
}
const isWithin = (found: Spent, { trips, bytes, statements }: Budget) =>
  statements === counted(found.statements) &&
  trips === found.trips &&
  Math.abs(found.bytes - bytes) <= Math.max(20, band * bytes)

function told(path: string, found: Spent, budget: Budget | undefined): string[] {
  const known = new Set(budget?.statements.split(', ').map((one) => one.replace(/^\d+ /, '')))
  const added = found.statements.filter((statement) => !known.has(shortOf(statement)))
  return [`is   ${lineOf(path, found)}`, `was  ${budget?.line}`, ...added.map((statement) => `new  ${statement}`)]
}

test('every procedure asks the database what its line says, in as many round trips, and sends as much', () => {
  const lines = readFileSync(join(import.meta.dirname, table), 'utf8')
    .trim()
    .split('\n')
  const budgets = new Map(lines.map(budgetOf))
  const others = [...spent].flatMap(([path, found]) => {
    const budget = budgets.get(path)
    return budget && isWithin(found, budget) ? [] : told(path, found, budget)
  })
  expect(others.join('\n'), `mend the procedure, or change its line in ${table} and say why`).toBe('')
  expect(
    [...budgets.keys()].filter((path) => !spent.has(path)),
    `take these lines out of ${table}`,
  ).toEqual([])
})

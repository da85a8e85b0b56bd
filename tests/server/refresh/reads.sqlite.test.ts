/**
 * Whether client/refresh/reads.ts says of each query which kinds of record the server reads for it: all queries are asked,
 * as every role and with many inputs, and the tables in their statements are noted. One database tells it for both.
 */
import { afterAll, expect, test } from 'vitest'
import type { QueryName } from '../../../client/refresh/reads.ts'
import { reads, readsOthers } from '../../../client/refresh/reads.ts'
import { schools } from '../../../db/schema/index.ts'
import { Sqlite } from '../../../db/sqlite-driver.ts'
import { journalEntities } from '../../../db/values.ts'
import { inputVariants } from '../../setup/input-variants.ts'
import { entities, marks, rows } from '../../setup/marked-rows.ts'
import { makeMarkedSchools } from '../../setup/marked-school.ts'
import { caller, db, requestOf } from '../../setup/people.ts'
import { inputOf, procedures } from '../../setup/sample-input.ts'

interface Statement {
  source: string
}
type Run = (this: Statement, ...given: unknown[]) => unknown
const ways = ['all', 'get', 'iterate', 'raw'] as const
const statements: Record<(typeof ways)[number], Run> = Object.getPrototypeOf(new Sqlite(':memory:').prepare('select 1'))
const original = { ...statements }
const sources = new Set<string>()
for (const way of ways) {
  original[way] = statements[way]
  statements[way] = function (...given) {
    sources.add(this.source)
    return original[way].apply(this, given)
  }
}
afterAll(async () => {
  Object.assign(statements, original)
  await db.close()
})

/** The journal is about every kind of record. */
function kindsRead(): string[] {
  const tables = [...sources].flatMap((source) =>
    [...source.matchAll(/(?:from|join) "?(\w+)"?/gi)].map(([, table]) => table),
  )
  if (tables.includes('operations')) return ['every']
  return [...new Set(tables.flatMap((table) => entities[table ?? ''] ?? []))].toSorted()
}

/** Whether one statement reads the table twice, as for the title of a term's year. */
const joinsItself = (own: string): boolean =>
  [...sources].some(
    (source) => [...source.matchAll(/(?:from|join) "?(\w+)"?/gi)].filter(([, of]) => of === own).length > 1,
  )

const tableOf: Record<string, string> = {
  academicSessionId: 'academic_sessions',
  classId: 'classes',
  courseId: 'courses',
  departmentId: 'departments',
  guardianId: 'guardians',
  instructorId: 'instructors',
  intoId: 'students',
  operationId: 'operations',
  programId: 'programs',
  roomId: 'rooms',
  studentId: 'students',
  studentIds: 'students',
}
const ownTable = (feature: string) =>
  feature === 'members' ? 'memberships' : feature.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const idsAtMost = 5

function inputsOf(path: string, procedure: Parameters<typeof inputOf>[0], school: string): unknown[] {
  const here = rows.filter((row) => row.school === school && row.table !== 'schools')
  const named = here.flatMap(({ table, id }) => (entities[table] ? [{ entity: entities[table], id }] : []))
  if (path === 'journal.ofRecord') return named
  if (path === 'meetings.week') return named.map(({ entity, id }) => ({ of: entity, id, day: '2026-11-20' }))
  const [feature = '', verb] = path.split('.')
  const own = ownTable(feature)
  const rank = ({ table, place }: (typeof rows)[number]) => Number(table === own) * 2 + Number(place === 'mine')
  const ranked = here.toSorted((a, b) => rank(b) - rank(a))
  // It reads on only where a text is a record's own.
  const called = verb === 'alike' ? marks.filter((one) => one.school === school && one.table === own) : []
  return inputVariants(inputOf(procedure), {
    texts: ['', 'qz', ...called.map(({ text }) => text)],
    ids: (field) =>
      ranked
        .filter(({ table }) => (tableOf[field] ?? table) === table)
        .map(({ id }) => id)
        .slice(0, idsAtMost),
  })
}

test('the map of what shows what names the kinds that the server reads for each query', async () => {
  const { home, viewers } = await makeMarkedSchools()
  await db.transaction(home.id, async (tx) => void (await tx.update(schools).set({ studentNumberPattern: 'S#' })))
  const here = viewers.filter(({ school }) => school === home.name)
  const office = here.find(({ role }) => role === 'registrar')
  const twin = { givenName: 'Ada', familyName: 'Twin' }
  for (const _ of ['one', 'other']) await caller(requestOf(office?.person ?? null, home)).students.create(twin)
  const found: Record<string, string[]> = {}
  const withOthers: string[] = []
  for (const [path, procedure] of procedures.filter(([, { _def }]) => _def.type === 'query')) {
    const [feature = '', verb = ''] = path.split('.')
    sources.clear()
    for (const { person } of here)
      for (const input of inputsOf(path, procedure, home.name)) {
        // As a process that has kept nothing yet.
        const who = caller(requestOf(person, home, { db: Object.create(db) })) as unknown as Record<
          string,
          Record<string, (input: unknown) => unknown>
        >
        await Promise.resolve(who[feature]?.[verb]?.(input)).catch(() => undefined)
      }
    found[path] = kindsRead()
    if (verb === 'get' && joinsItself(ownTable(feature))) withOthers.push(path)
  }
  // Every session reads the school's row: which query shows its settings is said by hand.
  const said = Object.fromEntries(
    Object.keys(found).map((path) => {
      const kinds = reads[path as QueryName]
      return [path, kinds === 'every' ? ['every'] : kinds.filter((kind) => kind !== 'school').toSorted()]
    }),
  )
  expect(said, 'client/refresh/reads.ts is to name what the query reads').toEqual(found)
  expect(withOthers, 'client/refresh/reads.ts is to name what reads other records of its kind').toEqual(readsOthers)
})

test('every kind of record is shown by some query of its own', () => {
  const named = new Set(Object.values(reads).flat())
  expect(journalEntities.filter((entity) => !named.has(entity))).toEqual([])
})

/** From PostgreSQL by files into a SQLite file, by the command, and from there back. */
import '../../setup/as-owner.ts'

import { dirname, join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { ConstraintError } from '../../../db/errors.ts'
import { schools } from '../../../db/schema/index.ts'
import { verifyJournals } from '../../../server/journal/verify.ts'
import { kinds } from '../../../server/kinds.ts'
import { dataFiles } from '../../../server/school-files/tables.ts'
import type { SchoolRow } from '../../../server/schools/create.ts'
import { addRow, addSchool, schoolId } from '../../db/any-row.ts'
import { edges } from '../../db/edge-values.ts'
import { changeAccount, password } from '../../setup/accounts.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { homeroom } from '../../setup/server.ts'
import { exported, forget, imported, newFile, unpacked } from '../school-files/a-school.ts'

afterAll(() => db.close())

/** One column of each kind, or more, that has few rules of its own. */
const columns = [
  ['room', 'extra', 'json'],
  ['room', 'archivedAt', 'timestamp'],
  ['academicSession', 'schoolYear', 'integer'],
  ['guardian', 'middleName', 'text'],
  ['enrollment', 'note', 'text'],
  ['student', 'birthDate', 'date'],
  ['student', 'isCoop', 'boolean'],
  ['student', 'id', 'ref'],
  ['course', 'credits', 'money'],
  ['meeting', 'startTime', 'time'],
  ['meeting', 'endTime', 'time'],
] as const

/** Returns how many the schema takes. */
async function addEdges(): Promise<number> {
  let added = 0
  await db.transaction(noSchool, addSchool)
  for (const [entity, column, kind] of columns)
    for (const value of edges[kind] ?? []) {
      const table = kinds[entity].table as unknown as Parameters<typeof addRow>[1]
      const row = () => db.transaction(noSchool, (tx) => addRow(tx, table, { [column]: value }))
      const isAdded = await row().then(
        () => true,
        (error) => {
          if (error instanceof ConstraintError || error instanceof RangeError) return false
          throw error
        },
      )
      added += Number(isAdded)
    }
  return added
}

const sqlite = { DATABASE_URL: `file:${join(dirname(newFile()), 'other.db')}`, DATABASE_DIRECT_URL: '' }
const onSqlite = async (args: string[], input = '') => {
  const result = await homeroom(args, { env: sqlite, input })
  expect(result, result.output).toMatchObject({ code: 0 })
  return result.said
}

beforeAll(async () => {
  await changeAccount((await makePerson(await makeSchool('Elsewhere'), 'administrator')).userId, { isOwner: true })
})

test('a school goes from PostgreSQL to SQLite and back by files, and every line is the same', async () => {
  expect(await addEdges()).toBeGreaterThan(70)
  const [school] = await db.select().from(schools).where(eq(schools.id, schoolId))
  const registrar = await makePerson(school as SchoolRow, 'registrar')
  await as(registrar).students.create({ givenName: 'Zoë', familyName: 'Ångström 😀' })
  const [first, second] = [await exported('any'), newFile()]
  await onSqlite(['init', '--name', 'Ada Quill', '--email', 'ada@school.example'], password)
  const came = JSON.parse(await onSqlite(['school', 'import', first, '--json']))
  expect(came).toMatchObject({ school: 'any', invited: 1, head: expect.stringMatching(/^2:[0-9a-f]{64}$/) })
  const left = await onSqlite(['school', 'export', 'any', second])
  expect(left).toMatch(new RegExp(`^any: \\d+ rows in .*${second}, journal up to head \\d+:[0-9a-f]{64}\n`))
  await forget(schoolId, [registrar.userId])
  await imported(second)
  const files = await Promise.all([first, second, await exported('any')].map(unpacked))
  const lines = (text: Buffer | undefined) => String(text).split('\n').filter(Boolean)
  for (const name of dataFiles) {
    const [was, there, back] = files.map((one) => one.get(name))
    if (/^(operations|journal)/.test(name)) {
      expect(lines(there), name).toEqual(expect.arrayContaining(lines(was)))
      expect(lines(back), name).toEqual(expect.arrayContaining(lines(there)))
    } else if (!/^(accounts|memberships)/.test(name))
      expect([String(there), String(back)], name).toEqual([String(was), String(was)])
  }
  const [report] = await verifyJournals(db, 'any')
  expect(report).toMatchObject({
    broken: null,
    sealed: [{ head: came.head, formerId: schoolId }, { formerId: came.id }],
  })
})

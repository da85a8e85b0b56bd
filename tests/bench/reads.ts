/** What one database's reads and writes cost beside the bare driver. Run by bench.ts, once per database. */
import { asc, eq } from 'drizzle-orm'
import { newId } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import { programs, students } from '../../db/schema/index.ts'
import type { Context, School } from '../../server/context.ts'
import { createStudent } from '../../server/students/create.ts'
import { listStudentsInput } from '../../server/students/input.ts'
import { studentList } from '../../server/students/list.ts'
import { readStudent, studentRecord } from '../../server/students/read.ts'
import { bareDriver } from './bare.ts'
import { compare, line, measure } from './measure.ts'
import { schoolOf } from './students.ts'

const sizes = (process.argv[2] ?? '1000,25000,100000').split(',').map(Number)
const db = await open()
const bare = bareDriver()
const contextOf = (school: School): Context => ({
  db,
  school,
  actor: { userId: null, role: 'viewer', instructorId: null },
  now: new Date(),
})
const nobody = { instructorId: '00000000-0000-0000-0000-000000000000' }

/** What we do for a page, and its bare statement. */
function pageOf(ctx: Context, given: object) {
  const input = listStudentsInput.parse(given)
  const { query, values } = studentList.statement(ctx, input)
  return [() => studentList.page(ctx, input), bare.statement(query, values)] as const
}

/** The last row before the page at `share` of the list: where a keyset page begins. */
async function cursorAt(school: School, count: number, share: number) {
  const offset = Math.max(0, Math.floor(count * share) - 51)
  const [row] = await db
    .select({ name: students.sortName, id: students.id })
    .from(students)
    .where(eq(students.schoolId, school.id))
    .orderBy(asc(students.sortName), asc(students.id))
    .limit(1)
    .offset(offset)
  return row ? { key: '', ...row } : null
}

async function pages(school: School, count: number): Promise<number[]> {
  const ctx = contextOf(school)
  const taken: number[] = []
  for (const [name, share] of [
    ['first', 0],
    ['middle', 0.5],
    ['last', 1],
  ] as const) {
    const cursor = share ? await cursorAt(school, count, share) : null
    const result = await compare(`page of 50, ${name}, of ${count}`, ...pageOf(ctx, { cursor }), 50)
    console.log(line(result))
    taken.push(result.ours)
  }
  return taken
}

async function oneStudent(school: School, count: number): Promise<void> {
  const [row] = await db
    .select({ id: students.id })
    .from(students)
    .where(eq(students.schoolId, school.id))
    .limit(1)
    .offset(Math.floor(count / 2))
  const values = { ...nobody, schoolId: school.id, id: row?.id ?? '' }
  const statement = bare.statement(studentRecord.statement(db, 'all'), values)
  console.log(
    line(await compare(`get by id, of ${count}`, () => readStudent(db, contextOf(school), values.id), statement, 1000)),
  )
}

async function search(school: School, count: number): Promise<void> {
  const ctx = contextOf(school)
  const rare = await compare(`search "zimmer-99", of ${count}`, ...pageOf(ctx, { search: 'zimmer-99' }), 5, 5)
  console.log(line(rare))
  const none = await measure(() => studentList.page(ctx, listStudentsInput.parse({ search: 'nobody is called that' })))
  console.log(`${`search that finds nothing, of ${count}`.padEnd(44)} ${none.toFixed(3).padStart(9)} ms`)
}

/** Search, grade, status, program and the archived ones left out, all at once. */
async function fiveFilters(school: School, count: number): Promise<void> {
  const ctx = contextOf(school)
  const programId = newId()
  await db.transaction(school.id, async (tx) => {
    await tx.insert(programs).values({ schoolId: school.id, id: programId, name: 'Bench', type: 'other' })
    await tx.update(students).set({ programId }).where(eq(students.schoolId, school.id))
  })
  const input = { search: 'zimmer', gradeLevel: '09', status: 'active', programId } as const
  console.log(line(await compare(`list with five filters, of ${count}`, ...pageOf(ctx, input), 5, 5)))
}

async function creates(school: School): Promise<void> {
  const ctx = contextOf(school)
  let n = 0
  const create = () =>
    createStudent(
      { ...ctx, operation: { id: newId(), procedure: 'bench', inputHash: '', way: 'cli' } },
      { givenName: 'Bench', familyName: `Create ${n++}` },
    )
  const columns = '(school_id, id, given_name, family_name, sort_name, search_text)'
  const statement = process.env.DATABASE_URL?.startsWith('postgres')
    ? `insert into students ${columns} values ($1, $2, $3, $4, $5, $6)`
    : `insert into students ${columns} values (?, ?, ?, ?, ?, ?)`
  const insert = () => bare.run(statement, [school.id, newId(), 'Bench', `Bare ${n}`, `bare ${n}`, `bench bare ${n++}`])
  console.log(line(await compare('create, with journal / one bare insert', create, insert, 50)))
}

console.log(`${''.padEnd(44)} ${'ours'.padStart(12)} ${'bare driver'.padStart(12)} ${'ratio'.padStart(8)}`)
const firstPages = new Map<number, number>()
for (const size of sizes) {
  const school = await schoolOf(db, size)
  await db.optimize()
  await oneStudent(school, size)
  const [first = Number.NaN] = await pages(school, size)
  firstPages.set(size, first)
  await search(school, size)
  await fiveFilters(school, size)
  if (size === sizes[0]) await creates(school)
}
const [small = 0, large = 0] = [firstPages.get(sizes[0] ?? 0), firstPages.get(sizes.at(-1) ?? 0)]
console.log(`a first page of ${sizes.at(-1)} takes ${(large / small).toFixed(2)} times one of ${sizes[0]}`)
await bare.close()
await db.close()

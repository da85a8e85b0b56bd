/** Processor time of many students in one call, journal and all, beside bare inserts of the same rows. */
import { asc, eq, sql } from 'drizzle-orm'
import { noSchool, register } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import { memberships, students, users } from '../../db/schema/index.ts'
import { appRouter } from '../../server/router.ts'
import { createSchool } from '../../server/schools/create.ts'
import type { Person } from '../../server/trpc.ts'
import { createCallerFactory } from '../../server/trpc.ts'
import { bareDriver } from './bare.ts'

const db = await open()
const bare = bareDriver()
const rounds = Number(process.argv[2] ?? 30)

const { school } = await db.transaction(register, (tx) =>
  createSchool(tx, { name: 'Bench of many', timeZone: 'UTC', locale: 'en' }),
)
const userId = newId()
await db.transaction(noSchool, (tx) =>
  tx.insert(users).values({ id: userId, email: `${userId}@school.example`, name: 'Bench', createdAt: new Date() }),
)
await db.transaction(school.id, (tx) =>
  tx.insert(memberships).values({ schoolId: school.id, userId, role: 'registrar' }),
)
const memberOf = [{ school, role: 'registrar', instructorId: null }] as const
const signedInAt = new Date()
const person = {
  userId,
  sessionId: newId(),
  signedInAt,
  name: 'Bench',
  email: '',
  memberships: [...memberOf],
} satisfies Person
const caller = createCallerFactory(appRouter)
const api = () =>
  caller({
    db,
    now: new Date(),
    requestId: 'bench',
    person: async () => person,
    schoolSlug: school.slug,
    key: newId(),
    address: '',
    userAgent: null,
    setSession() {},
    setDevice() {},
    pause: async () => {},
  })

let n = 0
const student = () => ({
  givenName: 'Bench',
  familyName: `Many ${++n}`,
  number: `M-${n}`,
  email: `many.${n}@school.example`,
  birthDate: '2012-05-01',
  gradeLevel: '07',
})

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
/** Median ms of processor time of this process over the rounds, after as many that warm up: a server is warm. */
async function cpu(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let round = -rounds; round < rounds; round++) {
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    if (round >= 0) taken.push((user + system) / 1000)
  }
  return median(taken)
}

type Raw = Record<string, unknown>
/** The last `count` students as rows of their own, under new ids and numbers. */
async function copies(count: number): Promise<Raw[]> {
  const rows = await db.rows<Raw>(
    sql`select * from students where school_id = ${school.id} order by id desc limit ${count}`,
  )
  return rows.map((row) => ({ ...row, id: newId(), number: `C-${++n}` }))
}

const line = (name: string, ours: number, inserted?: number) =>
  console.log(
    `${name.padEnd(44)} ${ours.toFixed(2).padStart(9)} ms ${inserted ? `${inserted.toFixed(2).padStart(9)} ms ${(ours / inserted).toFixed(2).padStart(7)}x` : ''}`,
  )

console.log(`\nProcessor time of one call${' '.repeat(18)}      ours  bare inserts    ratio`)
for (const count of [100, 1000]) {
  const ours = await cpu(() => api().students.createMany({ items: Array.from({ length: count }, student) }))
  const inserted = await cpu(async () => bare.insertAll({ students: await copies(count) }))
  const read = await cpu(() => copies(count))
  line(`createMany of ${count}`, ours, inserted - read)
}
const items = await db
  .select({ id: students.id, version: students.version })
  .from(students)
  .where(eq(students.schoolId, school.id))
  .orderBy(asc(students.id))
  .limit(100)
let round = 0
line(
  'updateMany of 100 by name',
  await cpu(async () => {
    const set = { gradeLevel: round++ % 2 ? '07' : '08' }
    const { outcomes } = await api().students.updateMany({ items, set })
    for (const [index, { version }] of outcomes.entries()) Object.assign(items[index] ?? {}, { version })
  }),
)
await bare.close()
await db.close()

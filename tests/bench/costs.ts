/** CPU seconds of 1,000 calls, signed in, checked and journaled: ours, and PostgreSQL's own beside it, with and without names. */
import { isPostgres } from '../../db/dialect.ts'
import { newId } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import { postgresCpu } from './postgres-cpu.ts'
import type { RequestServer } from './request-client.ts'
import { startRequestServer } from './request-client.ts'

const db = await open()
const itsCpu = isPostgres ? await postgresCpu(db) : async () => 0
const rounds = Number(process.argv[2] ?? 5)
/** A part of the calls is enough to see that all works. */
const part = Number(process.argv[3] ?? 1)

let n = 0
const student = () => ({
  givenName: 'Bench',
  familyName: `Cost ${++n}`,
  number: `C-${process.pid}-${n}`,
  email: `cost.${n}@school.example`,
  birthDate: '2012-05-01',
  gradeLevel: '07',
})
const write = (input: object) => ({ body: JSON.stringify(input), key: newId() })

interface Goal {
  name: string
  path: string
  calls: number
  goal: string
  next(ids: readonly string[]): { body: string; key?: string }
}
const goals: Goal[] = [
  {
    name: 'one student',
    path: 'students.get',
    calls: 1_000,
    goal: isPostgres ? '0.45 + 0.30' : '0.45',
    next: (ids) => ({ body: JSON.stringify({ id: ids[++n % ids.length] }) }),
  },
  {
    name: 'page of 50',
    path: 'students.list',
    calls: 500,
    goal: isPostgres ? '1.2 + 0.5' : '1.2',
    next: () => ({ body: '{"limit":50}' }),
  },
  {
    name: 'create with journal',
    path: 'students.create',
    calls: 500,
    goal: isPostgres ? '0.9 + 0.7' : '0.9',
    next: () => write(student()),
  },
  {
    name: 'createMany of 100',
    path: 'students.createMany',
    calls: 30,
    goal: isPostgres ? '5 + 5' : '5',
    next: () => write({ items: Array.from({ length: 100 }, student) }),
  },
]

interface Server {
  label: string
  running: RequestServer
  ids: string[]
}
async function startOne(label: string, env: NodeJS.ProcessEnv): Promise<Server> {
  const running = await startRequestServer({ WRITES_PER_MINUTE: '100000', ...env })
  const page = await running.call(running.ports.app, '/trpc/students.list', '{"limit":100}')
  const ids = (JSON.parse(page).result.data.rows as { id: string }[]).map(({ id }) => id)
  return { label, running, ids }
}

/** CPU seconds of ours and of PostgreSQL for 1,000 calls. */
async function cost({ running, ids }: Server, { path, next, ...goal }: Goal): Promise<[ours: number, its: number]> {
  const calls = Math.ceil(goal.calls * part)
  const before = [await running.cpu(), await itsCpu()] as const
  await running.callMany(running.ports.app, `/trpc/${path}`, calls, () => next(ids))
  const after = [await running.cpu(), await itsCpu()] as const
  return [((after[0] - before[0]) * 1000) / calls, ((after[1] - before[1]) * 1000) / calls]
}

const digits = (value: number) => value.toFixed(value < 3 ? 2 : 1)
/** The median, and the lowest and highest in brackets. */
function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  const [low = 0, middle = 0, high = 0] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
  return `${digits(middle)} (${digits(low)} to ${digits(high)})`
}

const servers = isPostgres
  ? [await startOne('unnamed', { DATABASE_PREPARE: 'no' }), await startOne('prepared', { DATABASE_PREPARE: 'auto' })]
  : [await startOne('', {})]
console.log(
  `\nCPU s of 1,000 calls, signed in${' '.repeat(24)} ours${isPostgres ? `${' '.repeat(20)}PostgreSQL` : ''}      goal`,
)
for (const goal of goals) {
  const taken = servers.map((server) => ({ server, ours: [] as number[], its: [] as number[] }))
  for (let round = -1; round < rounds; round++)
    for (const { server, ours, its } of taken) {
      const [own, other] = await cost(server, goal)
      if (round >= 0) {
        ours.push(own)
        its.push(other)
      }
    }
  for (const { server, ours, its } of taken) {
    const label = [goal.name, server.label].filter(Boolean).join(', ')
    const beside = isPostgres ? spread(its).padStart(22) : ''
    console.log(`${label.padEnd(44)} ${spread(ours).padStart(22)} ${beside} ${goal.goal.padStart(12)}`)
  }
}
for (const { running } of servers) await running.stop()
await db.close()

/** CPU of 50 flags, each with every rule: for somebody new, and for the next request of the same person, beside a `get` by id. */
import { newId } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import { memberships, users } from '../../db/schema/index.ts'
import { findPerson, startSession } from '../../server/auth/sessions.ts'
import type { Who } from '../../server/flags/flag-set.ts'
import { FlagSet } from '../../server/flags/flag-set.ts'
import type { Flag } from '../../server/flags/registry.ts'
import type { Rules } from '../../server/flags/rules.ts'
import { appRouter } from '../../server/router.ts'
import { createCallerFactory } from '../../server/trpc.ts'
import { schoolOf } from './students.ts'

const count = 50
const db = await open()
const school = await schoolOf(db, 1_000)
const now = new Date()
const userId = newId()
const token = await db.transaction(school.id, async (tx) => {
  await tx.insert(users).values({ id: userId, email: `${userId}@school.example`, name: 'Bench', createdAt: now })
  await tx.insert(memberships).values({ schoolId: school.id, id: newId(), userId, role: 'registrar' })
  return startSession(tx, newId(), userId, now)
})

const keys = Array.from({ length: count }, (_, n) => `flag-${n}`)
const flag: Flag = {
  ...{ kind: 'release', owner: 'bench', created: '2026-12-01', expires: '2027-12-01', does: 'Nothing.' },
  ...{ default: false, per: 'person' },
}
const rules: Rules = {
  ...{ mode: 'rules', percent: 5, people: [newId(), newId()], roles: ['viewer'], schools: [901, 902] },
  ...{ includesOwners: true, fromAt: null },
}
const set = new FlagSet(
  Object.fromEntries(keys.map((key) => [key, flag])),
  new Map(keys.map((key) => [key, rules])),
  1,
  now,
)
const who = (id: string): Who => ({ userId: id, isOwner: false, role: 'registrar', schoolId: school.id })

const call = createCallerFactory(appRouter)
const get = (id: string) =>
  call({
    ...{ db, now, requestId: 'bench', person: () => findPerson(db, token, now, false), schoolSlug: school.slug },
    ...{ key: null, address: '127.0.0.1', userAgent: null, setSession() {}, setDevice() {}, pause: async () => {} },
  }).students.get({ id })

async function cpuOf(times: number, work: (n: number) => unknown): Promise<number> {
  const before = process.cpuUsage()
  for (let n = 0; n < times; n++) await work(n)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / times
}
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const [row] = (
  await call({
    ...{ db, now, requestId: 'bench', person: () => findPerson(db, token, now, false), schoolSlug: school.slug },
    ...{ key: null, address: '127.0.0.1', userAgent: null, setSession() {}, setDevice() {}, pause: async () => {} },
  }).students.list({ limit: 1 })
).rows
const taken: [fresh: number[], again: number[], get: number[]] = [[], [], []]
for (let round = -2; round < 7; round++) {
  const own = [
    await cpuOf(500, () => set.of(who(newId()))),
    await cpuOf(20_000, () => set.of(who(userId))),
    await cpuOf(500, () => get(row?.id ?? '')),
  ]
  if (round >= 0) for (const [index, ms] of own.entries()) taken[index]?.push(ms)
}
const [fresh, again, one] = taken.map(median) as [number, number, number]
const part = (ms: number) => `${((100 * ms) / one).toFixed(2)} %`
console.log(`\nCPU of ${count} flags in a request        ms     of a get (${one.toFixed(3)} ms)`)
console.log(`for somebody new                     ${fresh.toFixed(4)}  ${part(fresh)}   goal 0.5 ms`)
console.log(`for the same person again            ${again.toFixed(4)}  ${part(again)}   goal 3 %`)
await db.close()

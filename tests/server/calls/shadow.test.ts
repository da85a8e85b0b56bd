/** What a shadow may cost, and what it tells. The host of these tests runs it when they say so. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Reader, Transaction } from '../../../db/database.ts'
import { rooms } from '../../../db/schema/index.ts'
import type { Ending, Host, Rewritten } from '../../../server/calls/shadow.ts'
import { allShadows, difference, hostShadows, shadowed } from '../../../server/calls/shadow.ts'
import { seatsRewritten } from '../../../server/home/seats-left.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'

afterAll(() => db.close())

let told: [string, Ending][]
let waiting: (() => void)[]
let isHeldBack: boolean
let endWait: () => void
const host: Host = {
  isHeldBack: () => isHeldBack,
  told: (...line) => void told.push(line),
  later: (work) => void waiting.push(work),
  chance: () => 0.05,
  wait: () => ({
    over: new Promise((resolve) => {
      endWait = resolve
    }),
    forget() {},
  }),
}
beforeEach(() => {
  told = []
  waiting = []
  isHeldBack = false
  hostShadows(db, host)
})

let made = 0
interface Row {
  name: string
}
function tried(becomes: (db: Reader) => Promise<unknown>, more: Partial<Rewritten<null, Row[]>> = {}) {
  const name = `test.${++made}`
  const was = async (): Promise<Row[]> => [{ name: 'Ada' }]
  const ask = shadowed<null, Row[]>({
    ...{ name, was, share: 0.1, patience: 50 },
    becomes: becomes as () => Promise<Row[]>,
    ...more,
  })
  const count = (ending: Ending) => allShadows().find(([of, as]) => of === name && as === ending)?.[2] ?? 0
  return { name, count, ask: (isOn = true) => ask(db, null, isOn) }
}
const run = () => {
  for (const work of waiting.splice(0)) work()
}

test.each<[Ending, unknown]>([
  ['same', [{ name: 'Ada' }]],
  ['value', [{ name: 'Eda' }]],
  ['length', []],
  ['keys', [{ name: 'Ada', age: 12 }]],
  ['type', [{ name: null }]],
])('the old read answers at once, and what came of the new one is counted afterwards: %s', async (ending, answer) => {
  const of = tried(async () => answer)
  expect(await of.ask()).toEqual([{ name: 'Ada' }])
  expect([waiting.length, of.count(ending)]).toEqual([1, 0])
  run()
  await expect.poll(() => of.count(ending)).toBe(1)
  expect(told).toEqual(ending === 'same' ? [] : [[of.name, ending]])
  expect(JSON.stringify(told)).not.toMatch(/Ada|Eda/)
})

test('a new read that throws is counted, and nobody else hears of it', async () => {
  const of = tried(async () => {
    throw new Error('Ada')
  })
  expect(await of.ask()).toEqual([{ name: 'Ada' }])
  run()
  await expect.poll(() => of.count('threw')).toBe(1)
  expect(told).toEqual([[of.name, 'threw']])
})

test('one that hangs is given up, and no other begins beside it', async () => {
  let end = (_: unknown) => {}
  const of = tried(() => new Promise((resolve) => (end = resolve)))
  await of.ask()
  run()
  expect(await of.ask()).toEqual([{ name: 'Ada' }])
  endWait()
  await expect.poll(() => of.count('late')).toBe(1)
  expect(await of.ask()).toEqual([{ name: 'Ada' }])
  expect(waiting).toEqual([])
  await expect
    .poll(() => {
      end([])
      return of.ask().then(() => waiting.length)
    })
    .toBe(1)
  expect(allShadows().filter(([name]) => name === of.name)).toEqual([[of.name, 'late', 1]])
})

test('none runs while the server is overloaded or ends, without the flag, or beyond its share', async () => {
  let calls = 0
  const of = tried(async () => ++calls)
  isHeldBack = true
  await of.ask()
  isHeldBack = false
  await of.ask(false)
  hostShadows(db, { ...host, chance: () => 0.1 })
  await of.ask()
  expect(waiting).toEqual([])
  hostShadows(db, host)
  await of.ask()
  isHeldBack = true
  run()
  isHeldBack = false
  await expect.poll(() => of.ask().then(() => waiting.length)).toBe(1)
  expect(calls).toBe(0)
})

test('a write between the two reads is no difference', async () => {
  let now = 'Ada'
  const read = async () => [{ name: now }]
  const of = tried(read, { was: read })
  await of.ask()
  now = 'Eda'
  run()
  await expect.poll(() => of.count('changed')).toBe(1)
  expect(told).toEqual([])
})

test('what writes is no read: it does not compile, and a snapshot has no way to write', async () => {
  const writes = async (tx: Transaction) => [await tx.delete(rooms)]
  // @ts-expect-error a Transaction is more than what can read
  const wrong: Rewritten<null, unknown[]>['becomes'] = writes
  const of = tried(wrong as () => Promise<unknown>)
  await of.ask()
  run()
  await expect.poll(() => of.count('threw')).toBe(1)
})

test('days and nothing are compared, too', () => {
  const day = new Date('2026-11-20T09:00:00Z')
  expect(difference({ at: day }, { at: new Date(day) })).toBe('same')
  expect(difference({ at: day }, { at: new Date(0) })).toBe('value')
  expect(difference(null, undefined)).toBe('type')
})

test('seats are counted at once as class by class', async () => {
  const school = await makeSchool()
  const office = await makePerson(school, 'registrar')
  const { id: departmentId } = await as(office).departments.create({ name: 'Science' })
  const { id: courseId } = await as(office).courses.create({ title: 'Biology', departmentId })
  const term = { title: 'Autumn', type: 'term', startDate: '2026-09-01', endDate: '2026-12-18' } as const
  const { id: termId } = await as(office).academicSessions.create(term)
  for (const [capacity, taken, course] of [
    [1, 1, courseId],
    [5, 2, courseId],
    [null, 3, courseId],
    [0, 0, null],
    [4, 0, null],
  ] as const) {
    const own = { title: `C${++made}`, capacity, courseId: course, academicSessionIds: [termId] }
    const { id: classId } = await as(office).classes.create(own)
    for (let n = 0; n < taken; n++) {
      const { id } = await as(office).students.create({ givenName: 'Sam', familyName: `S${++made}` })
      await as(office).classes.enroll({ classId, studentIds: [id] })
    }
  }
  const flags = {
    version: 1,
    of: () => ({ 'move-page': true, presences: true, backfills: true, 'shadow-seats': true }),
  }
  const before = allShadows().length
  const { seats } = await as(office, { flags }).home.figures()
  expect(seats).toMatchObject({ seats: 10, taken: 3, full: 2 })
  expect(waiting).toHaveLength(1)
  run()
  await expect.poll(() => allShadows().slice(before)).toEqual([['home.figures', 'same', 1]])
  const asked = { shape: 'all' as const, values: { schoolId: school.id, today: '2026-11-20' } }
  expect(await seatsRewritten.becomes(db, asked)).toEqual(await seatsRewritten.was(db, asked))
})

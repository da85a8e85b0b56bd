/**
 * Every mutation, called validly by everyone who may, on records full of marked values: its answer tells nothing that the
 * caller must not see. Where it fails, mend the mutation, not the rules in tests/setup/who-may-see.ts.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import type { Permission } from '../../../server/access.ts'
import { allows } from '../../../server/access.ts'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import { found, marks } from '../../setup/marked-rows.ts'
import type { Viewer } from '../../setup/marked-school.ts'
import { addMarked, makeMarkedSchools } from '../../setup/marked-school.ts'
import { caller, db, requestOf } from '../../setup/people.ts'
import { procedures } from '../../setup/sample-input.ts'
import type { Made, Say } from '../../setup/valid-writes.ts'
import { validWrites } from '../../setup/valid-writes.ts'
import { maySee, toldBy } from '../../setup/who-may-see.ts'

let home: School
let viewers: Viewer[]
beforeAll(async () => {
  const made = await makeMarkedSchools()
  home = made.home
  viewers = made.viewers.filter(({ school, name, role }) => school === home.name && name === role)
})
afterAll(() => db.close())

const mutations = procedures.filter(([, { _def }]) => _def.type === 'mutation')
/** A register is set up once, before there is a school; its answer is null. What moves tell of people is the owner's own name: tests/server/moves. A demo tells of nobody: tests/server/demo. */
const unasked = ['setup.create', 'moves.start', 'moves.rehearse', 'moves.stop', 'demo.create', 'demo.end']
/** Who has a record open is told its readers, whatever their role. */
const allowed = new Set(['presences.keep users.name'])

const permissionOf = (path: string) => mutations.find(([name]) => name === path)?.[1]._def.meta?.permission
/** One of each role that may. What needs no role is asked once: by nobody, or by the member made for the call. */
function callersOf(path: string): Viewer[] {
  const permission = permissionOf(path)
  if (permission === 'open' || permission === 'signedIn') return viewers.slice(0, 1)
  return viewers.filter(({ role }) => allows({ role }, permission as Permission))
}
const saying =
  (person: Person | null): Say =>
  async <T>(path: string, input?: unknown, key = newId()) => {
    const [feature = '', verb = ''] = path.split('.')
    const request = requestOf(person, home, { key })
    const who = caller(request) as unknown as Record<string, Record<string, (input: unknown) => Promise<T>>>
    return (await who[feature]?.[verb]?.(input)) as T
  }

/** What the mutation answers the viewer, of records made for this one call. */
async function answerOf(path: string, { person }: Viewer, made: Made) {
  const office = saying((viewers[0] as Viewer).person)
  const place = { made, userId: person.userId, asks: saying(person), office, visitor: saying(null) }
  try {
    return { value: await validWrites[path]?.(place) }
  } catch (error) {
    return toldBy(error)
  }
}

type Ask = typeof answerOf
async function walk(ask: Ask, only: readonly string[]) {
  const [leaks, refused] = [new Set<string>(), new Set<string>()]
  let told = 0
  const calls = only.flatMap((path) => callersOf(path).map((viewer) => ({ path, viewer })))
  const records = await addMarked(
    home,
    calls.map(({ viewer }) => viewer),
  )
  for (const [index, made] of records.entries()) {
    const { path, ...called } = calls[index] as (typeof calls)[number]
    const viewer = permissionOf(path) === 'signedIn' ? made.member : called.viewer
    const answer = await ask(path, viewer, made)
    if (!('value' in answer)) refused.add(`${path} as ${viewer.name}: ${JSON.stringify(answer)}`)
    for (const mark of found(JSON.stringify(answer))) {
      told++
      const column = `${mark.table}.${mark.column}`
      if (maySee(viewer, mark) || allowed.has(`${path} ${column}`)) continue
      leaks.add(`${path} tells ${viewer.name} ${column} of ${mark.place}`)
    }
  }
  return { leaks: [...leaks], refused: [...refused], told }
}

test('every mutation has a valid call here', () => {
  const missing = mutations.map(([path]) => path).filter((path) => !(path in validWrites) && !unasked.includes(path))
  expect(
    missing,
    'add a call of each to tests/setup/valid-writes.ts: on the records of `made`, with all it takes to succeed',
  ).toEqual([])
  const gone = Object.keys(validWrites).filter((path) => !mutations.some(([name]) => name === path))
  expect(gone, 'there is no such mutation: take its call out of tests/setup/valid-writes.ts').toEqual([])
})

test('no mutation answers what its caller must not see', async () => {
  const { leaks, refused, told } = await walk(
    answerOf,
    mutations.map(([path]) => path).filter((path) => path in validWrites),
  )
  expect(leaks).toEqual([])
  expect(refused, 'who may is refused: mend the call in tests/setup/valid-writes.ts').toEqual([])
  expect(told).toBeGreaterThan(100)
})

test('a mutation that answers too much would be found', async () => {
  const marked = (table: string, column: string) =>
    marks.find((mark) => mark.table === table && mark.column === column)?.text
  const careless: Ask = async () => ({ value: { member: { note: marked('users', 'passwordHash') } } })
  expect((await walk(careless, ['members.update'])).leaks).toContain(
    'members.update tells administrator users.passwordHash of person:administrator',
  )
  const details: Ask = async () => ({ reason: 'record.in_use', details: { standing: [marked('students', 'extra')] } })
  expect((await walk(details, ['students.archive'])).leaks).toContain(
    'students.archive tells registrar students.extra of mine',
  )
})

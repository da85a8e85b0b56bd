/** What a token is offered is what it can be used for. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { procedureOf } from '../../../../server/api/asked.ts'
import type { Route } from '../../../../server/api/routes.ts'
import { routes } from '../../../../server/api/routes.ts'
import { tokenScopes } from '../../../../server/api-tokens/input.ts'
import { allKinds } from '../../../../server/kinds.ts'
import type { Person } from '../../../../server/trpc.ts'
import { app, tokenOf } from '../../../setup/api.ts'
import { as, db, makePerson, makeSchool, now } from '../../../setup/people.ts'
import { makeRecords } from '../../../setup/records.ts'
import type { Served } from '../../../setup/server.ts'
import { serve } from '../../../setup/server.ts'

let served: Served
let registrar: Person
let records: Awaited<ReturnType<typeof makeRecords>>
beforeAll(async () => {
  const school = await makeSchool()
  registrar = await makePerson(school, 'registrar')
  records = await makeRecords(school)
  served = await serve(db, { now: () => now })
})
afterAll(async () => {
  await served.close()
  await db.close()
})

const permissionOf = (route: Route) => procedureOf(route)._def.meta?.permission
/** A field of an answer that only some may see. */
const scopesOfFields = (route: Route) => {
  const told = Object.keys((route.answer as z.ZodObject).shape)
  return allKinds.flatMap(({ read, fields }) =>
    read === permissionOf(route) ? told.map((name) => fields[name]?.sees) : [],
  )
}

test('each scope that is offered opens a route or shows a field of its answer', () => {
  const used = new Set(routes.flatMap((route) => [permissionOf(route), route.also, ...scopesOfFields(route)]))
  expect(tokenScopes.filter((scope) => !used.has(scope))).toEqual([])
})

test('each route is opened by scopes that are offered', () => {
  const needed = routes.flatMap((route) => [permissionOf(route), ...(route.also ? [route.also] : [])])
  expect(needed.filter((one) => !(tokenScopes as readonly (string | undefined)[]).includes(one))).toEqual([])
})

const term = { type: 'term', startDate: '2027-01-04', endDate: '2027-03-26' }
test.each([
  ['course', '/courses', { title: 'Botany' }, { title: 'Plants', credits: '0.50' }],
  ['room', '/rooms', { name: 'Lab 7', seats: 20 }, { seats: 24 }],
  ['department', '/departments', { name: 'Sciences' }, { name: 'Science' }],
  ['program', '/programs', { name: 'Arts', type: 'other' }, { name: 'Fine arts' }],
  ['academicSession', '/academic-sessions', { title: 'Spring', ...term }, { endDate: '2027-03-25' }],
] as const)(
  'a token of these two scopes adds and changes a %s, and one that only reads does not',
  async (kind, path, made, edit) => {
    const ask = app(served.url, await tokenOf(registrar, [`${kind}.read`, `${kind}.write`]))
    const added = await ask(path, { method: 'POST', body: made })
    expect([added.status, added.body]).toEqual([201, expect.objectContaining(made)])
    expect(added.headers.get('location')).toBe(`/api/v1${path}/${added.body.id}`)
    const change = { method: 'PATCH', body: edit, headers: { 'if-match': '"1"' } }
    const reader = app(served.url, await tokenOf(registrar, [`${kind}.read`]))
    expect((await reader(path, { method: 'POST', body: made })).status).toBe(403)
    expect((await reader(`${path}/${added.body.id}`, change)).status).toBe(403)
    const changed = await ask(`${path}/${added.body.id}`, change)
    expect([changed.status, changed.body]).toEqual([200, expect.objectContaining({ ...edit, version: 2 })])
    expect((await ask(`${path}/${added.body.id}`, change)).status).toBe(412)
  },
)

test('the timetable is walked page by page, names who teaches and where, and no student', async () => {
  for (const name of ['Lab A', 'Lab B', 'Lab C']) await as(registrar).rooms.create({ name })
  const ask = app(served.url, await tokenOf(registrar, ['timetable.read']))
  const found: { id: string; meetings: { id: string; instructors: { id: string }[] }[] }[] = []
  for (let next: string | null = ''; next !== null; ) {
    const { status, body } = await ask(`/timetable?day=2026-11-23&limit=2${next && `&cursor=${next}`}`)
    expect(status).toBe(200)
    found.push(...body.items)
    next = body.next
  }
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
  expect(found.length).toBeGreaterThan(3)
  const [meeting] = found.find(({ id }) => id === records.roomId)?.meetings ?? []
  expect(meeting).toMatchObject({
    classId: records.classId,
    date: '2026-11-23',
    startTime: '09:00',
    isHeldAnyway: false,
  })
  expect(meeting?.instructors.map(({ id }) => id)).toEqual([records.instructorId])
  expect(JSON.stringify(found)).not.toContain(records.studentId)
  expect((await ask('/timetable')).body.reason).toBe('input.invalid')
  const blind = app(served.url, await tokenOf(registrar, ['class.read', 'room.read']))
  expect((await blind('/timetable?day=2026-11-23')).status).toBe(403)
})

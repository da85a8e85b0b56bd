/** How an app asks: who it is, what it may, and what it is told when it may not. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../../db/kit.ts'
import { procedureOf } from '../../../../server/api/asked.ts'
import { routes } from '../../../../server/api/routes.ts'
import { tokenScopes } from '../../../../server/api-tokens/input.ts'
import { newApiToken } from '../../../../server/api-tokens/token.ts'
import type { School } from '../../../../server/context.ts'
import { perMinute } from '../../../../server/runtime/token-rate.ts'
import type { Person } from '../../../../server/trpc.ts'
import { app, tokenOf } from '../../../setup/api.ts'
import { as, db, makePerson, makeSchool, now } from '../../../setup/people.ts'
import { makeRecords } from '../../../setup/records.ts'
import type { Served } from '../../../setup/server.ts'
import { call, serve } from '../../../setup/server.ts'

let served: Served
let school: School
let registrar: Person
let token: string
let ask: ReturnType<typeof app>
let records: Awaited<ReturnType<typeof makeRecords>>
beforeAll(async () => {
  school = await makeSchool()
  registrar = await makePerson(school, 'registrar')
  records = await makeRecords(school)
  token = await tokenOf(registrar)
  served = await serve(db, { now: () => now })
  ask = app(served.url, token)
})
afterAll(async () => {
  await served.close()
  await db.close()
})

const idsIn = (path: string) => path.replace(/^\/([a-z-]+)\/\{id\}/, (_, of: string) => `/${of}/${idOf(of)}`)
const idOf = (of: string) => {
  const own = of === 'academic-sessions' ? 'academicSession' : of === 'classes' ? 'class' : of.replace(/s$/, '')
  return (records as unknown as Record<string, string>)[`${own}Id`]
}
const filled = (path: string) =>
  idsIn(path).replace(/\{(\w+)\}/g, (_, name: string) => (records as unknown as Record<string, string>)[name] ?? '')

test('every route that reads answers what its schema says, and nothing besides', async () => {
  for (const { method, path } of routes.filter((route) => route.method === 'GET')) {
    const { status, body } = await ask(path === '/timetable' ? `${path}?day=2026-11-20` : filled(path), { method })
    expect(status, `${path}: ${JSON.stringify(body)}`).toBe(200)
    if (body.items) expect(body.items.length, path).toBeGreaterThan(0)
  }
})

test('every route asks a procedure whose permission a token may be given', () => {
  for (const route of routes) {
    const { meta, type } = procedureOf(route)._def
    expect(tokenScopes as readonly string[], route.path).toContain(meta?.permission)
    expect(type, route.path).toBe(route.method === 'GET' ? 'query' : 'mutation')
  }
})

test('without a token, with a wrong one, and with a token and a cookie at once nobody comes in', async () => {
  const reasonOf = async (headers: Record<string, string>) => {
    const response = await fetch(`${served.url}/api/v1/rooms`, { headers })
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    return [response.status, (await response.json()).reason, response.headers.has('www-authenticate')]
  }
  const cookie = `homeroom=${'x'.repeat(43)}`
  expect(await reasonOf({})).toEqual([401, 'token.missing', true])
  expect(await reasonOf({ cookie })).toEqual([400, 'request.two_ways', false])
  expect(await reasonOf({ authorization: `Bearer ${newApiToken()}` })).toEqual([401, 'token.not_valid', true])
  expect(await reasonOf({ authorization: 'Bearer hrm_nonsense' })).toEqual([401, 'token.not_valid', true])
  expect(await reasonOf({ authorization: `Bearer ${token}`, cookie })).toEqual([400, 'request.two_ways', false])
})

test('a token opens nothing where screens ask', async () => {
  const headers = { authorization: `Bearer ${token}`, 'x-school': school.slug }
  const answer = await call(served.url, 'rooms.list', { headers })
  expect([answer.status, (await answer.json()).error.message]).toEqual([400, 'request.two_ways'])
  const photo = await fetch(`${served.url}/trpc/live.changes`, { headers })
  expect(photo.status).toBe(400)
})

test('many wrong tokens from one network are refused, and those of the school go on', async () => {
  const wrong = app(served.url, newApiToken())
  let status = 401
  for (let n = 0; n < 110 && status === 401; n++) ({ status } = await wrong('/rooms'))
  const refused = await wrong('/rooms')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await ask('/rooms')).status).toBe(200)
})

test('a token does what its scopes say, and less where its member may less', async () => {
  const narrow = app(served.url, await tokenOf(registrar, ['student.read', 'student.write']))
  expect((await narrow('/rooms')).body).toMatchObject({ status: 403, reason: 'permission.missing' })
  const { body } = await narrow(`/students/${records.studentId}`)
  expect(body).toMatchObject({ givenName: 'Sam' })
  for (const key of ['birthDate', 'addresses', 'medicalNote', 'sex']) expect(body).not.toHaveProperty(key)
  expect((await ask(`/students/${records.studentId}`)).body).toMatchObject({ birthDate: '2012-05-01' })
  const blind = app(served.url, await tokenOf(registrar, ['student.write']))
  const body2 = { givenName: 'Ann', familyName: 'Unseen' }
  expect((await blind('/students', { method: 'POST', body: body2 })).status).toBe(403)
})

test('pages are walked by the cursor of the one before', async () => {
  for (const familyName of ['Aaa', 'Bbb', 'Ccc']) await as(registrar).students.create({ givenName: 'P', familyName })
  const first = await ask('/students?limit=2&search=p')
  expect(first.body.items).toHaveLength(2)
  const second = await ask(`/students?limit=2&search=p&cursor=${first.body.next}`)
  expect(second.body).toMatchObject({ items: [{ familyName: 'Ccc' }], next: null })
})

test.each([
  '/students?limit=none',
  '/students?limit=5&limit=6',
  '/students?cursor=nonsense',
  '/students?withAddresses=true',
  '/students?archived=perhaps',
  '/students/no-id',
  '/changes?after=-1',
])('%s is refused as wrong', async (path) => {
  const { status, body } = await ask(path)
  expect([status, body.reason]).toEqual([400, 'input.invalid'])
  expect(body.issues.length).toBeGreaterThan(0)
})

test('a student is added, found at the address that is told, changed, and enrolled; the journal says who', async () => {
  const body = { givenName: 'Ada', familyName: 'Byron' }
  const made = await ask('/students', { method: 'POST', body, headers: { 'idempotency-key': 'import-7/ada' } })
  expect(made.status).toBe(201)
  const again = await ask('/students', { method: 'POST', body, headers: { 'idempotency-key': 'import-7/ada' } })
  expect(again.body.id).toBe(made.body.id)
  const other = { ...body, givenName: 'Eda' }
  const reused = await ask('/students', {
    method: 'POST',
    body: other,
    headers: { 'idempotency-key': 'import-7/ada' },
  })
  expect([reused.status, reused.body.reason]).toEqual([409, 'operation.key_reused'])
  const address = (made.headers.get('location') ?? '').replace('/api/v1', '')
  const found = await ask(address)
  expect(found.headers.get('etag')).toBe('"1"')
  const change = (headers: Record<string, string>) =>
    ask(address, { method: 'PATCH', body: { preferredName: 'Addie' }, headers })
  expect((await change({})).status).toBe(428)
  const changed = await change({ 'if-match': '"1"' })
  expect([changed.status, changed.body.preferredName, changed.headers.get('etag')]).toEqual([200, 'Addie', '"2"'])
  for (const [field, body] of Object.entries({ id: { id: newId() }, version: { version: 7 } })) {
    const differs = await ask(address, { method: 'PATCH', body, headers: { 'if-match': '"2"' } })
    expect([differs.status, differs.body.issues[0].path]).toEqual([400, field])
  }
  const stale = await change({ 'if-match': '"1"' })
  expect([stale.status, stale.body.reason]).toEqual([412, 'student.stale'])
  expect(JSON.stringify(stale.body)).not.toContain('The registrar')
  const enrolled = await ask(`/classes/${records.classId}/enrollments`, {
    method: 'POST',
    body: { studentIds: [made.body.id] },
  })
  expect(enrolled.body).toEqual({ outcomes: [{ studentId: made.body.id, outcome: 'enrolled' }] })
  const [seat] = (await ask(`/students/${made.body.id}/enrollments`)).body.items
  const left = await ask(`/enrollments/${seat.id}/withdrawal`, {
    method: 'POST',
    body: { reason: 'moved' },
    headers: { 'if-match': `"${seat.version}"` },
  })
  expect(left.body).toMatchObject({ status: 'withdrawn', withdrawalReason: 'moved' })
  const { rows } = await as(registrar).journal.list({ way: 'api' })
  expect(rows.map(({ deed }) => deed)).toEqual(['withdraw', 'enroll', 'change', 'add'])
})

test('another school is not there', async () => {
  const elsewhere = await makeRecords(await makeSchool('Elsewhere'))
  const { status, body } = await ask(`/students/${elsewhere.studentId}`)
  expect([status, body.reason]).toEqual([404, 'student.not_found'])
  const unknown = await ask(`/students/${newId()}`)
  expect({ ...unknown.body, requestId: '' }).toEqual({ ...body, requestId: '' })
})

test('changes are told from a number on, in order, and only of kinds that the token reads', async () => {
  const { next } = (await ask('/changes?limit=500')).body
  const room = await as(registrar).rooms.create({ name: 'New wing 1' })
  const student = await as(registrar).students.create({ givenName: 'Tia', familyName: 'New' })
  const { items, next: after } = (await ask(`/changes?after=${next}`)).body
  const told = items.map(({ entity, id, version }: { entity: string; id: string; version: number }) => [
    ...[entity, id, version],
  ])
  expect(told).toContainEqual(['room', room.id, 1])
  expect(told).toContainEqual(['student', student.id, 1])
  expect((await ask(`/changes?after=${after}`)).body).toEqual({ items: [], next: after })
  const narrow = app(served.url, await tokenOf(registrar, ['journal.read', 'room.read']))
  const seen = (await narrow(`/changes?after=${next}`)).body
  expect(seen.items.map(({ entity }: { entity: string }) => entity)).toEqual(['room'])
  expect(seen.next).toBeGreaterThanOrEqual(after)
})

test('what is not there and what is asked in the wrong way is said in one form', async () => {
  const missing = await ask('/teachers')
  expect([missing.status, missing.body.reason]).toEqual([404, 'not_found'])
  const wrong = await ask('/rooms', { method: 'DELETE' })
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, POST'])
  const text = await ask('/students', { method: 'POST', body: {}, headers: { 'content-type': 'text/plain' } })
  expect(text.status).toBe(415)
  const empty = await ask('/students', { method: 'POST', body: {} })
  expect(empty.body.issues.map(({ path }: { path: string }) => path)).toContain('familyName')
})

test('one token asks so many times a minute, and is told how many are left', async () => {
  const greedy = app(served.url, await tokenOf(registrar, ['room.read']))
  const first = await greedy('/rooms')
  expect(first.headers.get('ratelimit')).toBe(`"token";r=${perMinute - 1};t=60`)
  // A busy server sends some away before it counts them.
  for (let served = 1; served < perMinute; ) {
    const answers = await Promise.all(Array.from({ length: Math.min(60, perMinute - served) }, () => greedy('/rooms')))
    served += answers.filter(({ status }) => status === 200).length
  }
  const refused = await greedy('/rooms')
  expect([refused.status, refused.body.reason]).toEqual([429, 'request.too_many'])
  expect(refused.headers.get('retry-after')).toBe('60')
  expect((await ask('/rooms')).status).toBe(200)
})

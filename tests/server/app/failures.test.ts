/** What the caller and the log learn of a failure, and what neither may. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { open } from '../../../db/open.ts'
import { startSession } from '../../../server/auth/sessions.ts'
import { instanceId } from '../../../server/calls/instance-id.ts'
import { events } from '../../../server/runtime/logging.ts'
import { appVersion } from '../../../server/runtime/version.ts'
import { db } from '../../setup/people.ts'
import { registrar } from '../../setup/school.ts'
import type { Served } from '../../setup/server.ts'
import { call, serve } from '../../setup/server.ts'

let served: Served
let cookie: string
beforeAll(async () => {
  const token = await db.transaction(noSchool, (tx) => startSession(tx, newId(), registrar.userId, new Date()))
  cookie = `homeroom=${token}`
  served = await serve(db)
})
afterAll(async () => {
  await served.close()
})

const asRegistrar = (procedure: string, input: unknown) =>
  call(served.url, procedure, {
    input,
    headers: { cookie, 'x-school': 'northgate', 'idempotency-key': newId() },
  })

test('a failure nobody foresaw tells the caller its number and nothing else, and the log where it was', async () => {
  const broken = await open()
  const other = await serve(broken)
  await broken.close()
  const answer = await call(other.url, 'session.get', { headers: { cookie } })
  const text = await answer.text()
  const { error } = JSON.parse(text)
  expect(answer.status).toBeGreaterThanOrEqual(500)
  expect(Object.keys(error).toSorted()).toEqual(['code', 'data', 'message'])
  expect(text).not.toMatch(/sqlite|postgres|select|connection|node_modules|\bat \//i)
  const own = other.lines.map((line) => JSON.parse(line)).filter((line) => line.error)
  expect(own).toHaveLength(1)
  expect(own[0]).toMatchObject({ req_id: error.data.requestId, procedure: 'session.get' })
  expect(own[0].error[0].at.length).toBeGreaterThan(0)
  await other.close()
})

test('the log names no person and holds nothing that was typed', async () => {
  const canaries = { givenName: 'Canaria', familyName: 'Vogelsang', email: 'canaria@school.example' }
  await asRegistrar('students.create', canaries)
  await asRegistrar('students.list', { search: 'vogelsang' })
  await asRegistrar('students.create', { ...canaries, number: 'x'.repeat(500), birthDate: 'Vogelsang' })
  await call(served.url, 'session.create', {
    input: { email: 'canaria@school.example', password: 'Vogelsang sings at dawn' },
    headers: { 'idempotency-key': newId() },
  })
  await call(served.url, 'students.get?input=Vogelsang', { method: 'GET' })
  await call(served.url, 'students.list', { body: '{"search":"Vogelsang"' })
  await asRegistrar('students.create', { ...canaries, givenName: 'Vogelsang\u0000' })
  const log = served.lines.join('')
  expect(log).toContain('students.create')
  expect(log).not.toMatch(/canaria|vogelsang/i)
  expect(log).not.toContain(cookie.split('=')[1])
  expect(log).not.toContain(registrar.name)
})

test('each request has one line, with these fields and no others', async () => {
  served.lines.length = 0
  await asRegistrar('students.list', {})
  expect(served.lines).toHaveLength(1)
  const line = JSON.parse(served.lines[0] ?? '')
  expect(Object.keys(line).toSorted()).toEqual([
    'duration_ms',
    'event',
    'instance',
    'level',
    'method',
    'msg',
    'path',
    'pid',
    'procedures',
    'req_id',
    'school',
    'service',
    'status',
    'time',
    'user_id',
    'version',
  ])
  expect(line).toMatchObject({
    event: 'request',
    service: 'homeroom',
    version: appVersion,
    pid: process.pid,
    instance: instanceId,
    status: 200,
    procedures: ['students.list'],
    user_id: registrar.userId,
    school: 'northgate',
  })
})

test('whoever may not is told so, with the reason in the log', async () => {
  served.lines.length = 0
  const answer = await call(served.url, 'students.list', { headers: { 'x-school': 'northgate' } })
  expect(answer.status).toBe(401)
  expect(JSON.parse(served.lines[0] ?? '')).toMatchObject({ status: 401, reasons: ['session.missing'] })
})

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
test.each([
  [`00-${trace}-00f067aa0ba902b7-01`, trace],
  [`cc-${trace}-00f067aa0ba902b7-01-what-comes-later`, trace],
  [`ff-${trace}-00f067aa0ba902b7-01`, undefined],
  [`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, undefined],
  [`00-${trace}-${'0'.repeat(16)}-01`, undefined],
  [`00-${trace.toUpperCase()}-00f067aa0ba902b7-01`, undefined],
  [`00-${trace}-00f067aa0ba902b7-01, 00-${trace}-00f067aa0ba902b7-01`, undefined],
  ['00-Vogelsang-Canaria-01', undefined],
])('a request of the trace %s is found by it, if it can be one', async (traceparent, expected) => {
  served.lines.length = 0
  await call(served.url, 'session.get', { headers: { traceparent } })
  expect(served.lines.map((line) => JSON.parse(line).trace_id)).toEqual([expected])
})

test.each([
  ['0.1.0+20261121093000.3f9c2a1b', '0.1.0+20261121093000.3f9c2a1b'],
  ['dev', 'dev'],
  ['Vogelsang Canaria', undefined],
  ['0.1.0+20261121093000.3f9c2a1b Canaria', undefined],
  [`${'1'.repeat(40)}.1.0+20261121093000.3f9c2a1b`, undefined],
])('the version of the page that asks stands in the line, if it can be one: %s', async (said, expected) => {
  served.lines.length = 0
  await call(served.url, 'session.get', { headers: { 'x-app-version': said } })
  expect(served.lines.map((line) => JSON.parse(line).client)).toEqual([expected])
})

test('every line names what happened by a word of the closed list', async () => {
  const away = await open()
  const other = await serve(away)
  await away.close()
  await call(other.url, 'session.get', { headers: { cookie } })
  const lines = other.lines.map((line) => JSON.parse(line))
  expect(lines.map(({ event }) => event)).toEqual(['database.away', 'request'])
  const names: string[] = Object.values(events)
  expect(names.filter((name) => !/^[a-z]+(\.[a-z_]+)?$/.test(name))).toEqual([])
  await other.close()
})

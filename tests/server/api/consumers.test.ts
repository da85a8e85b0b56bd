/** The calls of programs and pages in tests/contracts, asked of this server: a break names whose call it is. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AppCall, Consumer, PageCall } from '../../contract/consumers.ts'
import { consumers, filled, stumbles } from '../../contract/consumers.ts'
import { app, tokenOf } from '../../setup/api.ts'
import { db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { inputOf, procedures } from '../../setup/sample-input.ts'
import type { Served } from '../../setup/server.ts'
import { serve } from '../../setup/server.ts'

let served: Served
let ask: ReturnType<typeof app>
let ids: Record<string, string>
beforeAll(async () => {
  const school = await makeSchool()
  const administrator = await makePerson(school, 'administrator')
  ids = await makeRecords(school)
  served = await serve(db, { now: () => now })
  ask = app(served.url, await tokenOf(administrator))
})
afterAll(async () => {
  await served.close()
  await db.close()
})

async function ofApp(given: AppCall): Promise<string[]> {
  const call = filled(given, ids)
  const [method = '', path = ''] = call.ask.split(' ')
  const { status, body } = await ask(path, { method, headers: call.headers ?? {}, body: call.body })
  return stumbles(call, { status, reason: body?.reason, body }).map((what) => `${given.ask} ${what}`)
}

const named = new Map(procedures)
function ofPage({ call, input }: PageCall): string[] {
  const procedure = named.get(call)
  if (!procedure) return [`${call} is gone`]
  const issues = inputOf(procedure)?.safeParse(filled(input, ids)).error?.issues ?? []
  return issues.map(({ path, message }) => `${call} takes ${path.join('.') || 'its input'} no more: ${message}`)
}

async function broken({ name, calls }: Consumer): Promise<string[]> {
  const found: string[] = []
  for (const call of calls) found.push(...('ask' in call ? await ofApp(call) : ofPage(call)))
  return found.map((what) => `${name}: ${what}`)
}

test('no program and no page is refused what it asks, or misses what it reads', async () => {
  const all = consumers()
  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['add-student', 'class-list', 'pages']))
  expect((await Promise.all(all.map(broken))).flat()).toEqual([])
})

test('a break names whose call it is', async () => {
  const calls = [
    { ask: 'GET /rooms/{roomId}', answer: { name: 'string', walls: 'number', seats: 'number' } },
    { ask: 'GET /walls' },
    { ask: 'POST /rooms', body: { name: 'One', walls: 4 }, status: 201 },
    { call: 'rooms.paint', input: {} },
    { call: 'rooms.get', input: { id: '{roomId}', walls: true } },
  ]
  expect(await broken({ name: 'painter', calls })).toEqual([
    'painter: GET /rooms/{roomId} reads walls, which is gone',
    'painter: GET /walls is answered 404 (not_found), and not 200',
    'painter: POST /rooms is answered 400 (input.invalid), and not 201',
    'painter: rooms.paint is gone',
    'painter: rooms.get takes its input no more: Unrecognized key: "walls"',
  ])
})

/** What goes from the API is said beside each answer, in the document and on the list of tokens, until its day. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deprecatedUses } from '../../../db/schema/index.ts'
import type { Deprecations } from '../../../server/api/deprecations.ts'
import {
  deprecationHeaders,
  deprecations,
  leastNotice,
  noticeOf,
  overdueDeprecation,
  overdueDeprecations,
} from '../../../server/api/deprecations.ts'
import { apiDocument } from '../../../server/api/document.ts'
import { markDeprecated } from '../../../server/api/mark-deprecated.ts'
import { goesSection } from '../../../server/api/page.ts'
import { usesOf } from '../../../server/api-tokens/uses.ts'
import type { Person } from '../../../server/trpc.ts'
import { app, tokenOf } from '../../setup/api.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import type { Served } from '../../setup/server.ts'
import { serve } from '../../setup/server.ts'

const dates = { since: '2026-12-01', sunset: '2027-03-01' }
const planted: Deprecations = {
  'GET /departments': { ...dates, instead: 'GET /courses' },
  'GET /rooms archived': { since: '2026-11-02', sunset: '2027-02-01', instead: 'nothing' },
  'POST /rooms seats': { ...dates, instead: 'places' },
  'Program.type': { ...dates, instead: 'kind' },
}

let served: Served
let registrar: Person
let administrator: Person
let ask: ReturnType<typeof app>
beforeAll(async () => {
  const school = await makeSchool()
  registrar = await makePerson(school, 'registrar')
  administrator = await makePerson(school, 'administrator')
  served = await serve(db, { now: () => now, deprecations: planted })
  ask = app(served.url, await tokenOf(registrar))
  await as(registrar).programs.create({ name: 'Arts', type: 'other' })
})
afterAll(async () => {
  await served.close()
  await db.close()
})

test('what goes is given its twelve weeks, and is there until then', () => {
  expect(Object.entries(deprecations).filter(([, one]) => noticeOf(one) < leastNotice)).toEqual([])
  expect(noticeOf({ since: '2026-12-01', sunset: '2027-02-22', instead: '' }), 'a week less').toBe(leastNotice - 1)
  expect(() => markDeprecated(structuredClone(apiDocument()), deprecations)).not.toThrow()
})

test('a route, a field that is asked and one that is answered go with their dates, and nothing else does', async () => {
  const told = async (path: string, more = {}) => {
    const { headers, status } = await ask(path, more)
    expect(status, path).toBeLessThan(300)
    return [headers.get('deprecation'), headers.get('sunset'), headers.get('link')]
  }
  const link = '</openapi#goes>; rel="deprecation"; type="text/html"'
  const later = ['@1796083200', 'Mon, 01 Mar 2027 00:00:00 GMT', link]
  expect(await told('/departments')).toEqual(later)
  expect(await told('/rooms')).toEqual([null, null, null])
  expect(await told('/rooms?archived=true')).toEqual(['@1793577600', 'Mon, 01 Feb 2027 00:00:00 GMT', link])
  expect(await told('/rooms', { method: 'POST', body: { name: 'One' } })).toEqual([null, null, null])
  expect(await told('/rooms', { method: 'POST', body: { name: 'Two', seats: 3 } })).toEqual(later)
  expect(await told('/programs')).toEqual(later)
  expect((await ask('/rooms?archived=maybe')).headers.get('deprecation'), 'what is refused uses nothing').toBeNull()
})

test('of several the date that comes first is told', () => {
  const both = Object.entries(planted).map(([name, one]) => ({ name, ...one }))
  expect(Object.fromEntries(deprecationHeaders(both))).toMatchObject({
    deprecation: '@1793577600',
    sunset: 'Mon, 01 Feb 2027 00:00:00 GMT',
  })
})

test('the list of tokens tells who still uses it, how often and until when', async () => {
  const other = app(served.url, await tokenOf(administrator, ['room.read']))
  await other('/rooms')
  await usesOf(db).write(now)
  await ask('/departments')
  await usesOf(db).write(now)
  const tokens = await as(administrator).apiTokens.list()
  const lastAt = now.toISOString()
  expect(tokens.map(({ memberName, going }) => [memberName, going])).toEqual([
    [administrator.name, []],
    [
      registrar.name,
      [
        { name: 'GET /rooms archived', sunset: '2027-02-01', uses: 1, lastAt },
        { name: 'GET /departments', sunset: '2027-03-01', uses: 2, lastAt },
        { name: 'POST /rooms seats', sunset: '2027-03-01', uses: 1, lastAt },
        { name: 'Program.type', sunset: '2027-03-01', uses: 1, lastAt },
      ],
    ],
  ])
  expect((await as(registrar).apiTokens.mine())[0]?.going).toHaveLength(4)
})

test('who has not used it for three months is forgotten', async () => {
  await ask('/departments')
  await usesOf(db).write(new Date(now.getTime() + 91 * 86_400_000))
  expect((await db.select().from(deprecatedUses)).map(({ name }) => name)).toEqual(['GET /departments'])
})

test('the document and its page say what goes, and what to use', () => {
  const document = markDeprecated(structuredClone(apiDocument()), planted) as unknown as {
    paths: Record<string, Record<string, object>>
    components: { schemas: Record<string, { properties: object }> }
  }
  const marked = { deprecated: true, 'x-sunset': '2027-03-01' }
  expect(document.paths['/departments']?.get).toMatchObject(marked)
  expect(document.components.schemas.Program?.properties).toMatchObject({ type: marked })
  expect(JSON.stringify(document).match(/"x-sunset"/g)).toHaveLength(4)
  expect(() => markDeprecated(structuredClone(apiDocument()), { 'Room.walls': { ...dates, instead: '' } })).toThrow(
    'names Room.walls, which the API does not have',
  )
  expect(goesSection(planted)).toContain('since 2026-12-01, gone on 2027-03-01. Instead: GET /courses')
})

test('what stays after its day is overdue', () => {
  expect(overdueDeprecations('2027-02-28', planted).map(({ name }) => name)).toEqual(['GET /rooms archived'])
  const [first] = overdueDeprecations('2027-03-01', planted)
  expect(first && overdueDeprecation(first)).toMatch(/^GET \/departments goes from \/api\/v1 since 2027-03-01: /)
})

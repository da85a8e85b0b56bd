/** What a process counts for Prometheus. */
import { AggregatorRegistry } from 'prom-client'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { open } from '../../../db/open.ts'
import { metricsOf } from '../../../server/runtime/metrics.ts'
import { schemaRange } from '../../../server/runtime/schema-range.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson } from '../../setup/people.ts'
import { api, registrar, school } from '../../setup/school.ts'
import { call, serve } from '../../setup/server.ts'

let viewer: Person
beforeAll(async () => {
  viewer = await makePerson(school, 'viewer')
})

/** As the primary tells it: the counts of some workers added up. */
async function told(workers = 1): Promise<string> {
  const counts = await Promise.all(Array.from({ length: workers }, () => metricsOf(db)))
  // Between the processes they are JSON.
  return AggregatorRegistry.aggregate(JSON.parse(JSON.stringify(counts)) as object[][]).metrics()
}
const figureOf = (text: string, series: string) => {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length))
}
const durations = 'homeroom_procedure_duration_seconds'
const counted = (procedure: string, type: string, code: string) =>
  `${durations}_count{procedure="${procedure}",type="${type}",code="${code}"}`

test('each call is counted once, by how it ended, with the reason of those that did not go well', async () => {
  await api().rooms.create({ name: 'Room 12' })
  await api()
    .rooms.create({ name: 'Room 12' })
    .catch(() => undefined)
  await as(viewer)
    .rooms.create({ name: 'Room 13' })
    .catch(() => undefined)
  await as(viewer)
    .rooms.list({ nonsense: 1 } as never)
    .catch(() => undefined)
  const text = await told()
  expect(figureOf(text, counted('rooms.create', 'mutation', 'ok'))).toBe(1)
  expect(figureOf(text, counted('rooms.create', 'mutation', 'conflict'))).toBe(1)
  expect(figureOf(text, counted('rooms.create', 'mutation', 'forbidden'))).toBe(1)
  expect(figureOf(text, counted('rooms.list', 'query', 'invalid'))).toBe(1)
  for (const reason of ['room.name_taken', 'permission.missing', 'input.invalid'])
    expect(figureOf(text, `homeroom_procedure_errors_total{reason="${reason}"}`), reason).toBe(1)
  const buckets = text.split('\n').filter((line) => line.includes('_bucket') && line.includes('code="conflict"'))
  expect(buckets.length).toBeGreaterThan(10)
  expect(buckets.at(-1)).toMatch(/le="\+Inf".* 1$/)
})

test('what callers make up grows no list', async () => {
  const served = await serve(db)
  const headers = { 'x-request-id': newId() }
  for (const name of ['students.explode', 'made.up', '__proto__', `x${newId()}`])
    await call(served.url, name, { headers })
  await call(served.url, `session.get,made.up?batch=1`, { input: {} })
  await served.close()
  const text = await told()
  expect(text).not.toMatch(/explode|made|proto/)
  expect(figureOf(text, counted('session.get', 'query', 'ok'))).toBe(1)
})

test('the database failing is the server’s doing, and told as such', async () => {
  const away = await open()
  await away.close()
  await as(registrar, { db: away })
    .rooms.list({})
    .catch(() => undefined)
  expect(figureOf(await told(), counted('rooms.list', 'query', 'unavailable'))).toBe(1)
})

test('two workers’ counts are added up, and so are those who run a version', async () => {
  await as(viewer).rooms.list({})
  const [one, two] = [await told(), await told(2)]
  const series = counted('rooms.list', 'query', 'ok')
  expect(figureOf(two, series)).toBe(2 * (figureOf(one, series) ?? 0))
  expect(figureOf(two, `homeroom_build_info{version="dev",schema="${schemaRange().newest}"}`)).toBe(2)
})

test('the event loop, the streams and the database’s work are told too', async () => {
  const text = await told()
  expect(figureOf(text, 'homeroom_subscriptions')).toBe(0)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
  const own = text.match(/^homeroom_database_\w+(?= )/gm)
  const sqlite = ['writes_waiting', 'write_wait_seconds_total', 'busy_retries_total']
  const postgres = ['connections', 'connections_busy', 'connections_waiting', 'writes_waiting']
  expect([sqlite, postgres].map((names) => names.map((name) => `homeroom_database_${name}`))).toContainEqual(own)
})

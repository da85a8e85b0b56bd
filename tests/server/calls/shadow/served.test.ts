/** A server runs shadows while it has time, and tells what came of them. */
import { afterAll, expect, test } from 'vitest'
import type { Database } from '../../../../db/database.ts'
import type { Ending } from '../../../../server/calls/shadow.ts'
import { allShadows, shadowed } from '../../../../server/calls/shadow.ts'
import { metricsOf } from '../../../../server/runtime/metrics.ts'
import { db } from '../../../setup/people.ts'
import { serve } from '../../../setup/server.ts'

afterAll(() => db.close())

let calls = 0
const tried = (name: string, answer: number) =>
  shadowed({
    ...{ name, share: 1, patience: 10_000, was: async () => 1 },
    becomes: async () => {
      calls++
      return answer
    },
  })
const endings = () => allShadows().map(([name, ending]): [string, Ending] => [name, ending])

test('while it serves, and not while it ends; the metrics name read and ending', async () => {
  let isEnding = true
  const served = await serve(db, { isEnding: () => isEnding })
  const [one, other] = [tried('test.same', 1), tried('test.unlike', 2)]
  expect(await one(db, null, true)).toBe(1)
  isEnding = false
  expect(await other(db, null, true)).toBe(1)
  expect(calls).toBe(0)
  await expect.poll(endings, { timeout: 10_000 }).toEqual([['test.unlike', 'value']])
  await one(db, null, true)
  await expect.poll(endings, { timeout: 10_000 }).toContainEqual(['test.same', 'same'])
  const told = (await metricsOf(db)) as { name: string; values: object[] }[]
  expect(told.find(({ name }) => name === 'homeroom_shadow_reads_total')?.values).toEqual([
    { labels: { read: 'test.unlike', ending: 'value' }, value: 1 },
    { labels: { read: 'test.same', ending: 'same' }, value: 1 },
  ])
  const lines = served.lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'shadow.unlike')
  expect(lines).toEqual([expect.objectContaining({ read: 'test.unlike', ending: 'value' })])
  await served.close()
})

test('not while calls wait for the database', async () => {
  let waiting = 1
  const busy: Database = Object.assign(Object.create(db), { waiting: () => waiting })
  const served = await serve(busy)
  const before = calls
  const ask = tried('test.busy', 1)
  await ask(busy, null, true)
  waiting = 0
  await ask(busy, null, true)
  await expect.poll(endings, { timeout: 10_000 }).toContainEqual(['test.busy', 'same'])
  expect(calls).toBe(before + 1)
  await served.close()
})

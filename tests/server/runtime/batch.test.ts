import { afterAll, beforeAll, expect, test } from 'vitest'
import { Batch } from '../../../server/runtime/batch.ts'
import { createLog } from '../../../server/runtime/logging.ts'
import { Overload } from '../../../server/runtime/overload.ts'
import { signedIn } from '../../setup/listener.ts'
import { db } from '../../setup/people.ts'
import { registrar, school } from '../../setup/school.ts'
import type { Served } from '../../setup/server.ts'
import { call, serve } from '../../setup/server.ts'

const silent = createLog({ logLevel: 'silent' })
/** The turns of an event loop that goes on only when it is told to. */
function loop() {
  const due: (() => void)[] = []
  const clock = { now: () => 0, later: (work: () => void) => void due.push(work) }
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  const turn = async () => {
    for (const work of due.splice(0)) work()
    await settled()
  }
  return { overload: new Overload({ log: silent, waiting: () => 0, clock }), turn }
}

test('a new call waits behind one call of a batch, not behind all of it', async () => {
  const { overload, turn } = loop()
  const begun: string[] = []
  await overload.turn()
  const batch = new Batch(overload)
  for (let n = 0; n < 6; n++)
    void batch.enter().then((leave) => {
      begun.push(`batch ${n}`)
      leave()
    })
  for (let n = 0; n < 3; n++) void overload.turn().then(() => begun.push(`new ${n}`))
  for (let n = 0; n < 9; n++) await turn()
  const inTurns = ['batch 1', 'new 0', 'batch 2', 'new 1', 'batch 3', 'new 2', 'batch 4', 'batch 5']
  expect(begun).toEqual(['batch 0', ...inTurns])
})

test('of a batch, four calls are under way at a time', async () => {
  const { overload, turn } = loop()
  const batch = new Batch(overload)
  const leaving: (() => void)[] = []
  for (let n = 0; n < 20; n++) void batch.enter().then((leave) => leaving.push(leave))
  for (let n = 0; n < 30; n++) await turn()
  expect(leaving).toHaveLength(4)
  for (let n = 0; n < 20; n++) {
    leaving[n]?.()
    await turn()
    await turn()
    expect(leaving).toHaveLength(Math.min(20, n + 5))
  }
})

let cookie: string
let served: Served
/** Runs when the batch has begun to read. */
let onRead = () => {}
beforeAll(async () => {
  cookie = (await signedIn(registrar)).cookie
  const watched = Object.assign(Object.create(db), {
    select(...fields: []) {
      onRead()
      return db.select(...fields)
    },
  })
  served = await serve(watched)
})
afterAll(async () => {
  await served.close()
})

test('who comes while a batch of twenty is under way is answered before it', async () => {
  const answered: string[] = []
  const headers = { cookie, 'x-school': school.slug }
  await call(served.url, 'session.get')
  let other: Promise<unknown> | undefined
  let reads = 0
  // The first reads look up who calls.
  onRead = () => {
    if (++reads === 3) other = call(served.url, 'session.get').then(() => answered.push('other'))
  }
  const path = Array.from({ length: 20 }, () => 'instructors.list').join()
  const input = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [n, {}]))
  const batch = await call(served.url, `${path}?batch=1`, { input, headers })
  answered.push('batch')
  await other
  expect(((await batch.json()) as { result?: object }[]).every(({ result }) => result)).toBe(true)
  expect(answered).toEqual(['other', 'batch'])
})

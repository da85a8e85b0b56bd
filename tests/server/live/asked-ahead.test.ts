import { afterAll, expect, test } from 'vitest'
import { caller, db, makePerson, makeSchool, requestOf } from '../../setup/people.ts'

afterAll(() => db.close())

test('a stream that is cut while nobody looks at what comes next is no failure that nothing handled', async () => {
  const school = await makeSchool('Live')
  const person = await makePerson(school, 'registrar')
  const gone = new AbortController()
  const stream = await caller(requestOf(person, school), { signal: gone.signal }).live.changes({ lastEventId: '0' })
  const steps = (stream as AsyncIterable<unknown>)[Symbol.asyncIterator]()
  await steps.next()
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  process.on('unhandledRejection', note)
  // tRPC asks ahead, and drops the answer when the browser has gone.
  const ahead = steps.next()
  gone.abort()
  await new Promise((resolve) => setTimeout(resolve))
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
  await expect(ahead).rejects.toThrow('the stream was cut')
})

/** Metrics of workers that come and go. Needs no database. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Counts } from '../../../server/primary/metrics.ts'

const told = (calls: number, open: number) => [
  { name: 'calls_total', help: 'calls', type: 'counter', aggregator: 'sum', values: [{ labels: {}, value: calls }] },
  { name: 'open', help: 'open', type: 'gauge', aggregator: 'sum', values: [{ labels: {}, value: open }] },
]
function later<T>() {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
function worker() {
  const counted = later<object[]>()
  const ended = later<number>()
  const one = {
    says: undefined as object[] | undefined,
    counted: counted.promise,
    ended: ended.promise,
    metrics: async () => one.says,
    end(last?: object[]) {
      one.says = undefined
      if (last) counted.resolve(last)
      ended.resolve(0)
    },
  }
  return one
}
async function read(counts: Counts): Promise<string[]> {
  const { body } = await counts.read()
  return body.split('\n').filter((line) => line && !line.startsWith('#'))
}

test('what was counted stays counted, whoever is too busy to answer or has ended; what is open does not', async () => {
  const counts = new Counts()
  const [one, other] = [worker(), worker()]
  counts.follow(one)
  counts.follow(other)
  one.says = told(5, 1)
  other.says = told(7, 2)
  expect(await read(counts)).toEqual(['calls_total 12', 'open 3'])
  other.says = undefined
  expect(await read(counts)).toEqual(['calls_total 12', 'open 3'])
  other.end()
  await other.ended
  one.says = told(6, 1)
  expect(await read(counts)).toEqual(['calls_total 13', 'open 1'])
  const third = worker()
  third.says = told(1, 0)
  counts.follow(third)
  one.end()
  await one.ended
  expect(await read(counts)).toEqual(['calls_total 14', 'open 0'])
  expect(await read(counts)).toEqual(['calls_total 14', 'open 0'])
})

test('what a worker counted after it was asked, or without ever being asked, is told as it ends', async () => {
  const counts = new Counts()
  const [asked, unasked] = [worker(), worker()]
  counts.follow(asked)
  counts.follow(unasked)
  asked.says = told(5, 1)
  expect(await read(counts)).toEqual(['calls_total 5', 'open 1'])
  asked.end(told(8, 1))
  unasked.end(told(2, 1))
  await Promise.all([asked.ended, unasked.ended])
  expect(await read(counts)).toEqual(['calls_total 10'])
})

test('a hundred workers that came and went are all counted', async () => {
  const counts = new Counts()
  for (let n = 0; n < 100; n++) {
    const one = worker()
    counts.follow(one)
    one.end(told(1, 1))
    await one.ended
  }
  await sleep(0)
  expect(await read(counts)).toEqual(['calls_total 100'])
  expect(await read(counts)).toEqual(['calls_total 100'])
})

/** Metrics of workers that come and go. Needs no database. */
import { expect, test } from 'vitest'
import { Counts } from '../../../server/primary/metrics.ts'

const told = (calls: number, open: number) => [
  { name: 'calls_total', help: 'calls', type: 'counter', aggregator: 'sum', values: [{ labels: {}, value: calls }] },
  { name: 'open', help: 'open', type: 'gauge', aggregator: 'sum', values: [{ labels: {}, value: open }] },
]
function worker() {
  let end: (code: number) => void = () => undefined
  const ended = new Promise<number>((resolve) => {
    end = resolve
  })
  const one = {
    says: undefined as object[] | undefined,
    ended,
    metrics: async () => one.says,
    end: () => end(0),
  }
  return one
}

test('what was counted stays counted, whoever is too busy to answer or has ended; what is open does not', async () => {
  const counts = new Counts()
  const [one, other] = [worker(), worker()]
  const read = async (...workers: (typeof one)[]) =>
    (await counts.read(workers)).body.split('\n').filter((line) => line && !line.startsWith('#'))
  one.says = told(5, 1)
  other.says = told(7, 2)
  expect(await read(one, other)).toEqual(['calls_total 12', 'open 3'])
  other.says = undefined
  expect(await read(one, other)).toEqual(['calls_total 12', 'open 3'])
  other.end()
  await other.ended
  one.says = told(6, 1)
  expect(await read(one)).toEqual(['calls_total 13', 'open 1'])
  const third = worker()
  third.says = told(1, 0)
  one.end()
  await one.ended
  expect(await read(third)).toEqual(['calls_total 14', 'open 0'])
  expect(await read(third)).toEqual(['calls_total 14', 'open 0'])
})

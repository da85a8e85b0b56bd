import { expect, test } from 'vitest'
import { countsIn, figuresBetween, quantileOf } from '../../../deploy/rollout/counts.ts'

const build = 'homeroom_build_info{version="0.1.0",schema="39"} 1\n'
/** As a server tells it: counts up to each bound. */
function told(procedure: string, code: string, counts: readonly number[], type = 'query'): string {
  const labels = `procedure="${procedure}",type="${type}",code="${code}"`
  const bounds = ['0.01', '0.1', '1', '+Inf']
  const name = 'homeroom_procedure_duration_seconds'
  const buckets = bounds.map((le, index) => `${name}_bucket{le="${le}",${labels}} ${counts[index]}\n`).join('')
  return `# TYPE ${name} histogram\n${buckets}${name}_sum{${labels}} 1.5\n${name}_count{${labels}} ${counts.at(-1)}\n`
}
const read = (text: string) => {
  const counts = countsIn(build + text)
  if (!counts) throw new Error('not read')
  return counts
}

test('calls of all procedures are added up, and those count as failed that the server is at fault for', () => {
  const counts = read(
    told('students.list', 'ok', [5, 8, 10, 10]) +
      told('students.list', 'internal', [0, 1, 2, 3]) +
      told('rooms.create', 'unavailable', [0, 0, 0, 4], 'mutation') +
      told('rooms.create', 'invalid', [7, 7, 7, 7], 'mutation') +
      told('live.changes', 'internal', [0, 0, 0, 99], 'subscription'),
  )
  expect(counts).toMatchObject({ calls: 24, failed: 7 })
  expect([...counts.within]).toEqual([
    [0.01, 12],
    [0.1, 16],
    [1, 19],
    [Number.POSITIVE_INFINITY, 24],
  ])
})

test('what is no metrics of Homeroom is not read as no calls', () => {
  for (const text of ['', '<!doctype html>', 'process_cpu_seconds_total 12\n']) expect(countsIn(text)).toBeUndefined()
  expect(countsIn(build)).toMatchObject({ calls: 0, failed: 0 })
})

test('figures are of the time between two readings', () => {
  const before = read(told('students.list', 'ok', [100, 100, 100, 100]))
  const now = read(told('students.list', 'ok', [100, 200, 200, 200]) + told('students.get', 'internal', [0, 0, 2, 2]))
  const { calls, failed, tookMs } = figuresBetween(before, now)
  expect({ calls, failed }).toEqual({ calls: 102, failed: 2 })
  expect(tookMs).toBeCloseTo(97.2, 1)
  expect(figuresBetween(now, now)).toEqual({ calls: 0, failed: 0, tookMs: undefined })
})

test('counts that went back are those of a worker that began anew', () => {
  const before = read(told('students.list', 'ok', [100, 100, 100, 100]))
  const now = read(told('students.list', 'ok', [0, 30, 30, 30]))
  expect(figuresBetween(before, now)).toMatchObject({ calls: 30, failed: 0 })
})

test('what is beyond all bounds took the last of them', () => {
  const within = new Map([
    [1, 0],
    [5, 10],
    [Number.POSITIVE_INFINITY, 100],
  ])
  expect(quantileOf(within, 0.95)).toBe(5)
  expect(quantileOf(new Map(), 0.95)).toBeUndefined()
})

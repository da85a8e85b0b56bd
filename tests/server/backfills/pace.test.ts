import { expect, test } from 'vitest'
import { Pace } from '../../../server/backfills/pace.ts'

test('a batch grows until it holds the lock for 25 ms, and shrinks where the database is slow', () => {
  const pace = new Pace()
  const sizes = [5, 5, 25, 25, 400, 400].map((held) => {
    pace.after({ waited: 0, held })
    return pace.size
  })
  expect(sizes).toEqual([200, 400, 400, 400, 100, 25])
  for (let n = 0; n < 20; n++) pace.after({ waited: 0, held: 10_000 })
  expect(pace.size).toBe(10)
  for (let n = 0; n < 20; n++) pace.after({ waited: 0, held: 0 })
  expect(pace.size).toBe(2_000)
})

test('three quarters of the time belong to others, and more where they wait in the same line', () => {
  const pace = new Pace()
  expect(pace.after({ waited: 0, held: 20 })).toBe(60)
  expect(pace.after({ waited: 40, held: 20 })).toBe(460)
  expect(pace.after({ waited: 4_000, held: 20 })).toBe(2_000)
})

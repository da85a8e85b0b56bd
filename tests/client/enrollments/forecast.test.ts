import { expect, test } from 'vitest'
import { forecast } from '../../../client/enrollments/forecast.ts'

test('as many as there are free seats get one, and the rest wait', () => {
  expect(forecast({ capacity: 30, taken: 28, waiting: 0 }, 3)).toEqual({ seated: 2, waitlisted: 1 })
  expect(forecast({ capacity: 30, taken: 28, waiting: 0 }, 1)).toEqual({ seated: 1, waitlisted: 0 })
})

test('who waits already comes before those who are chosen now', () => {
  expect(forecast({ capacity: 30, taken: 28, waiting: 2 }, 1)).toEqual({ seated: 0, waitlisted: 1 })
})

test('a class over its seats has none to give, and one without a limit has enough', () => {
  expect(forecast({ capacity: 10, taken: 12, waiting: 0 }, 1)).toEqual({ seated: 0, waitlisted: 1 })
  expect(forecast({ capacity: null, taken: 500, waiting: 0 }, 40)).toEqual({ seated: 40, waitlisted: 0 })
})

import { expect, test } from 'vitest'
import { byPlace, others } from '../../../server/meetings/places.ts'
import { noDays } from '../../../server/meetings/school-days.ts'

/** 6,000 classes of five meetings each, in so many rooms; `looks` counts how often a meeting is looked at. */
function school(rooms: number) {
  let looks = 0
  const bookings = Array.from({ length: 30_000 }, (_, n) => {
    const klass = Math.floor(n / 5)
    const hour = 8 + (Math.floor(klass / rooms) % 10)
    return {
      of: `room ${klass % rooms}`,
      classId: `class ${klass}`,
      weekday: (n % 5) + 1,
      cycleDay: null,
      periodId: null,
      get startTime() {
        looks += 1
        return `${String(hour).padStart(2, '0')}:00`
      },
      endTime: `${String(hour).padStart(2, '0')}:50`,
    }
  })
  const places = byPlace(noDays, bookings)
  looks = 0
  return { bookings, places, looks: () => looks }
}

test('a whole school is compared in about as many looks as it has meetings, not in their square', () => {
  const { bookings, places, looks } = school(300)
  const together = bookings.reduce((sum, own) => sum + [...others(places, own)].length, 0)
  expect(together).toBe(30_000)
  expect(looks()).toBeLessThan(30 * bookings.length)
})

test('in one room that all classes share, the first collision of a meeting is found without looking at the others', () => {
  const { bookings, places, looks } = school(1)
  const first = bookings.filter(({ weekday }) => weekday === 1).slice(0, 10)
  for (const own of first) expect(others(places, own).next().done).toBe(false)
  expect(looks()).toBeLessThan(20 * first.length)
})

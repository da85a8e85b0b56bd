import { expect, test } from 'vitest'
import {
  inputOf,
  isTyped,
  typedOf,
  withoutSchedule,
  withPeriod,
  withSchedule,
  wrongIn,
} from '../../../client/calendar/bells-form.ts'

const none = { periods: [], schedules: [] }
const typed = () => {
  const bells = withPeriod(withSchedule(none, 'Usual'))
  const [period, schedule] = [bells.periods[0], bells.schedules[0]]
  if (!period || !schedule) throw new Error('one of each was added')
  return { bells, period, schedule }
}

test('two times are sent, none are left out, one alone is wrong', () => {
  const { bells, period, schedule } = typed()
  const at = (start: string, end: string) => ({
    ...bells,
    schedules: [{ ...schedule, times: { [period.key]: { start, end } } }],
  })
  expect(inputOf(at('8', '8.45'), none).schedules[0]?.times).toEqual([
    { period: 0, startTime: '08:00', endTime: '08:45' },
  ])
  expect(inputOf(at('', ''), none).schedules[0]?.times).toEqual([])
  expect([...wrongIn(at('', '')).values()]).toEqual([])
  expect([...wrongIn(at('8:00', '')).values()]).toEqual(['time'])
  expect([...wrongIn(at('9:00', '8:00')).values()]).toEqual(['time'])
})

test('codes and names of bell schedules differ', () => {
  const { bells, period, schedule } = typed()
  const twice = { periods: [period, { ...period, key: 'other' }], schedules: [schedule, { ...schedule, key: 'other' }] }
  expect([...wrongIn(twice).values()]).toEqual(['code', 'code', 'name', 'name'])
  expect([...wrongIn(bells).values()]).toEqual([])
})

test('one bell schedule is the usual one, also when that one goes', () => {
  const { bells, schedule } = typed()
  const two = withSchedule(bells, 'Delay')
  expect(two.schedules.map(({ isDefault }) => isDefault)).toEqual([true, false])
  expect(withoutSchedule(two, schedule.key).schedules).toMatchObject([{ name: 'Delay', isDefault: true }])
})

test('what is stored is sent back as it is', () => {
  const period = { id: 'p', code: '1', name: 'First', version: 2 }
  const times = [{ periodId: 'p', startTime: '08:00', endTime: '08:45', countsMinutes: true }]
  const stored = { periods: [period], schedules: [{ id: 's', name: 'Usual', isDefault: true, version: 3, times }] }
  expect(
    inputOf(
      typedOf(stored, (time) => time),
      stored,
    ),
  ).toEqual({
    periods: [{ id: 'p', code: '1', name: 'First' }],
    schedules: [
      { id: 's', name: 'Usual', isDefault: true, times: [{ period: 0, startTime: '08:00', endTime: '08:45' }] },
    ],
    seen: [
      { id: 'p', version: 2 },
      { id: 's', version: 3 },
    ],
  })
})

const stored = {
  periods: [{ id: 'p', code: '1', name: 'First', version: 1 }],
  schedules: [
    {
      ...{ id: 's', name: 'Usual', isDefault: true, version: 1 },
      times: [{ periodId: 'p', startTime: '08:00', endTime: '08:45', countsMinutes: false }],
    },
  ],
}
const asTyped = (time: string) => time

test('a time that counts as no teaching goes on counting as none', () => {
  expect(inputOf(typedOf(stored, asTyped), stored).schedules[0]?.times).toMatchObject([{ countsMinutes: false }])
})

test('what saving would change is unsaved, and half a time too', () => {
  const bells = typedOf(stored, asTyped)
  const at = (start: string, end: string) => ({
    ...bells,
    schedules: bells.schedules.map((one) => ({ ...one, times: { p: { start, end, countsMinutes: false } } })),
  })
  expect(isTyped(bells, stored, asTyped)).toBe(false)
  expect(isTyped(at('8', '8.45'), stored, asTyped)).toBe(false)
  expect(isTyped(at('8', '8.50'), stored, asTyped)).toBe(true)
  expect(isTyped(at('8', ''), stored, asTyped)).toBe(true)
  expect(isTyped(withPeriod(bells), stored, asTyped)).toBe(true)
})

import { expect, test } from 'vitest'
import type { Aged } from '../../../server/backups/retention.ts'
import { outdated } from '../../../server/backups/retention.ts'

const start = Date.UTC(2026, 10, 30, 2)
const today = new Date(start)
const daily = (count: number, isVerified = (_day: number) => true): Aged[] =>
  Array.from({ length: count }, (_, day) => {
    const createdAt = new Date(start - day * 86_400_000)
    return { name: createdAt.toISOString().slice(0, 10), createdAt, isVerified: isVerified(day) }
  })
const kept = (all: Aged[]) => {
  const gone = new Set(outdated(all, today))
  return all.map(({ name }) => name).filter((name) => !gone.has(name))
}

test('of two years of nights, seven days, four weeks and twelve months stay', () => {
  const stay = kept(daily(730))
  expect(stay.slice(0, 7)).toEqual(['30', '29', '28', '27', '26', '25', '24'].map((day) => `2026-11-${day}`))
  // Weeks end on Sunday; the newest of this one, this month and today are the same backup.
  expect(stay.slice(7)).toEqual([
    '2026-11-22',
    '2026-11-15',
    ...['2026-10-31', '2026-09-30', '2026-08-31', '2026-07-31', '2026-06-30', '2026-05-31', '2026-04-30'],
    ...['2026-03-31', '2026-02-28', '2026-01-31', '2025-12-31'],
  ])
})

test('what is kept today is not asked for again tomorrow: pruning twice removes nothing more', () => {
  const names = kept(daily(730))
  const stay = daily(730).filter(({ name }) => names.includes(name))
  expect(outdated(stay, today)).toEqual([])
})

test('a register that was off for a year keeps its old backups, and the newest verified one always stays', () => {
  const old = daily(400).slice(365)
  expect(kept(old).length).toBeGreaterThan(8)
  expect(kept(daily(1))).toHaveLength(1)
})

test('one that was never verified stands for no day, and stays until a newer one is verified', () => {
  const all = daily(10, (day) => day > 1)
  expect(kept(all).slice(0, 3)).toEqual(['2026-11-30', '2026-11-29', '2026-11-28'])
  expect(
    outdated(
      daily(10, (day) => day !== 5),
      today,
    ),
  ).toContain('2026-11-25')
  expect(
    outdated(
      all.map((one) => ({ ...one, isVerified: false })),
      today,
    ),
  ).toEqual([])
})

test('what a clock that ran ahead has dated pushes none out, and stays', () => {
  const ahead = daily(30).map((one, day) => {
    const createdAt = new Date(start + (day + 2) * 86_400_000)
    return { ...one, createdAt, name: `ahead-${day}` }
  })
  const all = [...ahead, ...daily(10)]
  expect(outdated(all, today)).toEqual(outdated(daily(10), today))
})
